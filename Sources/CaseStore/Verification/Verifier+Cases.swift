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
                    WHERE l.case_id = c.id AND l.kind NOT IN \(LogKind.machineWords))
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
        let changes = "l.case_id = c.id AND l.kind IN (\(Self.words(Self.ofStatus)))"
        let id = try firstID(
            """
            SELECT c.id FROM complaint_case c
            WHERE c.status <> coalesce((SELECT s.status FROM status_change s WHERE s.case_id = c.id
                    ORDER BY s.id DESC LIMIT 1), 'open')
                OR (SELECT count(*) FROM status_change s WHERE s.case_id = c.id)
                    <> (SELECT count(*) FROM case_log l WHERE \(changes))
                OR EXISTS (SELECT 1 FROM case_log l WHERE \(changes) AND NOT EXISTS (
                    SELECT 1 FROM status_change s WHERE s.case_id = c.id AND s.recorded_at = l.recorded_at
                        AND s.corrects = (l.kind = 'resolution_corrected')
                        AND (s.corrects = 1 OR s.status = CASE l.kind WHEN 'case_resolved' THEN 'resolved'
                            WHEN 'case_closed' THEN 'closed' ELSE 'open' END)))
                OR (\(Self.standing("c"))) IS NOT (SELECT \(Self.standing("s")) FROM status_change s WHERE s.case_id = c.id
                    ORDER BY s.id DESC LIMIT 1)
                OR (c.status <> 'open' AND c.resolved_at IS NOT (
                    SELECT coalesce(s.resolved_at, s.recorded_at) FROM status_change s
                    WHERE s.case_id = c.id AND s.status = 'resolved' AND s.corrects = 0 ORDER BY s.id DESC LIMIT 1))
                OR (c.status = 'closed' AND c.closed_at <> (SELECT max(s.recorded_at) FROM status_change s
                    WHERE s.case_id = c.id AND s.status = 'closed' AND s.corrects = 0))
            LIMIT 1
            """)
        if let id { add("statuses", "Case \(id) was opened, resolved or closed otherwise than its row says.") }
    }

    /// What stands with a status, as columns of a case and of a change of its status.
    private static func standing(_ table: String) -> String {
        "\(table).customer_accepted, \(table).duplicate_of, \(EndingColumns.list(of: table))"
    }

    /// What stands with each status is what the entry says of the resolution that it stands on, or the last one that puts that
    /// right: the first change of a case's status is by the first entry that tells of one, and so on.
    mutating func checkEndings() throws {
        // What the resolution said, and what was said last of how the case ended.
        var told: (caseID: Int64, resolution: String, ending: String)?
        var wrong: Int64?
        try rows(Self.endings) { row in
            let (caseID, status) = (row.integer(0), try row.word(1) as CaseStatus)
            let (isCorrection, resolvedAt) = (row.flag(3), row.optionalInstant(4))
            if status == .open || told?.caseID != caseID { told = (caseID, "[]", "[]") }
            if isCorrection {
                told?.ending = row.text(2)
            } else if status == .resolved {
                told = (caseID, row.text(2), row.text(2))
            }
            let change = StatusChange(
                recordedAt: .earliest, status: status, customerAccepted: row.optionalInteger(5).map { $0 != 0 },
                duplicateOf: row.optionalInteger(6), ending: try EndingColumns.ending(row, at: 7))
            let isAsLogged =
                says(told?.resolution, change.facts, orNone: ["customer_accepted", "duplicate_of"])
                && says(told?.ending, change.ending.facts, orNone: EndingColumns.names)
                && (status == .resolved && !isCorrection
                    ? says(told?.resolution, .resolved(at: resolvedAt), orNone: ["resolved_at"]) : resolvedAt == nil)
            if !isAsLogged { wrong = caseID }
            return wrong == nil
        }
        if let wrong { add("statuses", "Case \(wrong) ended otherwise than its log says.") }
    }

    /// The entries that have a row of the history of statuses.
    private static let ofStatus: [LogKind] = [.caseResolved, .caseClosed, .caseReopened, .resolutionCorrected]

    private static let endings = """
        SELECT s.case_id, s.status, l.facts, s.corrects, s.resolved_at, \(standing("s")) FROM (
            SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY id) AS place FROM status_change) s
        JOIN (
            SELECT case_id, facts, row_number() OVER (PARTITION BY case_id ORDER BY seq) AS place FROM case_log
            WHERE kind IN (\(words(ofStatus)))) l
            ON l.case_id = s.case_id AND l.place = s.place
        ORDER BY s.case_id, s.place
        """

    /// No open case is silent. An import makes none either: a case whose promises are all settled comes in resolved.
    /// The unsettled promises are gone through once for all: asked case by case, SQLite goes through them for each.
    mutating func checkTimeline() throws {
        let id = try firstID(
            """
            SELECT c.id FROM complaint_case c
            WHERE c.status = 'open' AND c.id NOT IN (
                SELECT p.case_id FROM promise p WHERE p.recorded_at IS NULL AND \(PromiseStateSQL.toCustomer))
            LIMIT 1
            """)
        if let id { add("timeline", "Case \(id) is open without a promise to its customer.") }
    }
}
