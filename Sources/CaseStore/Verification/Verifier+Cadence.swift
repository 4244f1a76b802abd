import Complaints
import GRDB

extension Verifier {
    /// When customers last heard something is what the log says of it; and what the clock said of those who had heard nothing was so,
    /// and was said once.
    mutating func checkHearing() throws {
        try addFirst(
            "cadence",
            """
            SELECT c.id FROM complaint_case c
            WHERE c.heard_at IS NOT \(HeardSQL.last(ofCase: "c.id", received: "c.received_at"))
            LIMIT 1
            """
        ) { "The customer of case \($0.integer(0)) last heard something at another instant than its row says." }
        try addFirst(
            "cadence",
            """
            SELECT d.case_id FROM (
                SELECT l.case_id, l.seq, l.at, l.recorded_at, l.imported, \(HeardSQL.fact("since")) AS since
                FROM case_log l WHERE l.kind = '\(LogKind.updateDue.rawValue)') d
            JOIN complaint_case c ON c.id = d.case_id
            WHERE d.imported OR d.since IS NULL OR d.at <= d.since OR d.recorded_at <= d.at
                OR d.since <> coalesce(\(HeardSQL.last(ofCase: "d.case_id", received: "c.received_at", "l.seq < d.seq")),
                    c.received_at)
                OR (SELECT l.kind FROM case_log l WHERE l.case_id = d.case_id AND l.seq < d.seq
                        AND l.kind IN \(Self.kindsOfStatus) ORDER BY l.seq DESC LIMIT 1)
                    IN (\(Self.words([.caseResolved, .caseClosed])))
            LIMIT 1
            """
        ) { "An update is said to have been due in case \($0.integer(0)) when it was not." }
        try addFirst(
            "cadence",
            """
            SELECT l.case_id FROM case_log l JOIN case_log e ON e.case_id = l.case_id AND e.seq < l.seq
                AND e.kind = l.kind AND e.facts = l.facts
            WHERE l.kind = '\(LogKind.updateDue.rawValue)' AND NOT EXISTS (SELECT 1 FROM case_log r
                WHERE r.case_id = l.case_id AND r.seq BETWEEN e.seq AND l.seq
                    AND r.kind = '\(LogKind.caseReopened.rawValue)')
            LIMIT 1
            """
        ) { "An update is said more than once to be due in case \($0.integer(0)), and nothing was heard in between." }
    }

    private static let kindsOfStatus = LogKind.words([.caseResolved, .caseClosed, .caseReopened])

    /// When the clock is to say that an update is due is what follows from each case and its policy, of cases of which that was found
    /// out since policies were changed last.
    mutating func checkUpdates() throws {
        let swept = try transaction.cadenceSweep() ?? .max
        let isAsked = try transaction.policyRules().haveCadence
        var planned: [(id: Int64, at: Instant?)] = []
        try rows(
            """
            SELECT id, update_due_at FROM complaint_case
            WHERE id <= \(swept) AND (update_due_at IS NOT NULL\(isAsked ? " OR status = 'open'" : ""))
            """
        ) { row in
            planned.append((row.integer(0), row.optionalInstant(1)))
            return true
        }
        for (id, at) in planned {
            guard let record = try transaction.caseRecord(id), try transaction.plannedUpdate(of: record) != at else {
                continue
            }
            add("cadence", "Case \(id) has another instant at which an update is due than its policy says.")
            return
        }
    }
}
