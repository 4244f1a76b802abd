public import Complaints
import GRDB

extension ReadTransaction {
    private static let policyBySeverity = SQL(
        """
        SELECT severity, acknowledge_in, warn_ahead, max_span, updated_at, version, concession_limit,
            concession_currency, load_cap, escalate_mood, escalate_after, supervisor, follow_up_in, update_in, remedy_in,
            escalate_after_slips
        FROM policy WHERE severity = ?
        """)

    /// Every severity's policy, the mildest first.
    public func policies() throws -> [Policy] {
        try Severity.allCases.map(policy)
    }

    /// The policy for that severity.
    public func policy(_ severity: Severity) throws -> Policy {
        if let policy = policiesRead[severity] { return policy }
        let policy = try statements.first(Self.policyBySeverity, db, bind: { $0.add(severity.rawValue) }) { row in
            guard let currency = Currency(row.text(7)) else {
                throw StoreError.unreadable("\(row.text(7)) is no currency")
            }
            return Policy(
                severity: try row.word(0), acknowledgeIn: ElapsedTime(milliseconds: row.integer(1)),
                updateIn: ElapsedTime(milliseconds: row.integer(13)),
                remedyIn: ElapsedTime(milliseconds: row.integer(14)),
                warnAhead: ElapsedTime(milliseconds: row.integer(2)),
                maxSpan: ElapsedTime(milliseconds: row.integer(3)),
                concessionLimit: Money(amount: row.integer(6), currency: currency), loadCap: Int(row.integer(8)),
                escalateMood: try row.optionalWord(9), escalateAfter: Int(row.integer(10)),
                escalateAfterSlips: Int(row.integer(15)),
                supervisor: row.optionalText(11),
                followUpIn: row.optionalInteger(12).map(ElapsedTime.init(milliseconds:)),
                updatedAt: row.instant(4), version: row.integer(5))
        }
        guard let policy = try withFieldsThen(policy.map { [$0] } ?? []).first else {
            throw StoreError.unreadable("there is no policy for \(severity.rawValue)")
        }
        policiesRead[severity] = policy
        return policy
    }
}
