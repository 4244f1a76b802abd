public import Complaints
import GRDB

extension WriteTransaction {
    /// The policy that a command is about; nil when there is none of that name.
    public func subject(of command: PolicyCommand) throws -> Policy? {
        try record.policy(named: command.name)
    }

    /// Performs a command on the policy that it is about, as this transaction has read it; nil where it makes a new one.
    ///
    /// - Throws: `Refusal`.
    public func perform(_ command: PolicyCommand, on subject: Policy?, by actor: Actor) throws -> Policy {
        switch (command, subject) {
        case (.edit(_, let incoming), let subject?), (.put(_, let incoming), let subject?):
            try edit(subject, incoming, by: actor)
        case (.put(let name, let incoming), nil): try make(name, incoming, by: actor)
        case (.edit(let name, _), nil): preconditionFailure("there is no policy \(name) to edit")
        }
    }

    private func edit(_ before: Policy, _ incoming: Incoming<PolicyChange>, by actor: Actor) throws -> Policy {
        let rules = try record.policyRules()
        guard let changed = try rules.editing(before, regimeNamed(in: incoming), at: now) else { return before }
        try update(changed.policy, from: before, by: actor)
        try makeRoom(changed, among: rules, by: actor)
        if changed.policy.updateEvery != before.updateEvery || changed.policy.rule != before.rule
            || !changed.moved.isEmpty
        {
            try replanUpdates(after: rules)
        }
        return changed.policy
    }

    private func make(_ name: String, _ incoming: Incoming<PolicyChange>, by actor: Actor) throws -> Policy {
        let rules = try record.policyRules()
        let changed = try rules.making(name, id: nextID(Self.nextPolicy), regimeNamed(in: incoming), at: now)
        let policy = changed.policy
        try statements.run(Self.insertPolicy, db) { row in
            row.add(policy.id)
            row.add(policy.name)
            row.add(policy.name.folded)
            row.add(now)
            PolicyColumns.add(policy, to: &row)
        }
        inserted(policy.id, Self.nextPolicy)
        record.policiesRead = nil
        try log(.policyAdded(policy), about: .policy(policy.id), by: actor)
        try makeRoom(changed, among: rules, by: actor)
        try replanUpdates(after: rules)
        return policy
    }

    /// Which policy a case has may be another one from now on, and how often its customer is to hear something.
    private func replanUpdates(after rules: PolicyRules) throws {
        if try rules.haveCadence || record.policyRules().haveCadence { try replanUpdates() }
    }

    /// Puts the rules behind another place that one of them has taken.
    private func makeRoom(_ changed: ChangedPolicy, among rules: PolicyRules, by actor: Actor) throws {
        for moved in changed.moved {
            guard let before = rules.all.first(where: { $0.id == moved.id }) else { continue }
            try update(moved, from: before, by: actor)
        }
    }

    private func update(_ after: Policy, from before: Policy, by actor: Actor) throws {
        try statements.run(Self.updatePolicy, db) { row in
            PolicyColumns.add(after, to: &row)
            row.add(after.id)
        }
        try keepHistory(of: after, from: before)
        record.policiesRead = nil
        try log(.policyUpdated(from: before, to: after), about: .policy(after.id), by: actor)
    }

    private static let updatePolicy = SQL(
        """
        UPDATE policy SET \(PolicyColumns.edited.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?
        """)

    private static let insertPolicy = SQL(
        """
        INSERT INTO policy (id, name, folded, recorded_at, \(PolicyColumns.edited.joined(separator: ", ")))
        VALUES (?, ?, ?, ?, \(PolicyColumns.edited.map { _ in "?" }.joined(separator: ", ")))
        """)
}
