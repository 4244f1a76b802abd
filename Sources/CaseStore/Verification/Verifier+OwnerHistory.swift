import Complaints

extension Verifier {
    /// What there was to be told of somebody before they were named, whom the log had told of by then (as of who hands over
    /// everything), is kept: nothing but what everybody has.
    mutating func checkHistoryOfNamings() throws {
        let name = "'[\"' || e.field || '\",'"
        try addFirst(
            "history",
            """
            WITH e (field, before, unchanged) AS (VALUES \(Self.fieldsOfUnnamed))
            SELECT l.about_id, e.field FROM case_log l JOIN owner o ON o.id = l.about_id, e
            WHERE l.kind = '\(LogKind.ownerNamed.rawValue)' AND l.recorded_at > o.recorded_at
                AND (instr(l.facts, \(name)) > 0 OR instr(coalesce(l.texts, ''), \(name)) > 0)
                AND (e.unchanged IS NULL OR instr(l.facts, e.unchanged) = 0)
                AND NOT EXISTS (SELECT 1 FROM field_change f WHERE f.about = 'owner' AND f.about_id = l.about_id
                    AND f.field = e.field AND f.recorded_at = l.recorded_at AND f.before IS e.before)
            LIMIT 1
            """
        ) { "What \($0.text(1)) of owner \($0.integer(0)) was before they were named is not kept." }
    }

    /// Each field, what it is of who was never named, and how an entry says that it stays so, where it says it at all.
    private static let fieldsOfUnnamed: String = OwnerFields.editedFields.map { field in
        guard case .flag(let flag)? = field.value(OwnerFields()) else { return "('\(field.name)', NULL, NULL)" }
        let fact = Fact(field.name, .text(field.type.texts(.flag(flag))[0] ?? ""))
        return "('\(field.name)', \(flag ? 1 : 0), '\(FactCoding.encode([fact]).dropFirst().dropLast())')"
    }.joined(separator: ", ")
}
