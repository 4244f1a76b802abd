import Foundation
import Synchronization

/// As much of JSON Schema (draft 2020-12) as the document uses. A keyword that it does not know is a violation too, so
/// that nothing is passed over.
public struct JSONSchema: Sendable {
    private let root: JSONNode
    private let patterns = PatternBook()
    private var takesParts = false

    /// - Parameter root: the document that references lead into.
    public init(root: JSONNode) {
        self.root = root
    }

    /// The same for values of which members may be missing.
    public var ofParts: JSONSchema {
        var schema = self
        schema.takesParts = true
        return schema
    }

    /// The same for what tells one value from another.
    private var ofWhole: JSONSchema {
        var schema = self
        schema.takesParts = false
        return schema
    }

    /// What of a value is not as the schema has it, each with its place.
    public func violations(of value: JSONNode, by schema: JSONNode, at place: String = "#") -> [String] {
        guard let keywords = schema.members else {
            return schema == .boolean(true) ? [] : ["\(place) may not be there"]
        }
        var violations: [String] = []
        for (keyword, argument) in keywords {
            violations += check(value, keyword, argument, keywords, place)
        }
        return violations
    }

    /// What a reference leads to; nil when it leads nowhere.
    public func resolve(_ reference: String) -> JSONNode? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(root as JSONNode?) { $0?[String($1)] }
    }

    private func check(
        _ value: JSONNode, _ keyword: String, _ argument: JSONNode, _ keywords: [String: JSONNode], _ place: String
    ) -> [String] {
        func violation(unless holds: Bool) -> [String] {
            holds ? [] : ["\(place) is against \(keyword): \(argument.brief), not \(value.brief)"]
        }
        switch keyword {
        case "description", "title", "examples", "default": return []
        case "$ref":
            guard let target = argument.text.flatMap(resolve) else {
                return ["\(place): nothing is at \(argument.brief)"]
            }
            return violations(of: value, by: target, at: place)
        case "type":
            let types = argument.items?.compactMap(\.text) ?? [argument.text ?? ""]
            return violation(unless: types.contains(where: value.isOf))
        case "enum": return violation(unless: argument.items?.contains(value) == true)
        case "const": return violation(unless: argument == value)
        case "oneOf":
            let all = (argument.items ?? []).map { violations(of: value, by: $0, at: place) }
            let count = all.count(where: \.isEmpty)
            // What would tell them apart may be missing.
            if count == 1 || takesParts && count > 1 { return [] }
            let nearest = all.min { $0.count < $1.count } ?? []
            return ["\(place) is \(count) of those it should be one of"] + (count == 0 ? nearest : [])
        case "anyOf":
            let all = (argument.items ?? []).map { violations(of: value, by: $0, at: place) }
            return all.contains(where: \.isEmpty) ? [] : all.min { $0.count < $1.count } ?? []
        case "if":
            return ofWhole.violations(of: value, by: argument, at: place).isEmpty
                ? violations(of: value, by: keywords["then"] ?? .boolean(true), at: place) : []
        case "then": return []
        case "not": return violation(unless: !ofWhole.violations(of: value, by: argument, at: place).isEmpty)
        case "required", "properties", "additionalProperties":
            guard let members = value.members else { return [] }
            return check(members, keyword, argument, keywords, place)
        case "items":
            return (value.items ?? []).enumerated().flatMap { index, item in
                violations(of: item, by: argument, at: "\(place)/\(index)")
            }
        case "minItems": return violation(unless: value.items.map { Double($0.count) >= argument.number! } ?? true)
        case "maxItems": return violation(unless: value.items.map { Double($0.count) <= argument.number! } ?? true)
        case "minimum": return violation(unless: value.number.map { $0 >= argument.number! } ?? true)
        case "maximum": return violation(unless: value.number.map { $0 <= argument.number! } ?? true)
        case "minLength":
            return violation(unless: value.text.map { Double($0.unicodeScalars.count) >= argument.number! } ?? true)
        case "maxLength":
            return violation(unless: value.text.map { Double($0.unicodeScalars.count) <= argument.number! } ?? true)
        case "pattern":
            return violation(unless: value.text.map { patterns.matches($0, argument.text ?? "") } ?? true)
        case "format":
            return violation(unless: value.text.map { Self.isOf(format: argument.text ?? "", $0) } ?? true)
        default: return ["\(place): the keyword \(keyword) is not known here"]
        }
    }

    private func check(
        _ members: [String: JSONNode], _ keyword: String, _ argument: JSONNode, _ keywords: [String: JSONNode],
        _ place: String
    ) -> [String] {
        switch keyword {
        case "required":
            return takesParts
                ? []
                : (argument.items ?? []).compactMap(\.text).filter { members[$0] == nil }
                    .map { "\(place)/\($0) is missing" }
        case "properties":
            return (argument.members ?? [:]).flatMap { name, schema in
                members[name].map { violations(of: $0, by: schema, at: "\(place)/\(name)") } ?? []
            }
        default:
            let known = keywords["properties"]?.members ?? [:]
            return members.filter { known[$0.key] == nil }.flatMap { name, value in
                argument == .boolean(false)
                    ? ["\(place)/\(name) is not documented"]
                    : violations(of: value, by: argument, at: "\(place)/\(name)")
            }
        }
    }

    private static func isOf(format: String, _ text: String) -> Bool {
        switch format {
        // What they can be is in a pattern or a range beside it.
        case "int64": true
        case "date-time":
            (try? Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")).parse(text)) != nil
        case "date": (try? Date.ISO8601FormatStyle().year().month().day().parse(text)) != nil
        case "uri-reference": URL(string: text) != nil
        default: false
        }
    }
}

extension JSONNode {
    /// Whether it is of a type of JSON Schema: a whole number is a number too.
    fileprivate func isOf(_ type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .boolean: type == "boolean"
        case .number(let number): type == "number" || type == "integer" && number.rounded() == number
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }

    /// The beginning of it, for messages.
    fileprivate var brief: String {
        String("\(self)".prefix(200))
    }
}

/// Regular expressions, each compiled once.
private final class PatternBook: Sendable {
    private let compiled = Mutex<[String: NSRegularExpression]>([:])

    func matches(_ text: String, _ pattern: String) -> Bool {
        let expression = compiled.withLock { compiled -> NSRegularExpression? in
            if let known = compiled[pattern] { return known }
            // A pattern that can't be read matches nothing, which fails whatever is checked by it.
            guard let new = try? NSRegularExpression(pattern: pattern) else { return nil }
            compiled[pattern] = new
            return new
        }
        let whole = NSRange(text.startIndex..., in: text)
        return expression?.firstMatch(in: text, range: whole) != nil
    }
}
