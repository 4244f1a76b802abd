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
        guard let names = changedNames[kind] else { return [] }
        var words: [String: String] = [:]
        for fact in said {
            if case .text(let text) = fact.value, words[fact.name] == nil { words[fact.name] = text }
        }
        return names.compactMap { name in
            words[name].map { LoggedChange(name: name, after: $0, before: words[name + "_before"]) }
        }
    }

    /// The fields of which entries of a kind can say how they were before; of most kinds there are none.
    private static let changedNames: [LogKind: [String]] = LogKind.allCases.reduce(into: [:]) { changed, kind in
        let names = kind.form.facts.map(\.name)
        let known = Set(names)
        let those = names.filter { known.contains($0 + "_before") }
        if !those.isEmpty { changed[kind] = those }
    }
}
