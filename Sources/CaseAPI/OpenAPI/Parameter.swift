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

    /// As the document has it. A comma list is an array that is not exploded.
    var json: JSONValue {
        var json: JSONValue = [
            "name": .string(name), "in": .string(place.rawValue), "description": .string(description),
            "schema": schema.json, "example": example,
        ]
        if place == .path { json = json.setting("required", true) }
        if schema.json.members.contains(where: { $0.name == "type" && $0.value == "array" }) {
            json = json.setting("style", "form").setting("explode", false)
        }
        return json
    }

    static func query(
        _ name: String, _ schema: Schema, _ description: String, example: JSONValue
    ) -> Parameter {
        Parameter(name: name, place: .query, schema: schema, description: description, example: example)
    }

    static func path(_ name: String, _ schema: Schema, _ description: String, example: JSONValue) -> Parameter {
        Parameter(name: name, place: .path, schema: schema, description: description, example: example)
    }

    /// One or more words of a closed set, with commas between them.
    static func words<Word: Vocabulary>(
        _ name: String, _ type: Word.Type, _ description: String, example: [Word]
    ) -> Parameter {
        let schema = Schema.array(.word(of: type)).with("minItems", 1)
        return query(name, schema, description, example: .texts(example.map(\.rawValue)))
    }

    /// A name that the database must have seen.
    static func name(_ name: String, _ description: String, example: JSONValue) -> Parameter {
        query(
            name, .name, "\(description) Compared without case; one that was never given is refused.", example: example)
    }

    static func flag(_ name: String, _ description: String) -> Parameter {
        query(name, .flag, description, example: true)
    }

    static func instant(_ name: String, _ description: String) -> Parameter {
        query(name, .instant, description, example: "2026-03-02T09:00:00Z")
    }
}

// What several routes take.
extension Parameter {
    static let asOf = instant(
        "as_of",
        "What the record said at that instant, not after now. Filters on what can be edited use today's values.")

    static let include = words(
        "include", CaseInclusion.self, "What is shown besides what a case always has.", example: [.guidance])

    static let format = query(
        "format", .words(Representation.self), "The form of the answer; goes before Accept.", example: "json")

    static let pretty = flag(Response.prettyParameter, "Breaks JSON into lines, for people.")

    static let allowUnknown = flag("allow_unknown", "Accepts an owner, team or category that was never given.")

    static let limit = query(
        "limit", .integer(1...ListQuery<Case>.maximumLimit),
        "How many on a page; without it \(ListQuery<Case>.defaultLimit), and for CSV all.", example: 20)

    /// Its example can only come from an answer.
    static let cursor = Parameter(
        name: "cursor", place: .query, schema: Schema(["type": "string", "pattern": "^[A-Za-z0-9_-]+$"]),
        description: "Where the page begins: next of the page before, of the same query.", example: .null)

    static let search = query(
        "q", Schema.withoutNUL.with("minLength", 1).with("maxLength", .integer(Int64(QueryReader.searchLimit))),
        "Words that all must occur, in any order, without regard to case and accents. Words in double quotes stand "
            + "together, and a word that ends in * is a beginning. At most \(SearchQuery.termLimit).",
        example: "leaks")

    static let externalID = query("external_id", .name, "The key in another system.", example: "A-7431")

    static let customerID = query("customer_id", .id, "Of this customer.", example: 1)

    /// Of every list; `keepsHistory` where it can be told for an earlier instant.
    static func list(keepsHistory: Bool = true, namesFilters: Bool = false) -> [Parameter] {
        [limit, cursor, format] + (keepsHistory ? [asOf] : []) + (namesFilters ? [allowUnknown] : [])
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
        Schema.text.with("minLength", 1).with("maxLength", .integer(Int64(Limits.name)))
            .with("pattern", #"^[^\u0000-\u001F\u007F-\u009F]*$"#),
        "Who acts, when several people share a token: a name in UTF-8 without control characters, not policy.",
        example: "Ann Lee")

    /// Of every route that has the entity tag of something.
    static let ifMatch = header(
        .ifMatch, .text, "Does it only while the ETag is one of these, or * for any; else 412.", example: "*")

    /// Of every route that shows one thing.
    static let ifNoneMatch = header(
        .ifNoneMatch, .text, "Answers 304 when the ETag is one of these.", example: "\"1-1-0\"")

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
