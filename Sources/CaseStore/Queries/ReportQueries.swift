public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts the promises from the desk to the customer that were due in the range, as the record had them at
    /// `asOf`. The rows are read one by one; nothing but the counts is held.
    public func promiseReport(_ request: PromiseReportRequest) throws -> PromiseReport {
        var builder = PromiseReportBuilder(request, asOf: asOf)
        let key = ReportKeySQL(groupBy: request.groupBy)
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.made_at, p.due_at, p.original_due_at, p.told_recorded_at, p.recorded_at, p.kept_at,
                    p.superseded_at, p.withdrawn_at, p.release, p.superseded_by, \(key.column)
                FROM promise p \(key.join)
                WHERE p.due_at >= :from AND p.due_at < :to AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer)
                """)
        try statement.rows([
            "from": request.from.milliseconds, "to": request.to.milliseconds, "now": asOf.milliseconds,
        ]) { row in
            builder.add(try fact(row, key))
            return true
        }
        return builder.report()
    }

    private func fact(_ row: Columns, _ key: ReportKeySQL) throws -> PromiseFact {
        let recordedAt = row.optionalInstant(4).flatMap { $0 <= asOf ? $0 : nil }
        var outcome: Settlement.Outcome?
        if recordedAt != nil {
            if let at = row.optionalInstant(5) {
                outcome = .kept(at: at)
            } else if let at = row.optionalInstant(6) {
                outcome = .superseded(at: at, by: row.integer(9))
            } else if let at = row.optionalInstant(7) {
                outcome = .withdrawn(at: at, release: try PromiseColumns.release(row.text(8)))
            } else {
                outcome = .void(at: recordedAt ?? asOf)
            }
        }
        return PromiseFact(
            key: key.isName ? try names.spelling(row.optionalInteger(10), db) : row.optionalText(10),
            madeAt: row.instant(0),
            dueAt: row.instant(1), originalDueAt: row.instant(2),
            isTold: row.optionalInstant(3).map { $0 <= asOf } ?? false, outcome: outcome, recordedAt: recordedAt)
    }
}

/// Where a report's grouping is found.
private struct ReportKeySQL {
    let column: String
    var join = ""
    /// Whether the column holds the id of a name.
    var isName = false

    private static let joinCase = "CROSS JOIN complaint_case c ON c.id = p.case_id"

    /// Whose promise it was at its due instant, or at `:now` if that comes first.
    private static let ownerAtDue = """
        (CASE WHEN EXISTS (SELECT 1 FROM owner_change o WHERE o.promise_id = p.id
                AND o.recorded_at > min(p.due_at, :now))
            THEN (SELECT o.from_owner_id FROM owner_change o WHERE o.promise_id = p.id
                AND o.recorded_at > min(p.due_at, :now) ORDER BY o.id LIMIT 1)
            ELSE p.owner_id END)
        """

    init(groupBy: ReportGrouping) {
        switch groupBy {
        case .owner: (column, isName) = (Self.ownerAtDue, true)
        case .madeBy: (column, isName) = ("p.made_by_id", true)
        case .team: (column, join, isName) = ("c.team_id", Self.joinCase, true)
        case .category: (column, join, isName) = ("c.category_id", Self.joinCase, true)
        case .kind: column = "p.kind"
        case .channel: (column, join) = ("c.channel", Self.joinCase)
        case .severity: (column, join) = ("c.severity", Self.joinCase)
        case .day, .week, .month: column = "NULL"
        }
    }
}
