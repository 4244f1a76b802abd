import Complaints
import HTTPTypes

/// A parameter by which a list of the API is narrowed down or put in order, as a page asks for it. Which there are follows from what
/// reads the query (`QuerySchema`): no list of them is kept by hand.
package struct ListFilter: Sendable, Hashable {
    /// How it is asked for.
    package enum Kind: Sendable, Hashable {
        /// A text in one line.
        case line
        /// Some words of a closed set, with commas between them.
        case words([String])
        /// One word of a closed set.
        case word([String])
        /// Yes or no.
        case flag
        /// A whole number.
        case number
        /// A length of time.
        case duration
        /// A day or an instant.
        case day
        /// The earlier instant of the whole page.
        case asOf
    }

    /// What the API calls it.
    package let name: String
    package let kind: Kind

    /// Those of a list of the API, in its order.
    ///
    /// - Precondition: there is such a list.
    package static func all(of path: String) -> [ListFilter] {
        guard let query = APIOperation.of(.get, path)?.query else { preconditionFailure("\(path) is no list") }
        return query.parameters.filter { parameter in !ofPages.contains { $0.isExactly(parameter.name) } }.map {
            ListFilter(
                name: $0.name,
                kind: $0.name.isExactly(QuerySchema.asOf) ? .asOf : ValueSchemas.resolved($0.schema.json).filterKind)
        }
    }

    /// Which part of a list is asked for, and in which form: that a page says for itself.
    private static let ofPages = [
        "limit", "format", "for", "separator", "fields", "pretty", PageParameters.cursorName,
    ]
}

extension ValueSchemas {
    /// The schema that a reference names, or the schema itself.
    fileprivate static func resolved(_ schema: JSONValue) -> JSONValue {
        guard let name = schema["$ref"]?.plainText?.split(separator: "/").last else { return schema }
        return all.first { $0.name == name }?.schema.json ?? schema
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

    fileprivate var filterKind: ListFilter.Kind {
        if self["anyOf"] != nil { return .day }
        switch self["type"]?.plainText {
        case "array":
            return .words(ValueSchemas.resolved(self["items"] ?? [:])["enum"].map(\.plainTexts) ?? [])
        case "boolean": return .flag
        case "integer": return .number
        default:
            if let words = self["enum"].map(\.plainTexts) { return .word(words) }
            let isDuration = self["pattern"]?.plainText?.utf8.starts(with: "^P(".utf8) ?? false
            return isDuration ? .duration : .line
        }
    }
}
