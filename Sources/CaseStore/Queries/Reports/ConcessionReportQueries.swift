public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts the concessions that were written down in the range, in the state they had at `asOf` (T15). The rows are
    /// read one by one; nothing but the counts is held.
    public func concessionReport(_ request: ConcessionReportRequest) throws -> ConcessionReport {
        var builder = EntryReportBuilder<ConcessionFact>(request, asOf: asOf)
        try entries(.concession, request) { entry in
            guard let money = FactCoding.money("amount", in: entry.facts) else {
                throw StoreError.unreadable("entry \(entry.seq) of case \(entry.caseID) has no amount")
            }
            let decision = try decision(on: entry)
            builder.add(
                ConcessionFact(
                    recordedAt: entry.recordedAt, money: money, state: decision.state,
                    isUnderThreat: FactCoding.shadow(in: entry.facts) != nil,
                    isAboveLimit: FactCoding.flag("above_limit", in: entry.facts),
                    isDecidedByOneself: decision.isByOneself, caseValue: entry.caseValue))
        }
        return builder.report()
    }

    // The last decision on it is the one that counts. Without the index by name all of the kind are gone through.
    private static let concessionMatter = SQL(
        """
        SELECT m.outcome, l.facts FROM matter m INDEXED BY matter_once
        LEFT JOIN case_log l ON l.case_id = m.case_id AND l.seq = m.settled_seq
        WHERE m.case_id = ? AND m.kind = 'concession' AND m.seq = ? AND m.settled_at <= ?
        ORDER BY coalesce(m.again_seq, 0) DESC LIMIT 1
        """)

    /// Where a concession stands, and whether whoever made it has decided that.
    private func decision(on entry: CountedEntry) throws -> (state: ConcessionState, isByOneself: Bool) {
        let decision: (outcome: Matter.Outcome, isByOneself: Bool)? = try statements.first(
            Self.concessionMatter, db,
            bind: {
                $0.add(entry.caseID)
                $0.add(entry.seq)
                $0.add(asOf)
            }
        ) { (try $0.word(0), $0.optionalText(1).map { FactCoding.flag("by_oneself", in: $0) } ?? false) }
        return (ConcessionState(decision?.outcome), decision?.isByOneself ?? false)
    }
}
