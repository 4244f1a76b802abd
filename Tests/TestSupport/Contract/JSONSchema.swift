import Foundation
import Synchronization

/// As much of JSON Schema (draft 2020-12) as the document uses. A keyword that it does not know is a violation too, so
/// that nothing is passed over.
///
/// Every answer of every test goes through it, and hardly one has a violation. So a value is looked through quietly at
/// first, up to the first violation; only where there is one is it gone through again for all of them and their texts.
public struct JSONSchema: Sendable {
    private let root: JSONNode
    /// What the references of the document lead to.
    private let targets: [String: JSONNode]
    private let patterns = PatternBook()
    private var takesParts = false

    /// - Parameter root: the document that references lead into.
    public init(root: JSONNode) {
        self.root = root
        var references: Set<String> = []
        root.gatherReferences(into: &references)
        var targets: [String: JSONNode] = [:]
        for reference in references { targets[reference] = Self.target(of: reference, in: root) }
        self.targets = targets
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
        if isMet(by: value, schema) { return [] }
        var report = Report(isQuiet: false)
        check(value, by: schema, at: Place(text: place), &report)
        return report.violations
    }

    /// What a reference leads to; nil when it leads nowhere.
    public func resolve(_ reference: String) -> JSONNode? {
        targets[reference] ?? Self.target(of: reference, in: root)
    }

