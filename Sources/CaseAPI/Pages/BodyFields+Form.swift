package import Complaints

extension BodyFields {
    /// What every form of a page has beside the fields of a body.
    package static let ofForms = [FormToken.field, "key", "tag", "seen", "promise", "known", "same"]

    /// How deep a name may lead.
    private static let deepest = 8

    /// A form that was sent, as the JSON that the API's own reader takes of the same request: what can't be the value that a field
    /// has goes on as the text that was typed, and that reader says what is wrong with it.
    ///
    /// - Parameter zone: by whose clocks dates and times were typed.
    /// - Throws: 400 for a name that no form has.
    package func body(of form: FormFields, in zone: Zone) throws -> JSONValue {
        var typed: [(name: ExactText, values: [String])] = []
        for (name, value) in form.fields where !Self.ofForms.contains(where: { $0.isExactly(name) }) {
            let name = ExactText(name)
            if let index = typed.firstIndex(where: { $0.name == name }) {
                typed[index].values.append(value)
            } else {
                typed.append((name, [value]))
            }
        }
        var root = BodyNode()
        for (name, values) in typed {
            let path = name.string.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard path.count <= Self.deepest else {
                throw Problem(.malformedRequest, "The form has a field that no form has. Nothing has changed.")
            }
            if let value = value(values, of: self[name.string], zone) { root.insert(value, at: path[...]) }
        }
        return root.json ?? .object([])
    }

    /// A value as the body has it; nil for what was left empty, which is as if it were not there.
    private func value(_ typed: [String], of field: BodyField?, _ zone: Zone) -> JSONValue? {
        guard let last = typed.last(where: { !$0.isEmpty }) else { return nil }
        switch field?.kind {
        case .flag:
            return last.isExactly("true") ? .boolean(true) : last.isExactly("false") ? .boolean(false) : .string(last)
        case .number:
            // Numbers are written in one way only, as JSON has them.
            guard let number = Int64(last), String(number).isExactly(last) else { return .string(last) }
            return .integer(number)
        case .instant: return .string(zone.instant(typed: last))
        case .texts:
            let lines = typed.flatMap { $0.split(separator: "\n") }.filter { !ExactText($0).isBlank }
            return lines.isEmpty ? nil : .texts(lines.map(String.init))
        case .line, .text, .words, .date, nil: return .string(last)
        }
    }
}

extension Zone {
    /// What a browser sends of a date and a time (`2026-12-01T14:30`), as the instant at which the zone's clocks show it; anything
    /// else as it was typed. Of two that is the first; in a gap, what they would have shown without it.
    fileprivate func instant(typed text: String) -> String {
        let whole = text.utf8.count == 16 ? "\(text):00" : text
        guard whole.utf8.count == 19, let naive = try? Instant(rfc3339: "\(whole)Z") else { return text }
        let guess = Instant(milliseconds: naive.milliseconds - offset(at: naive))
        let instant = Instant(milliseconds: naive.milliseconds - offset(at: guess))
        // An hour that is shown twice begins by the clocks before it.
        let before = Instant(milliseconds: naive.milliseconds - offset(at: instant + .hours(-3)))
        let isShownBefore = before.milliseconds + offset(at: before) == naive.milliseconds
        return (isShownBefore ? min(before, instant) : instant).rfc3339
    }
}

/// A body while it is put together.
private struct BodyNode {
    private var value: JSONValue?
    private var members: [(name: String, node: BodyNode)] = []

    mutating func insert(_ value: JSONValue, at path: ArraySlice<String>) {
        guard let name = path.first else {
            self.value = value
            return
        }
        let index = members.firstIndex { $0.name.isExactly(name) } ?? members.endIndex
        if index == members.endIndex { members.append((name, BodyNode())) }
        members[index].node.insert(value, at: path.dropFirst())
    }

    /// Nil for what has nothing in it. An object whose names are positions is a list.
    var json: JSONValue? {
        if let value { return value }
        let shown = members.compactMap { member in member.node.json.map { (name: member.name, value: $0) } }
        guard !shown.isEmpty else { return nil }
        let places = shown.compactMap { Int($0.name) }
        guard places.count == shown.count else { return .members(shown) }
        return .array(zip(places, shown).sorted { $0.0 < $1.0 }.map { $0.1.value })
    }
}
