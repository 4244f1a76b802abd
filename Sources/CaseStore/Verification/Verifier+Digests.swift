import Complaints
import GRDB

extension Verifier {
    /// That a digest is ready is said to each once a date, in the order of these, up to the one of the mark; and each who was named
    /// is told next as their calendar has it.
    mutating func checkDigests() throws {
        try checkToldDigests()
        let owners = try transaction.allOwners()
        let stamp = try ClockRow.stamp(db, transaction.statements)
        for owner in owners {
            let mark = try transaction.digestMark(ofOwner: owner.id)
            if try !isPlanned(mark, of: owner, at: stamp) {
                return add(
                    "digests", "Owner \(owner.id) is told of their digest at another instant than they are to be.")
            }
        }
    }

    private mutating func checkToldDigests() throws {
        let told = """
            SELECT l.about_id, l.seq, l.at, l.recorded_at, l.imported, l.about,
                (SELECT f.value ->> 1 FROM json_each(l.facts) f WHERE f.value ->> 0 = 'date') AS date
            FROM case_log l WHERE l.kind = 'digest_ready'
            """
        try check(
            """
            WITH told AS (\(told))
            SELECT t.about_id FROM told t LEFT JOIN owner o ON o.id = t.about_id
            WHERE t.about IS NOT 'owner' OR o.version IS NULL OR o.version = 0 OR t.imported OR t.recorded_at <= t.at
                OR abs(unixepoch(t.date) * 1000 - t.at) > 2 * 86400000 OR unixepoch(t.date) IS NULL
            LIMIT 1
            """, "is said to have a digest ready when they had not.")
        try check(
            """
            WITH told AS (\(told))
            SELECT about_id FROM (
                SELECT about_id, date, lag(date) OVER (PARTITION BY about_id ORDER BY seq) AS before FROM told)
            WHERE date <= before LIMIT 1
            """, "is said to have a digest ready more than once for one date, or for one after a later one.")
        try check(
            """
            WITH told AS (\(told)),
                last AS (SELECT about_id, max(date) AS date FROM told GROUP BY about_id)
            SELECT coalesce(d.owner_id, l.about_id) FROM digest_mark d FULL JOIN last l ON l.about_id = d.owner_id
            WHERE d.date IS NOT l.date LIMIT 1
            """, "was told of their digest last on another date than the log says.")
    }

    /// Whether the next time is that which the record has: one to come as it is, one that has come as it was then.
    private func isPlanned(_ mark: DigestMark?, of owner: Owner, at stamp: Instant) throws -> Bool {
        guard owner.isNamed else { return mark == nil }
        guard let mark else { return false }
        guard owner.fields.active else { return mark.next == nil }
        if let next = mark.next, next < stamp {
            guard next != DigestMark.unplanned else { return mark.date == nil }
            let then = ReadTransaction(
                db, names: names, statements: transaction.statements, ownerRules: transaction.ownerRules,
                asOf: Instant(milliseconds: next.milliseconds - 1), committed: transaction.committed)
            let team = try then.owner(FoldedName(owner.name))?.fields.team
            return try then.nextDay(ofTeam: team, from: next, after: mark.date)?.at == next
        }
        return try transaction.nextDay(ofTeam: owner.fields.team, from: stamp, after: mark.date)?.at == mark.next
    }

    private mutating func check(_ sql: String, _ what: String) throws {
        if let id = try firstID(sql) { add("digests", "Owner \(id) \(what)") }
    }
}
