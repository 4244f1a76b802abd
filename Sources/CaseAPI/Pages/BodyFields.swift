package import Complaints
import HTTPServer
package import HTTPTypes

/// The fields of a request's body as a form has them. Which there are, of what kind and how long follows from the schema, which is
/// recorded from what reads the body: no list of them is kept by hand, and no form asks for what the reader does not take.
package struct BodyFields: Sendable {
    /// In the order in which they are read.
    package let all: [BodyField]
    /// The least role that may send it.
    package let role: Role?
    private let byName: [ExactText: BodyField]

    /// Of what a route of the API takes.
    ///
    /// - Parameters:
    ///   - choice: which of its forms is meant, by a field that has one word in each, such as the `kind` of an entry of the log.
    /// - Precondition: there is such a route, and it takes a body.
    package init(_ method: HTTPRequest.Method, _ pattern: String, choosing choice: (name: String, word: String)? = nil)
    {
        guard let schema = APIOperation.of(method, pattern)?.body?.schema,
            let route = RouteMap.table.routes.first(where: { $0.method == method && $0.pattern.isExactly(pattern) })
        else { preconditionFailure("\(method) \(pattern) takes no body") }
        role = route.endpoint.role
        let components = Dictionary(schema.components.map { ($0.name, $0.schema.json) }) { first, _ in first }
        var walk = SchemaWalk(components: components, choice: choice)
        walk.visit(components[schema.name] ?? [:], at: [], .body)
        all = walk.fields
        byName = Dictionary(uniqueKeysWithValues: all.map { (ExactText($0.name), $0) })
    }

    /// The field that is sent by that name; of a list each item has those of the first.
    package subscript(name: String) -> BodyField? {
        if let field = byName[ExactText(name)] { return field }
        let path = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let places = path.map { Self.isPlace($0) ? "0" : $0 }
        guard let field = byName[ExactText(places.joined(separator: "/"))] else { return nil }
        return BodyField(
            path: path, kind: field.kind, need: field.need, alternatives: field.alternatives, isPast: field.isPast)
    }

    private static func isPlace(_ part: String) -> Bool {
        !part.isEmpty && part.utf8.count <= 4 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// A walk through the schema of a request, from its own object to those in it.
private struct SchemaWalk {
    let components: [String: JSONValue]
    /// Which of several forms of the body is meant.
    let choice: (name: String, word: String)?
    var fields: [BodyField] = []

    /// No request has objects in objects deeper than that.
    private static let deepest = 6

    /// - Parameters:
    ///   - need: what can't be without it.
    ///   - alternatives: the fields of which one is needed, this one among them.
    mutating func visit(
        _ schema: JSONValue, at path: [String], _ need: BodyField.Need, among alternatives: [String] = [],
        meaning: String = ""
    ) {
        guard path.count <= Self.deepest else { return }
        let text = schema["description"].flatMap(\.plainText) ?? meaning
        if let name = schema["$ref"].flatMap(\.plainText)?.split(separator: "/").last.map(String.init) {
            let target = components[name] ?? ValueSchemas.all.first { $0.name == name }?.schema.json
            return visit(target ?? [:], at: path, need, among: alternatives, meaning: text)
        }
        // A value or null, and the forms of an object.
        for member in ["anyOf", "oneOf"] {
            guard case .array(let choices)? = schema[member] else { continue }
            let forms = choices.filter { $0["type"] != .string("null") && isMeant($0, at: path) }
                .map { form -> [BodyField] in
                    var walk = SchemaWalk(components: components, choice: choice)
                    walk.visit(form, at: path, need, among: alternatives, meaning: text)
                    return walk.fields
                }
            add(forms: forms)
            return
        }
        switch schema.typeName {
        case "object":
            let required = schema["required"].map(\.plainTexts) ?? []
            let either = schema.alternatives
            for property in schema["properties"]?.members ?? [] {
                let name = property.name.string
                let isEither = either.contains { $0.isExactly(name) }
                let isNeeded = isEither || required.contains { $0.isExactly(name) }
                visit(
                    property.value, at: path + [name],
                    isNeeded ? (path.isEmpty || need == .body ? .body : .object) : .none,
                    among: isEither ? either.map { (path + [$0]).joined(separator: "/") } : [])
            }
        case "array":
            let items = schema["items"] ?? [:]
            if items.typeName == "string" {
                add(path, .texts, need, alternatives, text)
            } else {
                visit(items, at: path + ["0"], .none, meaning: text)
            }
        default: if let kind = schema.formKind { add(path, kind, need, alternatives, text) }
        }
    }

    private func isMeant(_ form: JSONValue, at path: [String]) -> Bool {
        guard path.isEmpty, let choice else { return true }
        let name = form["$ref"].flatMap(\.plainText)?.split(separator: "/").last.map(String.init)
        let schema = name.flatMap { components[$0] } ?? form
        return schema["properties"]?[choice.name]?["const"]?.plainText.map { $0.isExactly(choice.word) } ?? false
    }

    /// A field that several forms of an object have is one, and its words are those of all; one that some of them lack can be left
    /// out.
    private mutating func add(forms: [[BodyField]]) {
        for field in forms.joined() {
            let others = forms.compactMap { $0.first { $0.path == field.path } }
            guard !fields.contains(where: { $0.path == field.path }) else { continue }
            var kind = field.kind
            for case .words(let more) in others.map(\.kind) {
                if case .words(let words) = kind { kind = .words(words + more.filter { !words.contains($0) }) }
            }
            fields.append(
                BodyField(
                    path: field.path, kind: kind,
                    need: others.count == forms.count && others.allSatisfy { $0.need == field.need }
                        ? field.need : .none,
                    alternatives: field.alternatives, isPast: field.isPast))
        }
    }

    private mutating func add(
        _ path: [String], _ kind: BodyField.Kind, _ need: BodyField.Need, _ alternatives: [String], _ meaning: String
    ) {
        let isPast =
            meaning.utf8.count >= FieldReader.untilNow.utf8.count
            && meaning.utf8.suffix(FieldReader.untilNow.utf8.count).elementsEqual(FieldReader.untilNow.utf8)
        fields.append(
            BodyField(path: path, kind: kind, need: need, alternatives: alternatives, isPast: isPast))
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        let name = ExactText(name)
        return members.first { $0.name == name }?.value
    }

    /// The members of an object of which it has to have one, as `FieldRecorder` writes it: without the first the second, and so on.
    fileprivate var alternatives: [String] {
        guard let wanted = self["if"]?["not"]?["required"]?.plainTexts, let rest = self["then"] else { return [] }
        let others = rest.alternatives
        return wanted + (others.isEmpty ? rest["required"].map(\.plainTexts) ?? [] : others)
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
            guard case .integer(let limit)? = self["maxLength"] else {
                return self["pattern"].flatMap(\.plainText)?.utf8.starts(with: "^P(".utf8) ?? false
                    ? .duration : .line(limit: nil)
            }
            return limit >= Self.longestLine ? .text(limit: limit) : .line(limit: limit)
        default: return nil
        }
    }

    /// What may be longer than that is asked for in lines.
    private static let longestLine: Int64 = 1_000
}
