public import Complaints
import GRDB

extension WriteTransaction {
    /// The policy that a command is about.
    public func subject(of command: PolicyCommand) throws -> Policy {
        try record.policy(command.severity)
    }

    /// Performs a command on the policy that it is about, as this transaction has read it.
    ///
    /// - Throws: `Refusal`.
    public func perform(_ command: PolicyCommand, on subject: Policy) throws -> Policy {
        switch command {
        case .edit(_, let incoming): try edit(subject, incoming)
        }
    }

    private func edit(_ before: Policy, _ incoming: Incoming<PolicyEdit>) throws -> Policy {
        guard let after = try before.edited(incoming, at: now) else { return before }
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
            after.severity.rawValue,
        ])
        record.policiesRead = [:]
        return after
    }
}
