public import Complaints
import GRDB

extension ReadTransaction {
    private static let policyBySeverity = SQL(
        """
        SELECT severity, acknowledge_in, warn_ahead, max_span, updated_at, version FROM policy WHERE severity = ?
        """)

    /// Every severity's policy, the mildest first, as of today.
    public func policies() throws -> [Policy] {
        try Severity.allCases.map(policy)
    }

    /// The policy for that severity, as of today.
    public func policy(_ severity: Severity) throws -> Policy {
        let policy = try statements.first(Self.policyBySeverity, db, bind: { $0.add(severity.rawValue) }) { row in
            Policy(
                severity: try row.word(0), acknowledgeIn: ElapsedTime(milliseconds: row.integer(1)),
                warnAhead: ElapsedTime(milliseconds: row.integer(2)),
                maxSpan: ElapsedTime(milliseconds: row.integer(3)),
                updatedAt: row.instant(4), version: row.integer(5))
        }
        guard let policy else { throw StoreError.failed("there is no policy for \(severity.rawValue)") }
        return policy
    }
}
