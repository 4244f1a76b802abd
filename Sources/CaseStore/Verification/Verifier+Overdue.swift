import Complaints
import GRDB

extension Verifier {
    /// That a promise fell due is in the log once, in good time, and of no other promises; and of all that fell due
    /// unsettled since there are such entries, but for those that the mark has not come to.
    mutating func checkOverdue() throws {
        try check(
            """
            SELECT l.promise_id FROM case_log l LEFT JOIN promise p ON p.id = l.promise_id
            WHERE l.kind = 'promise_overdue' AND (p.case_id IS NOT l.case_id OR p.due_at <> l.at
                OR l.recorded_at <= p.due_at OR p.recorded_at < l.recorded_at OR l.imported
                OR p.transferred_from IS NOT NULL AND p.made_at > p.due_at)
            LIMIT 1
            """, "is said to have fallen due when it did not.")
        try check(
            """
            SELECT promise_id FROM case_log WHERE kind = 'promise_overdue'
            GROUP BY promise_id HAVING count(*) > 1 LIMIT 1
            """, "is said to have fallen due more than once.")
        // Of what was overdue as it came from a duplicate the log of that says so; of a miss that goes on it was said before.
        try check(
            """
            SELECT p.id FROM promise p CROSS JOIN overdue_mark m
            WHERE (p.transferred_from IS NULL OR p.made_at <= p.due_at)
                AND (p.imported OR NOT \(PromiseStateSQL.goesOnWithMiss())) AND (p.recorded_at IS NULL
                    AND ((p.due_at, p.id) <= (m.due_at, m.promise_id) OR p.made_at > p.due_at AND p.made_at > m.since)
                OR p.recorded_at > p.due_at AND p.recorded_at > m.since AND EXISTS (
                    SELECT 1 FROM case_log s WHERE s.case_id = p.case_id AND s.promise_id = p.id AND NOT s.imported
                        AND s.kind IN (\(Self.words(LogKind.settling)))))
                AND NOT EXISTS (SELECT 1 FROM case_log l
                    WHERE l.case_id = p.case_id AND l.promise_id = p.id AND l.kind = 'promise_overdue')
            LIMIT 1
            """, "has fallen due, and the log does not say so.")
        let isAhead = try db.first("SELECT m.due_at >= c.stamp FROM overdue_mark m, clock c") { $0.flag(0) }
        if isAhead != false {
            add("overdue", "The mark of the overdue is \(isAhead == nil ? "missing" : "past the last batch").")
        }
    }

    private mutating func check(_ sql: String, _ what: String) throws {
        if let id = try firstID(sql) { add("overdue", "Promise \(id) \(what)") }
    }
}
