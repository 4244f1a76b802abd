public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts the concessions that were written down in the range, in the state they had at `asOf` (T15). The rows are
    /// read one by one; nothing but the counts is held.
    public func concessionReport(_ request: ConcessionReportRequest) throws -> ConcessionReport {
        var builder = ConcessionReportBuilder(request, asOf: asOf)
        try entries(.concession, request) { entry in
            guard let money = FactCoding.money("amount", in: entry.facts) else {
                throw StoreError.unreadable("entry \(entry.seq) of case \(entry.caseID) has no amount")
            }
            builder.add(
                ConcessionFact(
                    recordedAt: entry.recordedAt, money: money, state: try state(ofConcession: entry),
                    isUnderThreat: FactCoding.flag("under_threat", in: entry.facts),
                    isAboveLimit: FactCoding.flag("above_limit", in: entry.facts), caseValue: entry.caseValue))
        }
        return builder.report()
    }

    private static let concessionMatter = SQL(
        """
        SELECT outcome FROM matter WHERE case_id = ? AND kind = 'concession' AND seq = ? AND settled_at <= ?
        """)

    private func state(ofConcession entry: CountedEntry) throws -> ConcessionState {
        let outcome: Matter.Outcome? = try statements.first(
            Self.concessionMatter, db,
            bind: {
                $0.add(entry.caseID)
                $0.add(entry.seq)
                $0.add(asOf)
            }
        ) { try $0.word(0) }
        return ConcessionState(outcome)
    }
}
