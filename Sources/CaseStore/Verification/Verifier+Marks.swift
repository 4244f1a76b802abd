import Complaints
import GRDB

extension Verifier {
    /// What the clock said of promises before they were due and since, beside their marks: each that a promise has moved past
    /// was said once, in good time, and nothing else; and of each that is unsettled it is known when there is more to say.
    mutating func checkMarks() throws {
        let saying = "(\(Self.words([.promiseDueSoon, .promiseReminder, .promiseEscalated])))"
        let marks = "json_each(CASE WHEN json_valid(p.marks) THEN p.marks END)"
        // What an entry says, as marks have it.
        let said = """
            CASE l.kind WHEN 'promise_due_soon' THEN 'due_soon'
                ELSE (SELECT f.value ->> 1 FROM json_each(l.facts) f WHERE f.value ->> 0 = 'hearer') END
            """
        try check(
            """
            SELECT l.promise_id FROM case_log l LEFT JOIN promise p ON p.id = l.promise_id
            WHERE l.kind IN \(saying) AND (p.case_id IS NOT l.case_id OR l.imported OR l.recorded_at <= l.at
                OR p.recorded_at < l.recorded_at OR l.at < p.made_at OR p.next_mark_at IS NULL OR l.at >= p.next_mark_at
                OR CASE l.kind WHEN 'promise_reminder' THEN l.at <= p.due_at
                    ELSE l.kind = 'promise_due_soon' AND l.recorded_at > p.due_at OR NOT EXISTS (
                        SELECT 1 FROM \(marks) m
                        WHERE m.value ->> 0 = l.at AND m.value ->> 1 = \(said)) END)
            LIMIT 1
            """, "is said to be due soon, or overdue still, or to have come up the ladder, when it was not to.")
        try check(
            """
            SELECT promise_id FROM case_log WHERE kind IN \(saying)
            GROUP BY promise_id, kind, at, facts HAVING count(*) > 1 LIMIT 1
            """,
            "is said to be due soon, or overdue still, or to have come up the ladder, more than once for one instant.")
        try check(
            """
            SELECT p.id FROM promise p, \(marks) m
            WHERE m.value ->> 0 < p.next_mark_at AND NOT EXISTS (
                SELECT 1 FROM case_log l WHERE l.case_id = p.case_id AND l.promise_id = p.id
                    AND l.kind IN ('promise_due_soon', 'promise_escalated') AND l.at = m.value ->> 0
                    AND m.value ->> 1 = \(said))
            LIMIT 1
            """, "was due soon, or came up the ladder, and the log does not say so.")
        try check(
            """
            SELECT p.id FROM promise p, clock c
            WHERE CASE WHEN p.promised_by <> 'desk' THEN p.marks IS NOT NULL OR p.next_mark_at IS NOT NULL
                WHEN p.next_mark_at IS NULL THEN p.recorded_at IS NULL OR p.marks IS NOT NULL
                WHEN p.next_mark_at = \(MarkPlan.unplanned.milliseconds) THEN p.marks IS NOT NULL
                WHEN EXISTS (SELECT 1 FROM \(marks) m WHERE m.value ->> 0 = p.next_mark_at) THEN 0
                WHEN p.next_mark_at <= p.due_at THEN 1
                ELSE p.next_mark_at > max(p.due_at, c.stamp) + \(MarkPlan.furthestReminder.milliseconds) END
                OR p.marks IS NOT NULL AND NOT json_valid(p.marks)
                OR EXISTS (SELECT 1 FROM \(marks) m
                    WHERE m.value ->> 1 NOT IN (\(Self.kindsOfMarks)) OR m.value ->> 0 < p.made_at
                        OR m.value ->> 1 = 'due_soon' AND (m.value ->> 0 = p.made_at OR m.value ->> 0 >= p.due_at))
            LIMIT 1
            """, "has another instant at which something is to be said of it than its marks say.")
    }

    private static let kindsOfMarks = PromiseMark.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")

    private mutating func check(_ sql: String, _ what: String) throws {
        if let id = try firstID(sql) { add("marks", "Promise \(id) \(what)") }
    }
}
