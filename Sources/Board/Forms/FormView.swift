import CaseAPI
import Complaints

/// A form as a page shows it: its fields with what was typed or is known of them, and what is wrong with each beside it.
struct FormView {
    /// The fields of the body.
    let body: BodyFields
    /// Those that are asked for, in their order.
    let asked: [String]
    /// What is typed, or known, by the names of the fields.
    var values: [String: String] = [:]
    /// Those that can be left out, although the form of the body that has them can't be without them: it has other forms.
    var optional: [String] = []
    /// What fields are called here, where not by their own names.
    var labels: [String: String] = [:]
    /// What is sent along without being asked for.
    var hidden: [(name: String, value: String)] = []
    /// Why it was refused, where it was.
    var problem: PageProblem?
    /// By whose clocks dates and times are typed.
    let zone: Zone

    /// What of a form that was sent is to be typed again.
    static func typed(_ form: FormFields) -> [String: String] {
        var typed: [String: [String]] = [:]
        for (name, value) in form.fields { typed[name, default: []].append(value) }
        return typed.mapValues { $0.last ?? "" }
    }

    /// For the template `form`, but for where it is sent and what its button says.
    var content: [String: Any] {
        var content: [String: Any] = [
            "fields": asked.compactMap { name in body[name].map(field) },
            "hidden": hidden.map { ["name": $0.name, "value": $0.value] },
            // A template looks for what is not here around the form.
            "problem": false, "changes": false,
        ]
        if let problem { content["problem"] = Notice(problem).values }
        return content
    }

    private func field(_ field: BodyField) -> [String: Any] {
        let value = values[field.name] ?? ""
        var shown: [String: Any] = [
            "id": "field-" + field.path.joined(separator: "-"), "name": field.name, "value": value,
            "label": labels[field.name] ?? Texts.label(of: field.path),
            "isRequired": field.isRequired && !optional.contains(field.name), "required": Texts.required,
        ]
        var hint = field.meaning
        switch field.kind {
        case .line(let limit): shown["line"] = Self.line("text", limit)
        case .text(let limit): shown["text"] = ["limit": limit.map(String.init) ?? ""]
        case .texts:
            shown["text"] = ["limit": ""]
            hint = [hint, Texts.oneALine].filter { !$0.isEmpty }.joined(separator: " ")
        case .number: shown["line"] = Self.line("text", 20, mode: "numeric")
        case .date: shown["line"] = Self.line("date", nil)
        case .instant:
            shown["line"] = Self.line("datetime-local", nil)
            shown["value"] = local(value)
            hint = [hint, Texts.byClocks(of: zone)].filter { !$0.isEmpty }.joined(separator: " ")
        case .words(let words): shown["choice"] = Self.choice(words.map { ($0, Texts.word($0)) }, value)
        case .flag: shown["choice"] = Self.choice([("true", Texts.yes), ("false", Texts.no)], value)
        }
        let faults = faults(of: field)
        if !faults.isEmpty { shown["fault"] = ["text": faults.joined(separator: " ")] }
        if !hint.isEmpty { shown["hint"] = hint }
        return shown
    }

    /// What the API says is wrong with a field: the one place where its pointers and the fields of forms are brought together.
    private func faults(of field: BodyField) -> [String] {
        (problem?.items ?? []).filter { $0.pointer?.utf8.elementsEqual("/\(field.name)".utf8) ?? false }.map(\.detail)
    }

    private static func line(_ type: String, _ limit: Int64?, mode: String? = nil) -> [String: Any] {
        var line: [String: Any] = ["type": type]
        if let limit { line["limit"] = String(limit) }
        if let mode { line["mode"] = mode }
        return line
    }

    private static func choice(_ words: [(word: String, label: String)], _ value: String) -> [String: Any] {
        [
            "options": words.map { word, label -> [String: Any] in
                ["word": word, "label": label, "isSelected": word.utf8.elementsEqual(value.utf8)]
            }
        ]
    }

    /// An instant of the API as a browser shows it in a field; what is none, as it was typed.
    private func local(_ value: String) -> String {
        guard let instant = try? Instant(rfc3339: value) else { return value }
        return String(decoding: instant.localText(in: zone).utf8.prefix(16), as: UTF8.self).replacing(" ", with: "T")
    }
}

extension JSONValue {
    /// What the fields of a form have of a body: each value by its place.
    func typed(at path: [String] = []) -> [String: String] {
        switch self {
        case .null, .fraction: [:]
        case .boolean(let flag): [path.joined(separator: "/"): flag ? "true" : "false"]
        case .integer(let number): [path.joined(separator: "/"): String(number)]
        case .string(let text): [path.joined(separator: "/"): text.string]
        case .array(let items):
            items.allSatisfy { $0.text != nil }
                ? [path.joined(separator: "/"): items.compactMap(\.text).joined(separator: "\n")]
                : items.enumerated().reduce(into: [:]) { typed, item in
                    typed.merge(item.element.typed(at: path + [String(item.offset)])) { $1 }
                }
        case .object(let members):
            members.reduce(into: [:]) { typed, member in
                typed.merge(member.value.typed(at: path + [member.name.string])) { $1 }
            }
        }
    }
}
