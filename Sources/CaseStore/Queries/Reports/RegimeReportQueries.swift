public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts the cases under the request's regime whose complaints were received, or that were settled, in the range, as the
    /// record had them at `asOf`, with the clocks that ran in them. The rows are read one by one; the counts, and the lengths of time that are ranked,
    /// are held.
    ///
    /// - Precondition: the request names a regime. Under one that there is not there is no case.
    public func regimeReport(_ request: RegimeReportRequest) throws -> RegimeReport {
        guard let asked = request.regime else { preconditionFailure("the report is of a regime") }
        let record = try regime(FoldedName(asked))
        let name = record?.name ?? asked
        var request = request
        request.regime = name
        var builder = RegimeReportBuilder(request, of: record?.regime, asOf: asOf)
        var timetables = TimetablesThen(record)
        try cases(under: name, request) { fact in
            try builder.add(fact) { stage, then in try timetables.timetable(stage.version, calendarAsOf: then, self) }
        }
        return builder.report()
    }

    /// Goes through the cases that were under a regime at `asOf`.
    private func cases(
        under name: String, _ request: RegimeReportRequest, _ body: (RegimeCaseFact) throws -> Void
    ) throws {
        let field = try CaseFieldSQL(request.groupBy.caseField, of: "c.id", in: self)
        // Nobody is answered before they have complained.
        let isInRange =
            switch request.by {
            case .received: "c.received_at >= :from AND c.received_at < :to"
            case .settled: "c.received_at < :to AND \(Self.isResolvedInRange)"
            }
        let (table, isUnder): (String, String)
        if try hasChanged("regime", of: .case) {
            let today = """
                SELECT k.id FROM complaint_case k INDEXED BY complaint_case_under_regime
                WHERE k.regime = :regime AND \(isInRange.replacing("c.", with: "k."))
                """
            let ids = try idsThen("regime", is: ":regime", of: .case, today: today)
            (table, isUnder) = ("complaint_case c", "c.id IN (\(ids)) AND \(try caseField("regime")) = :regime")
        } else {
            (table, isUnder) = ("complaint_case c INDEXED BY complaint_case_under_regime", "c.regime = :regime")
        }
        let ending = EndingColumns.names.map(ofStatus).joined(separator: ", ")
        let sql = """
            SELECT c.id, c.received_at, c.opened_at, \(statusOfCase) = 'open', \(try caseField("hard_deadline")), c.stages,
                \(ofStatus("duplicate_of")) IS NOT NULL, \(field.column), c.imported, \(ending)
            FROM \(table)
            WHERE \(isUnder) AND \(isInRange) AND c.opened_at <= :now
            """
        let values: [String: SQLValue] = [
            "regime": .text(name), "from": .instant(request.from), "to": .instant(request.to), "now": .instant(asOf),
        ]
        try statements.rows(sql, values, db) { row in
            let id = row.integer(0)
            let stages = row.integer(5) > 0 ? try self.stages(ofCase: id) : []
            let changes = try statusChanges(ofCase: id)
            try body(
                RegimeCaseFact(
                    receivedAt: row.instant(1), openedAt: row.instant(2), imported: row.flag(8), isOpen: row.flag(3),
                    resolutions: changes.resolved, reopenings: changes.reopened, toldLate: changes.toldLate,
                    ending: try EndingColumns.ending(row, at: 9),
                    isDuplicate: row.flag(6), hardDeadline: row.optionalInstant(4),
                    caseValue: field.isName ? try names.spelling(row.optionalInteger(7), db) : row.optionalText(7),
                    stages: stages, promises: stages.isEmpty ? [] : try promised(inCase: id)))
            return true
        }
    }

    /// At some time: which resolution the case stands on is told by all of them.
    private static let isResolvedInRange = """
        EXISTS (SELECT 1 FROM status_change s INDEXED BY status_change_by_case
            WHERE s.case_id = c.id AND s.status = 'resolved' AND s.corrects = 0 AND s.recorded_at <= :now
                AND coalesce(s.resolved_at, s.recorded_at) >= :from AND coalesce(s.resolved_at, s.recorded_at) < :to)
        """

    private static let changesOfCase = SQL(
        """
        SELECT s.recorded_at, s.resolved_at, s.status = 'open' FROM status_change s INDEXED BY status_change_by_case
        WHERE s.case_id = ? AND s.status IN ('resolved', 'open') AND s.corrects = 0 AND s.recorded_at <= ? ORDER BY s.id
        """)

    /// When the service was told that a case was resolved and opened again.
    private struct StatusChanges {
        var resolved: [Instant] = []
        var reopened: [Instant] = []
        /// When it was resolved, by when the service was told, where that was later.
        var toldLate: [Instant: Instant] = [:]
    }

    private func statusChanges(ofCase id: Int64) throws -> StatusChanges {
        var changes = StatusChanges()
        try rows(Self.changesOfCase, ofCase: id) { row in
            if row.flag(2) { return changes.reopened.append(row.instant(0)) }
            changes.resolved.append(row.instant(0))
            if let at = row.optionalInstant(1) { changes.toldLate[row.instant(0)] = at }
        }
        return changes
    }

    private static let stagesThen = SQL(
        """
        SELECT g.number, g.name, g.regime, g.regime_version, g.requested_at, g.recorded_at, g.hard_deadline, g.reason, g.since,
            NULL
        FROM case_stage g
        WHERE g.case_id = ?1 AND g.recorded_at <= ?2 AND (g.undone_at IS NULL OR g.undone_at > ?2) ORDER BY g.number
        """)

    private func stages(ofCase id: Int64) throws -> [CaseStage] {
        var stages: [CaseStage] = []
        try rows(Self.stagesThen, ofCase: id) { stages.append(CaseStage($0)) }
        return stages
    }

    private static let promisesOfCase = SQL(
        """
        SELECT \(PromiseFactColumns.list), p.id, p.kind, p.supersedes, p.clock, p.stage, p.clock_from
        FROM promise p INDEXED BY promise_by_case
        WHERE p.case_id = ? AND p.made_at <= ? AND \(PromiseStateSQL.toCustomer) ORDER BY p.id
        """)

    private func promised(inCase id: Int64) throws -> [RegimeCaseFact.Promised] {
        let first = PromiseFactColumns.count
        var promises: [RegimeCaseFact.Promised] = []
        try rows(Self.promisesOfCase, ofCase: id) { [asOf] row in
            let clock = row.optionalText(first + 3).map {
                Promise.StageClock(name: $0, stage: Int(row.integer(first + 4)), from: row.instant(first + 5))
            }
            promises.append(
                RegimeCaseFact.Promised(
                    id: row.integer(first), kind: try row.word(first + 1), clock: clock,
                    supersedes: row.optionalInteger(first + 2), fact: try PromiseFactColumns.fact(row, asOf: asOf)))
        }
        return promises
    }

    /// The rows of what belongs to a case, as far as it was on record at `asOf`.
    private func rows(_ sql: SQL, ofCase id: Int64, _ body: (Columns) throws -> Void) throws {
        try statements.rows(
            sql, db,
            bind: { row in
                row.add(id)
                row.add(asOf)
            }, body)
    }
}
