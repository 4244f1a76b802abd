import Complaints
package import HTTPTypes

/// The fields of a request's body as a form has them. Which there are, of what kind and how long follows from the schema, which is
/// recorded from what reads the body: no list of them is kept by hand, and no form asks for what the reader does not take.
package struct BodyFields: Sendable {
    /// In the order in which they are read.
    package let all: [BodyField]
    private let byName: [ExactText: BodyField]

    /// Of what a route of the API takes.
    ///
    /// - Precondition: there is such a route, and it takes a body.
    package init(_ method: HTTPRequest.Method, _ pattern: String) {
        guard let schema = APIOperation.of(method, pattern)?.body?.schema else {
            preconditionFailure("\(method) \(pattern) takes no body")
        }
        let components = Dictionary(schema.components.map { ($0.name, $0.schema.json) }) { first, _ in first }
        var walk = SchemaWalk(components: components)
        walk.visit(components[schema.name] ?? [:], at: [], isRequired: true)
        all = walk.fields
        byName = Dictionary(uniqueKeysWithValues: all.map { (ExactText($0.name), $0) })
    }

    /// The field that is sent by that name.
    package subscript(name: String) -> BodyField? { byName[ExactText(name)] }
}

/// A walk through the schema of a request, from its own object to those in it.
private struct SchemaWalk {
    let components: [String: JSONValue]
    var fields: [BodyField] = []

    /// No request has objects in objects deeper than that.
    private static let deepest = 6

    mutating func visit(_ schema: JSONValue, at path: [String], isRequired: Bool, meaning: String = "") {
        guard path.count <= Self.deepest else { return }
        let text = schema["description"].flatMap(\.plainText) ?? meaning
        if let name = schema["$ref"].flatMap(\.plainText)?.split(separator: "/").last.map(String.init) {
            let target = components[name] ?? ValueSchemas.all.first { $0.name == name }?.schema.json
            return visit(target ?? [:], at: path, isRequired: isRequired, meaning: text)
        }
        // A value or null, and the forms of an object.
        for member in ["anyOf", "oneOf"] {
            guard case .array(let choices)? = schema[member] else { continue }
            for choice in choices where choice["type"] != .string("null") {
                visit(choice, at: path, isRequired: isRequired, meaning: text)
            }
            return
        }
        switch schema.typeName {
        case "object":
            let required = schema["required"].map(\.plainTexts) ?? []
            for property in schema["properties"]?.members ?? [] {
                let name = property.name.string
                visit(
                    property.value, at: path + [name],
                    isRequired: (path.isEmpty || isRequired) && required.contains { $0.isExactly(name) })
            }
        case "array":
            let items = schema["items"] ?? [:]
            if items.typeName == "string" {
                add(path, .texts, isRequired, text)
            } else {
                visit(items, at: path + ["0"], isRequired: false, meaning: text)
            }
        default: if let kind = schema.formKind { add(path, kind, isRequired, text) }
        }
    }

    /// A field that several forms of an object have is one, and its words are those of all.
    private mutating func add(_ path: [String], _ kind: BodyField.Kind, _ isRequired: Bool, _ meaning: String) {
        guard let index = fields.firstIndex(where: { $0.path == path }) else {
            fields.append(BodyField(path: path, kind: kind, isRequired: isRequired, meaning: meaning))
            return
        }
        let before = fields[index]
        guard case .words(let words) = before.kind, case .words(let more) = kind else { return }
        fields[index] = BodyField(
            path: path, kind: .words(words + more.filter { !words.contains($0) }), isRequired: before.isRequired,
            meaning: before.meaning)
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        let name = ExactText(name)
        return members.first { $0.name == name }?.value
    }

    fileprivate var plainText: String? { if case .string(let text) = self { text.string } else { nil } }

    fileprivate var plainTexts: [String] {
        if case .array(let items) = self { items.compactMap(\.plainText) } else { [] }
    }

    /// Its type, but for null.
    fileprivate var typeName: String? {
        guard let type = self["type"] else { return nil }
        return type.plainText ?? type.plainTexts.first { $0 != "null" }
    }

    /// How a plain value of this schema is asked for; nil for one that has none.
    fileprivate var formKind: BodyField.Kind? {
        switch typeName {
        case "boolean": return .flag
        case "integer": return .number
        case "string":
            if let words = self["enum"].map(\.plainTexts) { return .words(words) }
            if let word = self["const"].flatMap(\.plainText) { return .words([word]) }
            switch self["format"].flatMap(\.plainText) {
            case "date-time": return .instant
            case "date": return .date
            default: break
            }
            guard case .integer(let limit)? = self["maxLength"] else { return .line(limit: nil) }
            return limit >= Self.longestLine ? .text(limit: limit) : .line(limit: limit)
        default: return nil
        }
    }

    /// What may be longer than that is asked for in lines.
    private static let longestLine: Int64 = 1_000
}
