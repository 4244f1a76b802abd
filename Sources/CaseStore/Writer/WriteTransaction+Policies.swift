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
    public func perform(_ command: PolicyCommand, on subject: Policy, by actor: Actor) throws -> Policy {
        switch command {
        case .edit(_, let incoming): try edit(subject, incoming, by: actor)
        }
    }

    private func edit(_ before: Policy, _ incoming: Incoming<PolicyEdit>, by actor: Actor) throws -> Policy {
        guard let after = try before.edited(incoming, at: now) else { return before }
        try statements.run(Self.updatePolicy, db) { row in
            row.add(after.acknowledgeIn.milliseconds)
            row.add(after.updateIn.milliseconds)
            row.add(after.remedyIn.milliseconds)
            row.add(after.warnAhead.milliseconds)
            row.add(after.maxSpan.milliseconds)
            row.add(after.concessionLimit.amount)
            row.add(after.concessionLimit.currency.code)
            row.add(Int64(after.loadCap))
            row.add(after.escalateMood?.rawValue)
            row.add(Int64(after.escalateAfter))
            row.add(Int64(after.escalateAfterSlips))
            row.add(after.supervisor)
            row.add(after.followUpIn?.milliseconds)
            row.add(after.updatedAt)
            row.add(after.version)
            row.add(after.severity.rawValue)
        }
        try keepHistory(of: after, from: before)
        record.policiesRead = [:]
        try log(.policyUpdated(from: before, to: after), about: .policy(after.severity), by: actor)
        return after
    }

    private static let updatePolicy = SQL(
        """
        UPDATE policy SET acknowledge_in = ?, update_in = ?, remedy_in = ?, warn_ahead = ?, max_span = ?,
            concession_limit = ?, concession_currency = ?, load_cap = ?, escalate_mood = ?, escalate_after = ?,
            escalate_after_slips = ?, supervisor = ?, follow_up_in = ?, updated_at = ?, version = ?
        WHERE severity = ?
        """)
}
