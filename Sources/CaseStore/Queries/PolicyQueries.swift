public import Complaints
import GRDB

extension ReadTransaction {
    private static let columns = "severity, acknowledge_in, warn_ahead, max_span, updated_at, version"

    /// Every severity's policy, the mildest first, as of today.
    public func policies() throws -> [Policy] {
        try Severity.allCases.map(policy)
    }

    /// The policy for that severity, as of today.
    public func policy(_ severity: Severity) throws -> Policy {
        let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM policy WHERE severity = ?")
        guard let row = try Row.fetchOne(statement, arguments: [severity.rawValue]) else {
            throw StoreError.failed("there is no policy for \(severity.rawValue)")
        }
        return Policy(
            severity: try row.word(0), acknowledgeIn: ElapsedTime(milliseconds: row[1]),
            warnAhead: ElapsedTime(milliseconds: row[2]), maxSpan: ElapsedTime(milliseconds: row[3]),
            updatedAt: row.instant(4), version: row[5])
    }
}
