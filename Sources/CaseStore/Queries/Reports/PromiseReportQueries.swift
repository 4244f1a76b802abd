public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts the promises from the desk to the customer that were due in the range, and the chains that were due first in
    /// it, as the record had them at `asOf`. The rows are read one by one; nothing but the counts is held.
    public func promiseReport(_ request: PromiseReportRequest) throws -> PromiseReport {
        var builder = PromiseReportBuilder(request, asOf: asOf)
        try promiseFacts(from: request.firstDue, to: request.endOfDues, groupBy: request.groupBy) { fact, _ in
            builder.add(fact)
        }
        // What was due first in the range, and is due at another time since.
        try promiseFacts(
            from: request.firstDue, to: request.endOfDues, groupBy: request.groupBy,
            of: "promise p INDEXED BY promise_by_original_due_at",
            where: """
                p.original_due_at <> p.due_at AND p.original_due_at >= :from AND p.original_due_at < :to
                AND NOT (p.due_at >= :from AND p.due_at < :to)
                """
        ) { fact, _ in builder.add(fact) }
        return builder.report()
    }

    /// Goes through the promises from the desk to the customer that were due in a range, with the ids of their cases; but for those
    /// that go on with a miss which is counted.
    func promiseFacts(
        from: Instant, to: Instant, groupBy: PromiseGrouping, of table: String = "promise p",
        where isMeant: String = "p.due_at >= :from AND p.due_at < :to",
        _ body: (PromiseFact, Int64) throws -> Void
    ) throws {
        let key = try PromiseKeySQL(groupBy: groupBy, in: self)
        let sql = """
            SELECT \(PromiseFactColumns.list), \(key.column), p.case_id, \(Self.reassignedAt)
            FROM \(table) \(key.join)
            WHERE \(isMeant) AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer)
                AND NOT \(PromiseStateSQL.goesOnWithMiss(isCounted: true))
            """
        let place = PromiseFactColumns.count
        try statements.rows(sql, ["from": .instant(from), "to": .instant(to), "now": .instant(asOf)], db) { row in
            let value =
                key.isName ? try names.spelling(row.optionalInteger(place), db) : row.optionalText(place)
            let fact = try PromiseFactColumns.fact(
                row, key: value, reassignedAt: row.optionalInstant(place + 2), asOf: asOf)
            try body(fact, row.integer(place + 1))
            return true
        }
    }

    /// When somebody was last given it, or took it, up to its due instant.
    private static let reassignedAt = """
        (SELECT max(r.recorded_at) FROM owner_change r
            WHERE r.promise_id = p.id AND r.recorded_at <= min(p.due_at, :now) AND NOT r.declined)
        """
}

/// The columns of a promise that a report looks at, and how a row of them becomes a `PromiseFact`.
enum PromiseFactColumns {
    /// Of `promise p`.
    static let list = """
        \(countedFrom), p.due_at, p.original_due_at, p.told_recorded_at, p.recorded_at, p.kept_at, p.superseded_at,
        p.withdrawn_at, p.release, p.superseded_by, p.upheld_at, p.evidence IS NOT NULL,
        \(firstMadeAt), \(chainMadeAt), p.transferred_at, p.transferred_to
        """

    /// `Promise.countedFrom(receivedAt:openedAt:)`; a look at the case for those of the policy alone.
    private static let countedFrom = """
        coalesce(p.counted_from, CASE WHEN p.made_by_id = (SELECT id FROM name WHERE role = 'actor' AND spelling = 'policy') THEN (
            SELECT w.received_at FROM complaint_case w WHERE w.id = p.case_id AND w.opened_at = p.made_at)
        END, p.made_at)
        """
    static let count = 16

    /// `Promise.firstMadeAt`.
    static let firstMadeAt = "coalesce(p.first_made_at, p.made_at)"

    /// When the chain began, where that is of account: of one that was kept within a minute of its own making.
    private static let chainMadeAt = """
        CASE WHEN p.supersedes IS NULL AND p.transferred_from IS NULL OR p.kept_at IS NULL
            OR p.kept_at - \(firstMadeAt) > \(Settlement.Outcome.instantSpan.milliseconds) THEN \(firstMadeAt)
        ELSE (WITH RECURSIVE chain (made_at, before) AS (
                SELECT p.made_at, coalesce(p.supersedes, p.transferred_from) UNION ALL
                SELECT q.made_at, coalesce(q.supersedes, q.transferred_from) FROM chain h JOIN promise q ON q.id = h.before
                WHERE q.original_due_at = p.original_due_at)
            SELECT min(h.made_at) FROM chain h) END
        """

    static func fact(_ row: Columns, key: String? = nil, reassignedAt: Instant? = nil, asOf: Instant) throws
        -> PromiseFact
    {
        let recordedAt = row.optionalInstant(4).flatMap { $0 <= asOf ? $0 : nil }
        var outcome: Settlement.Outcome?
        if recordedAt != nil {
            if let at = row.optionalInstant(5) {
                outcome = .kept(at: at)
            } else if let at = row.optionalInstant(6) {
                outcome = .superseded(at: at, by: row.integer(9))
            } else if let at = row.optionalInstant(7) {
                outcome = .withdrawn(at: at, release: try PromiseColumns.release(row.text(8)))
            } else if let at = row.optionalInstant(14) {
                outcome = .transferred(at: at, to: row.integer(15))
            } else {
                outcome = .void(at: recordedAt ?? asOf)
            }
        }
        let upheldAt = row.optionalInstant(10).flatMap { $0 <= asOf ? $0 : nil }
        // What takes the place of one that was kept does so by the decision of a dispute.
        let hasSuccessor = row.optionalInstant(5) == nil ? recordedAt != nil : upheldAt != nil
        return PromiseFact(
            key: key, countedFrom: row.instant(0), madeAt: row.instant(12), chainMadeAt: row.instant(13),
            dueAt: row.instant(1), originalDueAt: row.instant(2),
            isTold: row.optionalInstant(3).map { $0 <= asOf } ?? false, hasEvidence: row.flag(11), outcome: outcome,
            recordedAt: recordedAt, upheldAt: upheldAt, successor: hasSuccessor ? row.optionalInteger(9) : nil,
            reassignedAt: reassignedAt)
    }
}

/// Where the grouping of a report on promises is found.
private struct PromiseKeySQL {
    let column: String
    var join = ""
    /// Whether the column holds the id of a name.
    var isName = false

    init(groupBy: PromiseGrouping, in transaction: ReadTransaction) throws {
        switch groupBy {
        case .owner: (column, isName) = (AccountableSQL.atDue(or: ":now"), true)
        case .madeBy: (column, isName) = ("p.made_by_id", true)
        case .kind: column = "p.kind"
        case .team, .category, .channel, .severity, .outcome, .day, .week, .month:
            let field = try CaseFieldSQL(groupBy.caseField, of: "p.case_id", in: transaction)
            (column, join, isName) = (field.column, field.join, field.isName)
        }
    }
}
