public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts what people had to bear in the range, what they have to do at `asOf` and what went well (T20): the
    /// observations of moods in the range, how cases ended in it, who was thanked, the promises from the desk to the
    /// customer that were due in it, and those that are unsettled. The rows are read one by one; the counts, the contacts
    /// of a day and the ids of hard cases are held.
    public func loadReport(_ request: LoadReportRequest) throws -> LoadReport {
        var builder = LoadReportBuilder(request, asOf: asOf)
        try entries(.mood, request) { entry in
            guard let mood = FactCoding.text("mood", in: entry.facts).flatMap(Mood.init(rawValue:)) else {
                throw StoreError.unreadable("entry \(entry.seq) of case \(entry.caseID) has no mood")
            }
            builder.add(
                MoodFact(
                    key: request.groupBy == .owner ? entry.actor : entry.caseValue, by: entry.actor,
                    caseID: entry.caseID, recordedAt: entry.recordedAt, mood: mood))
        }
        try entries(.caseResolved, request) { entry in
            let isAccepted = FactCoding.flag("customer_accepted", in: entry.facts)
            // History does not say.
            guard isAccepted || FactCoding.denial("customer_accepted", in: entry.facts) else { return }
            builder.add(
                .resolved(customerAccepted: isAccepted),
                key: request.groupBy == .owner ? entry.actor : entry.caseValue, recordedAt: entry.recordedAt)
        }
        try entries(.thanks, request) { entry in
            builder.add(
                .thanks, key: request.groupBy == .owner ? entry.word("thanked") : entry.caseValue,
                recordedAt: entry.recordedAt)
        }
        let grouping: PromiseGrouping = request.groupBy == .owner ? .owner : .team
        try promiseFacts(from: request.firstDue, to: request.endOfDues, groupBy: grouping) { builder.add($0, of: $1) }
        try unsettledPromises(request.groupBy) { builder.addUnsettled(key: $0, dueAt: $1) }
        return try builder.report(isDebriefed: isDebriefed)
    }

    /// Goes through the promises from the desk to the customer that were unsettled at `asOf`: their keys and due instants.
    private func unsettledPromises(_ grouping: LoadGrouping, _ body: (String?, Instant) -> Void) throws {
        let field = try CaseFieldSQL(grouping.caseField, of: "p.case_id", in: self)
        let owner = isHistorical ? Self.ownerAsOf : "p.owner_id"
        for walk in PromiseFilter.unsettled.walks(isHistorical: isHistorical) {
            let conditions = walk.conditions.map { " AND \($0)" }.joined()
            let sql = """
                SELECT p.due_at, \(grouping == .owner ? owner : field.column)
                FROM promise p INDEXED BY \(walk.index) \(field.join)
                WHERE \(PromiseStateSQL.toCustomer) AND p.made_at <= :now\(conditions)
                """
            try statements.rows(sql, ["now": .instant(asOf)], db) { row in
                body(try names.spelling(row.optionalInteger(1), db), row.instant(0))
                return true
            }
        }
    }

    /// Whether somebody had talked the case over by `asOf` (T18).
    private func isDebriefed(_ caseID: Int64) throws -> Bool {
        try statements.first(
            Self.debriefOfCase, db,
            bind: {
                $0.add(caseID)
                $0.add(asOf)
            }
        ) { _ in true } ?? false
    }

    // The plus keeps SQLite from going through the debriefs of all cases.
    private static let debriefOfCase = SQL(
        "SELECT 1 FROM case_log l WHERE l.case_id = ? AND +l.kind = 'debrief' AND l.recorded_at <= ? LIMIT 1")
}

extension PromiseFilter {
    /// What the desk owes its customers, in good time or not.
    fileprivate static var unsettled: PromiseFilter {
        var filter = PromiseFilter()
        filter.states = [.open, .overdue]
        return filter
    }
}
