import Complaints
import GRDB

extension Verifier {
    /// A case's log has no gap, and as many entries that tell of changes as its version says.
    mutating func checkCaseVersions() throws {
        try addFirst(
            "case_versions",
            """
            SELECT c.id, c.version, (SELECT count(*) FROM case_log l WHERE l.case_id = c.id)
            FROM complaint_case c
            WHERE c.version <> (SELECT count(*) FROM case_log l
                    WHERE l.case_id = c.id AND l.kind <> 'promise_overdue')
                OR (SELECT count(*) FROM case_log l WHERE l.case_id = c.id)
                    IS NOT (SELECT max(seq) FROM case_log l WHERE l.case_id = c.id)
            LIMIT 1
            """
        ) { row in
            "Case \(row.integer(0)) is at version \(row.integer(1)), its log has \(row.integer(2)) entries."
        }
    }

    /// What never changes of a case, beside what the log said when it was opened; and whose it is, beside what it said last.
    mutating func checkOpenings() throws {
        var wrong: Int64?
        try rows(
            """
            SELECT c.id, c.customer_id, c.received_at, c.opened_at, c.imported, l.kind, l.at, l.imported, l.facts,
                coalesce((SELECT m.facts FROM case_log m WHERE m.case_id = c.id AND m.kind = 'case_updated'
                    AND instr(m.facts, '["customer_id",') > 0 ORDER BY m.seq DESC LIMIT 1), l.facts)
            FROM complaint_case c JOIN case_log l ON l.case_id = c.id AND l.seq = 1
            """
        ) { row in
            let facts = row.text(8)
            let isAsLogged =
                row.text(5) == LogKind.caseOpened.rawValue && row.instant(6) == row.instant(3)
                && row.flag(7) == row.flag(4)
                && Self.says(row.text(9), Fact("customer_id", .integer(row.integer(1))))
                && Self.says(facts, Fact("received_at", .instant(row.instant(2))))
            if !isAsLogged { wrong = row.integer(0) }
            return isAsLogged
        }
        if let wrong {
            add("cases", "Case \(wrong) was opened at another time, or for another customer, than its row says.")
        }
    }

    /// What a case's row and its history of statuses say, beside what the log says.
    mutating func checkStatuses() throws {
        let changes = "l.case_id = c.id AND l.kind IN ('case_resolved', 'case_closed', 'case_reopened')"
        let id = try firstID(
            """
            SELECT c.id FROM complaint_case c
            WHERE c.status <> coalesce((SELECT s.status FROM status_change s WHERE s.case_id = c.id
                    ORDER BY s.id DESC LIMIT 1), 'open')
                OR (SELECT count(*) FROM status_change s WHERE s.case_id = c.id)
                    <> (SELECT count(*) FROM case_log l WHERE \(changes))
                OR EXISTS (SELECT 1 FROM case_log l WHERE \(changes) AND NOT EXISTS (
                    SELECT 1 FROM status_change s WHERE s.case_id = c.id AND s.recorded_at = l.recorded_at
                        AND s.status = CASE l.kind WHEN 'case_resolved' THEN 'resolved'
                            WHEN 'case_closed' THEN 'closed' ELSE 'open' END))
                OR c.customer_accepted IS NOT (SELECT s.customer_accepted FROM status_change s WHERE s.case_id = c.id
                    ORDER BY s.id DESC LIMIT 1)
                OR EXISTS (SELECT 1 FROM status_change s WHERE s.case_id = c.id AND s.customer_accepted IS NOT (
                    SELECT CASE WHEN s.status = 'open' THEN NULL
                        WHEN instr(l.facts, '["customer_accepted",true]') THEN 1
                        WHEN instr(l.facts, '["customer_accepted",false]') THEN 0 END
                    FROM case_log l WHERE l.case_id = c.id AND l.kind = 'case_resolved'
                        AND l.recorded_at <= s.recorded_at
                    ORDER BY l.seq DESC LIMIT 1))
                OR c.duplicate_of IS NOT (SELECT s.duplicate_of FROM status_change s WHERE s.case_id = c.id
                    ORDER BY s.id DESC LIMIT 1)
                OR EXISTS (SELECT 1 FROM status_change s WHERE s.case_id = c.id AND s.duplicate_of IS NOT (
                    SELECT CASE WHEN s.status = 'open' THEN NULL ELSE (
                        SELECT f.value ->> 1 FROM json_each(l.facts) f WHERE f.value ->> 0 = 'duplicate_of') END
                    FROM case_log l WHERE l.case_id = c.id AND l.kind = 'case_resolved'
                        AND l.recorded_at <= s.recorded_at
                    ORDER BY l.seq DESC LIMIT 1))
                OR (c.status <> 'open' AND c.resolved_at <> (SELECT max(s.recorded_at) FROM status_change s
                    WHERE s.case_id = c.id AND s.status = 'resolved'))
                OR (c.status = 'closed' AND c.closed_at <> (SELECT max(s.recorded_at) FROM status_change s
                    WHERE s.case_id = c.id AND s.status = 'closed'))
            LIMIT 1
            """)
        if let id { add("statuses", "Case \(id) was opened, resolved or closed otherwise than its row says.") }
    }

    /// No open case is silent. An import makes none either: a case whose promises are all settled comes in resolved.
    mutating func checkTimeline() throws {
        let id = try firstID(
            """
            SELECT c.id FROM complaint_case c
            WHERE c.status = 'open' AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.case_id = c.id
                AND p.recorded_at IS NULL AND \(PromiseStateSQL.toCustomer))
            LIMIT 1
            """)
        if let id { add("timeline", "Case \(id) is open without a promise to its customer.") }
    }
}
