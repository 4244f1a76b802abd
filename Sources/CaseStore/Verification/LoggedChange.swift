import Complaints

/// A field that an entry says was changed.
struct LoggedChange {
    let name: String
    /// Empty where it was taken away; `FieldType.absent` of a flag.
    let after: String
    /// Nil where there was none.
    let before: String?

    /// Whether it begins with what the entry before it left: where there was nothing, that took it away.
    func goesOn(from left: String) -> Bool {
        guard let before else { return left.isEmpty || left.isExactly(FieldType.flag.absent) }
        return left.isExactly(before)
    }

    /// Those of an entry, by its facts and texts as they are on record: what has a form of its own for how it was before.
    static func all(kind: LogKind, facts: String, texts: String?) throws -> [LoggedChange] {
        let said = try FactCoding.decode(facts) + (texts.map(FactCoding.decode) ?? [])
        let names = Set(kind.form.facts.map(\.name))
        func text(_ name: String) -> String? {
            guard case .text(let text)? = said.first(where: { $0.name == name })?.value else { return nil }
            return text
        }
        return kind.form.facts.compactMap { fact in
            guard names.contains(fact.name + "_before"), let after = text(fact.name) else { return nil }
            return LoggedChange(name: fact.name, after: after, before: text(fact.name + "_before"))
        }
    }
}
