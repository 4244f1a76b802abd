public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts the lessons that were written down in the range, as the record had them at `asOf` (T19), with what was
    /// broken in their cases and what became of the reviews. The rows are read one by one; the counts and the ids of cases
    /// are held.
    public func causeReport(_ request: CauseReportRequest) throws -> CauseReport {
        var builder = EntryReportBuilder<LessonFact>(request, asOf: asOf)
        var broken: [Int64: Int] = [:]
        var redress: [Int64: Money?] = [:]
        try entries(.lesson, request) { entry in
            let count = try broken[entry.caseID] ?? brokenPromises(ofCase: entry.caseID)
            broken[entry.caseID] = count
            let money = try redress[entry.caseID] ?? self.redress(ofCase: entry.caseID)
            redress.updateValue(money, forKey: entry.caseID)
            builder.add(
                LessonFact(
                    caseID: entry.caseID, recordedAt: entry.recordedAt,
                    cause: entry.word("cause"),
                    process: entry.word("process"), caseValue: entry.caseValue,
                    review: try entry.promiseID.flatMap(reviewState), brokenPromises: count,
                    redress: money))
        }
        return builder.report()
    }

    private static let promisesOfCase = SQL(
        """
        SELECT \(PromiseFactColumns.list) FROM promise p
        WHERE p.case_id = ? AND p.made_at <= ? AND \(PromiseStateSQL.toCustomer)
            AND NOT \(PromiseStateSQL.goesOnWithMiss(isCounted: true))
        """)

    /// How many promises to the customer of a case were late or broken at some time up to `asOf`.
    private func brokenPromises(ofCase id: Int64) throws -> Int {
        var count = 0
        try statements.rows(
            Self.promisesOfCase, db,
            bind: {
                $0.add(id)
                $0.add(asOf)
            }
        ) { row in
            if try PromiseFactColumns.fact(row, asOf: asOf).wasEverBroken(at: asOf) { count += 1 }
        }
        return count
    }

    private static let lastStatus = SQL(
        """
        SELECT \(EndingColumns.list(of: "s")) FROM status_change s INDEXED BY status_change_by_case
        WHERE s.case_id = ? AND s.recorded_at <= ? ORDER BY s.id DESC LIMIT 1
        """)

    /// What the customer of a case gets by the resolution that it stood on at `asOf`.
    private func redress(ofCase id: Int64) throws -> Money? {
        try statements.first(
            Self.lastStatus, db,
            bind: {
                $0.add(id)
                $0.add(asOf)
            }
        ) { try EndingColumns.ending($0, at: 0) }?.redress
    }

    private static let promiseFact = SQL("SELECT \(PromiseFactColumns.list) FROM promise p WHERE p.id = ?")

    /// The state of a promise at `asOf`, or of the last one that took its place, wherever that is.
    private func reviewState(_ promiseID: Int64) throws -> PromiseState? {
        var id: Int64? = promiseID
        var state: PromiseState?
        while let next = id {
            let fact = try statements.first(Self.promiseFact, db, bind: { $0.add(next) }) {
                try PromiseFactColumns.fact($0, asOf: asOf)
            }
            state = fact?.state(at: asOf)
            id = fact?.successor ?? fact?.outcome?.transferredTo
        }
        return state
    }
}
