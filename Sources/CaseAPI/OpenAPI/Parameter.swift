import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// A parameter of a route: of its query, its path, or a header field.
struct Parameter: Sendable {
    enum Place: String, Sendable {
        case query, path, header
    }

    let name: String
    let place: Place
    let schema: Schema
    let description: String
    /// Of a request that finds something on a desk with one case.
    let example: JSONValue
    /// Whether a request without it is refused; a path always has its own.
    var isRequired = false

    /// As the document has it. A comma list is an array that is not exploded.
    var json: JSONValue {
        var json: JSONValue = [
            "name": .string(name), "in": .string(place.rawValue), "description": .string(description),
            "schema": schema.json, "example": example,
        ]
        if place == .path || isRequired { json = json.setting("required", true) }
        if schema.json.members.contains(where: { $0.name == "type" && $0.value == "array" }) {
            json = json.setting("style", "form").setting("explode", false)
        }
        return json
    }

    static func path(_ name: String, _ schema: Schema, _ description: String, example: JSONValue) -> Parameter {
        Parameter(name: name, place: .path, schema: schema, description: description, example: example)
    }
}

// Header fields.
extension Parameter {
    private static func header(
        _ name: HTTPField.Name, _ schema: Schema, _ description: String, example: JSONValue
    ) -> Parameter {
        Parameter(
            name: name.rawName, place: .header, schema: schema, description: description, example: example)
    }

    /// Of every route that asks who comes.
    static let actor = header(
        .actor,
        .actorName,
        "Who acts, when several people share a token: a name in UTF-8 without control characters, and none of those that are nobody's: \(NobodysName.words).",
        example: "Ann Lee")

    /// Of every route that has the entity tag of something.
    static let ifMatch = header(
        .ifMatch, .text, "Does it only while the ETag is one of these, or * for any; else 412.", example: "*")

    /// Of every route that shows one thing.
    static let ifNoneMatch = header(
        .ifNoneMatch, .text, "Answers 304 when the ETag is one of these.", example: "\"1-1-0\"")

    /// Of what is streamed.
    static let lastEventID = header(
        .lastEventID, .integer(0...Int64.max),
        "Up to which event it is known, as a browser's EventSource says when it connects again; goes before after.",
        example: 0)

    /// Of every POST.
    static let idempotencyKey = header(
        .idempotencyKey,
        Schema([
            "type": "string", "minLength": 1,
            "pattern": .string(
                #"^([!#-+\--:<-\[\]-~]{1,\#(IdempotencyKey.longest)}"#
                    + #"|"([ !#-\[\]-~]|\\["\\]){1,\#(IdempotencyKey.longest)}")$"#),
        ]),
        "A name of your choice for this request, such as a UUID, bare or in double quotes. Sent again within 24 hours "
            + "with the same body, it gets the answer that it got then, and changes nothing.",
        example: "7c4f8a36-5b1d-4f0e-9a52-0d8d2f1b6c11")
}
