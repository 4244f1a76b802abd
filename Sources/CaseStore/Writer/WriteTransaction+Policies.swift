public import Complaints
import GRDB

extension WriteTransaction {
    /// Edits the policy of a severity. Promises already made stay as they are.
    ///
    /// - Throws: what `change` throws.
    public func changePolicy(_ severity: Severity, _ change: (Policy) throws -> Policy?) throws -> Policy {
        let before = try record.policy(severity)
        guard let after = try change(before) else { return before }
        let statement = try db.cachedStatement(
            sql: """
                UPDATE policy SET acknowledge_in = ?, warn_ahead = ?, max_span = ?, concession_limit = ?,
                    concession_currency = ?, load_cap = ?, escalate_mood = ?, escalate_after = ?, supervisor = ?,
                    follow_up_in = ?, updated_at = ?, version = ?
                WHERE severity = ?
                """)
        try statement.execute(arguments: [
            after.acknowledgeIn.milliseconds, after.warnAhead.milliseconds, after.maxSpan.milliseconds,
            after.concessionLimit.amount, after.concessionLimit.currency.code, after.loadCap,
            after.escalateMood?.rawValue, after.escalateAfter, after.supervisor, after.followUpIn?.milliseconds,
            after.updatedAt.milliseconds, after.version,
            severity.rawValue,
        ])
        record.policiesRead = [:]
        return after
    }
}