    private static func target(of reference: String, in root: JSONNode) -> JSONNode? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(root as JSONNode?) { $0?[String($1)] }
    }

    private func isMet(by value: JSONNode, _ schema: JSONNode) -> Bool {
        var report = Report(isQuiet: true)
        check(value, by: schema, at: .root, &report)
        return report.isEmpty
    }

    private func check(_ value: JSONNode, by schema: JSONNode, at place: Place, _ report: inout Report) {
        guard case .object(let keywords) = schema else {
            return report.add(unless: schema == .boolean(true), "\(place) may not be there")
        }
        for (keyword, argument) in keywords where !report.isDone {
            check(value, keyword, argument, keywords, place, &report)
        }
    }

    private func check(
        _ value: JSONNode, _ keyword: String, _ argument: JSONNode, _ keywords: [String: JSONNode], _ place: Place,
        _ report: inout Report
    ) {
        func require(_ holds: Bool) {
            report.add(unless: holds, "\(place) is against \(keyword): \(argument.brief), not \(value.brief)")
        }
        switch keyword {
        case "description", "title", "examples", "default": break
        case "$ref":
            guard let target = argument.text.flatMap(resolve) else {
                return report.add(unless: false, "\(place): nothing is at \(argument.brief)")
            }
            check(value, by: target, at: place, &report)
        case "type":
            require(argument.items?.contains { value.isOf($0.text ?? "") } ?? value.isOf(argument.text ?? ""))
        case "enum": require(argument.items?.contains(value) == true)
        case "const": require(argument == value)
        case "oneOf":
            let count = (argument.items ?? []).count { isMet(by: value, $0) }
            // What would tell them apart may be missing.
            if count == 1 || takesParts && count > 1 { return }
            report.add(unless: false, "\(place) is \(count) of those it should be one of")
            if count == 0 { addNearest(value, argument, place, &report) }
        case "anyOf":
            guard !(argument.items ?? []).contains(where: { isMet(by: value, $0) }) else { return }
            addNearest(value, argument, place, &report)
        case "if":
            guard ofWhole.isMet(by: value, argument) else { return }
            check(value, by: keywords["then"] ?? .boolean(true), at: place, &report)
        case "then": break
        case "not": require(!ofWhole.isMet(by: value, argument))
        case "required", "properties", "additionalProperties":
            guard case .object(let members) = value else { return }
            check(members, keyword, argument, keywords, place, &report)
        case "items":
            guard case .array(let items) = value else { return }
            for (index, item) in items.enumerated() where !report.isDone {
                check(item, by: argument, at: place.index(index), &report)
            }
        case "minItems": require(value.items.map { Double($0.count) >= argument.number! } ?? true)
        case "maxItems": require(value.items.map { Double($0.count) <= argument.number! } ?? true)
        case "minimum": require(value.number.map { $0 >= argument.number! } ?? true)
        case "maximum": require(value.number.map { $0 <= argument.number! } ?? true)
        case "minLength": require(value.text.map { Double($0.unicodeScalars.count) >= argument.number! } ?? true)
        case "maxLength": require(value.text.map { Double($0.unicodeScalars.count) <= argument.number! } ?? true)
        case "pattern": require(value.text.map { patterns.matches($0, argument.text ?? "") } ?? true)
        case "format": require(value.text.map { Self.isOf(format: argument.text ?? "", $0) } ?? true)
        default: report.add(unless: false, "\(place): the keyword \(keyword) is not known here")
        }
    }

    private func check(
        _ members: [String: JSONNode], _ keyword: String, _ argument: JSONNode, _ keywords: [String: JSONNode],
        _ place: Place, _ report: inout Report
    ) {
        switch keyword {
        case "required":
            guard !takesParts else { return }
            for name in (argument.items ?? []).compactMap(\.text) {
                report.add(unless: members[name] != nil, "\(place.member(name)) is missing")
            }
        case "properties":
            guard case .object(let schemas) = argument else { return }
            for (name, value) in members where !report.isDone {
                guard let schema = schemas[name] else { continue }
                check(value, by: schema, at: place.member(name), &report)
            }
        default:
            let known = keywords["properties"]?.members ?? [:]
            for (name, value) in members where known[name] == nil && !report.isDone {
                if argument == .boolean(false) {
                    report.add(unless: false, "\(place.member(name)) is not documented")
                } else {
                    check(value, by: argument, at: place.member(name), &report)
                }
            }
        }
    }

    /// Adds what hinders a value from being of the schema that it is nearest to.
    private func addNearest(_ value: JSONNode, _ schemas: JSONNode, _ place: Place, _ report: inout Report) {
        guard !report.isQuiet else { return report.add(unless: false, "") }
        let all = (schemas.items ?? []).map { schema in
            var one = Report(isQuiet: false)
            check(value, by: schema, at: place, &one)
            return one.violations
        }
        for violation in all.min(by: { $0.count < $1.count }) ?? [] { report.add(unless: false, violation) }
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

/// What has been found of a value.
private struct Report {
    /// Whether it is only asked whether there is anything.
    let isQuiet: Bool
    private(set) var violations: [String] = []
    private(set) var isEmpty = true

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    /// Whether nothing more is to be found out.
    var isDone: Bool { isQuiet && !isEmpty }

    mutating func add(unless holds: Bool, _ violation: @autoclosure () -> String) {
        guard !holds else { return }
        isEmpty = false
        if !isQuiet { violations.append(violation()) }
    }
}

/// Where something is in a value, put into words only when somebody is told.
private indirect enum Place: CustomStringConvertible {
    case root
    case given(String)
    case member(String, of: Place)
    case index(Int, of: Place)

    init(text: String) {
        self = text == "#" ? .root : .given(text)
    }

    func member(_ name: String) -> Place { .member(name, of: self) }
    func index(_ index: Int) -> Place { .index(index, of: self) }

    var description: String {
        switch self {
        case .root: "#"
        case .given(let text): text
        case .member(let name, let place): "\(place)/\(name)"
        case .index(let index, let place): "\(place)/\(index)"
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

    fileprivate func gatherReferences(into references: inout Set<String>) {
        switch self {
        case .object(let members):
            for (name, value) in members {
                if name == "$ref", let reference = value.text { references.insert(reference) }
                value.gatherReferences(into: &references)
            }
        case .array(let items):
            for item in items { item.gatherReferences(into: &references) }
        default: break
        }
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
