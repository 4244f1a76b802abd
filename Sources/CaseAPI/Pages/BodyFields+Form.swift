import Complaints

extension BodyFields {
    /// What every form of a page has beside the fields of a body.
    package static let ofForms = [
        FormToken.field, "key", "tag", "seen", "promise", "known", "same", zone, sure, FormFields.kept,
    ]

    /// What says that whoever sends a form was shown what will come of it, and what that was.
    package static let sure = "sure"

    /// By whose clocks dates and times are typed: a name of the IANA database, empty for the desk's.
    package static let zone = "zone"

    /// What the name of a field begins with that says what another one was as the page was made.
    package static let before = "was:"

    /// How deep a name may lead.
    private static let deepest = 8

    /// A form that was sent, as the JSON that the API's own reader takes of the same request: what can't be the value that a field
    /// has goes on as the text that was typed, and that reader says what is wrong with it.
    ///
    /// - Throws: 400 for a name that no form has.
    package func body(of form: FormFields, _ reading: FormReading) throws -> JSONValue {
        var root = BodyNode()
        for (name, value) in try typed(form) where !isIdleCurrency(name, in: form) {
            if let value = self.value(value, of: self[name.joined(separator: "/")], reading) {
                root.insert(value, at: name[...])
            }
        }
        return root.json ?? .object([])
    }

    /// The same of a form that shows what is there, for a merge patch (RFC 7396): what is as it was is left out, and what was
    /// emptied is null. An object of which something is otherwise is sent whole.
    ///
    /// - Throws: 400 for a name that no form has.
    package func edit(of form: FormFields, _ reading: FormReading) throws -> JSONValue {
        let all = try typed(form).map { path, typed in
            let field = self[path.joined(separator: "/")]
            let before = inMinorUnits(
                form[Self.before + path.joined(separator: "/")] ?? "", of: field, form, Self.before)
            return (path: path, value: field?.isStill(before, typed, reading) ?? false ? before : typed, before: before)
        }
        let changed = Set(all.filter { !$0.value.isExactly($0.before) }.map { ExactText($0.path[0]) })
        var root = BodyNode()
        for (path, text, before) in all where changed.contains(ExactText(path[0])) {
            if let value = value(text, of: self[path.joined(separator: "/")], reading) {
                root.insert(value, at: path[...])
            } else if !before.isEmpty {
                root.insert(.null, at: path[...])
            }
        }
        return .members(
            (root.json ?? .object([])).members.map { ($0.name.string, $0.value.isEmptied ? .null : $0.value) })
    }

    /// Why what was typed into a field is not what it has; nil where it is.
    package func fault(in name: String, typed text: String, _ reading: FormReading) -> TypingFault? {
        guard case .failure(let typed)? = self[name]?.value(typed: text, reading) else { return nil }
        return typed.fault
    }

    /// The fields of the body that were sent, by their paths.
    private func typed(_ form: FormFields) throws -> [(path: [String], value: String)] {
        try form.fields.compactMap { name, value in
            guard !Self.ofForms.contains(where: { $0.isExactly(name) }),
                ![Self.before, FormFields.asked, FormFields.meant].contains(where: { name.utf8.starts(with: $0.utf8) })
            else { return nil }
            let path = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard path.count <= Self.deepest else {
                throw Problem(.malformedRequest, "The form has a field that no form has. Nothing has changed.")
            }
            return (path, inMinorUnits(value, of: self[name], form))
        }
    }

    /// What was typed, an amount of money as the API has it.
    ///
    /// - Parameter prefix: what the name of the field with its currency begins with.
    private func inMinorUnits(
        _ typed: String, of field: BodyField?, _ form: FormFields, _ prefix: String = ""
    ) -> String {
        guard let field, TypedMoney.isAmount(field) else { return typed }
        return TypedMoney.sent(typed, in: form[prefix + TypedMoney.currency(beside: field.name)])
    }

    /// Whether it is the currency that a page has set before anybody typed an amount of it, and nobody has.
    private func isIdleCurrency(_ path: [String], in form: FormFields) -> Bool {
        let name = path.joined(separator: "/")
        guard let preset = form[Self.before + name], preset.isExactly(form[name] ?? "") else { return false }
        let beside = all.filter { TypedMoney.isAmount($0) && TypedMoney.currency(beside: $0.name).isExactly(name) }
        return !beside.isEmpty && beside.allSatisfy { form[$0.name] == nil }
    }

    /// A value as the body has it; nil for what was left empty, which is as if it were not there.
    private func value(_ text: String, of field: BodyField?, _ reading: FormReading) -> JSONValue? {
        guard let field else { return text.isEmpty ? nil : .string(text) }
        switch field.value(typed: text, reading) {
        case .success(let value)?: return value
        case .failure?: return .string(text)
        case nil: return nil
        }
    }
}

extension BodyField {
    /// Whether what was typed says the same as what was there: of an instant a form shows no seconds.
    fileprivate func isStill(_ before: String, _ typed: String, _ reading: FormReading) -> Bool {
        guard !before.isEmpty, !typed.isEmpty else { return false }
        if before.isExactly(typed) { return true }
        guard case .success(let old)? = value(typed: before, reading),
            case .success(let new)? = value(typed: typed, reading)
        else { return false }
        guard kind == .instant, case .string(let was) = old, case .string(let isNow) = new,
            let was = try? Instant(rfc3339: was.string), let isNow = try? Instant(rfc3339: isNow.string)
        else { return old == new }
        return was.rfc3339.utf8.prefix(16).elementsEqual(isNow.rfc3339.utf8.prefix(16))
    }
}

extension JSONValue {
    /// Whether it is an object of which nothing is left.
    fileprivate var isEmptied: Bool {
        guard case .object(let members) = self, !members.isEmpty else { return false }
        return members.allSatisfy { $0.value == .null || $0.value.isEmptied }
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
