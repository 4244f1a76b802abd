public import Complaints
import GRDB

extension WriteTransaction {
    /// Names somebody of the desk.
    ///
    /// - Throws: `Refusal`, `.rule` with `duplicate_owner` when somebody is named so already.
    public func createOwner(_ incoming: Incoming<OwnerRequest>, by actor: Actor) throws -> OwnerRecord {
        let request = try incoming.taken()
        if let owner = try owners.owner(FoldedName(request.name), record) {
            throw Refusal.rule(
                RuleViolation(
                    .duplicateOwner, "\(owner.name) is named already: PATCH /v1/owners/\(owner.name) edits them."))
        }
        return try record(of: name(request.name, request.fields, by: actor))
    }

    /// Whom a command is about; nil when nobody is known by that name.
    public func subject(of command: OwnerCommand) throws -> OwnerRecord? {
        try record.ownerRecord(command.name)
    }

    /// Performs a command on whom it is about, as this transaction has read them.
    ///
    /// - Throws: `Refusal`.
    public func perform(_ command: OwnerCommand, on subject: OwnerRecord, by actor: Actor) throws -> OwnerRecord {
        switch command {
        case .edit(_, let incoming): try edit(subject, incoming, by: actor)
        }
    }

    private func edit(
        _ subject: OwnerRecord, _ incoming: Incoming<OwnerEdit>, by actor: Actor
    ) throws -> OwnerRecord {
        guard let before = subject.owner else {
            let edit = try incoming.taken()
            return try record(of: name(subject.name, edit.applied(to: OwnerFields()), by: actor))
        }
        guard let after = try before.edited(incoming, at: now) else { return subject }
        try statements.run(Self.updateOwner, db) { row in
            row.add(after.fields.email)
            row.add(after.fields.team)
            row.add(after.fields.timeZone)
            row.add(after.fields.active)
            row.add(after.updatedAt)
            row.add(after.version)
            row.add(after.id)
        }
        owners.forget(FoldedName(after.name))
        ownerCounts.forget()
        try keepHistory(of: after, from: before)
        try log(.ownerUpdated(from: before, to: after), about: .owner(after.id), by: actor)
        return try record(of: after)
    }

    private static let updateOwner = SQL(
        """
        UPDATE owner SET email = ?, team = ?, time_zone = ?, active = ?, updated_at = ?, version = ? WHERE id = ?
        """)

    private func record(of owner: Owner) throws -> OwnerRecord {
        guard let record = try record.ownerRecord(owner.name) else {
            throw StoreError.unreadable("owner \(owner.id) is not there")
        }
        return record
    }

    /// The owner of that name, who is named by it if nobody was.
    func namedOwner(_ name: String, by actor: Actor) throws -> Owner {
        try owners.owner(FoldedName(name), record) ?? self.name(name, OwnerFields(), by: actor)
    }

    private static let insertOwner = SQL(
        """
        INSERT INTO owner (id, name, folded, email, team, time_zone, active, recorded_at, updated_at, version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    private func name(_ name: String, _ fields: OwnerFields, by actor: Actor) throws -> Owner {
        let owner = Owner(
            id: try nextID(Self.nextOwner), name: name, fields: fields, recordedAt: now, updatedAt: now)
        let folded = FoldedName(name)
        try statements.run(Self.insertOwner, db) { row in
            row.add(owner.id)
            row.add(owner.name)
            row.add(folded.text.string)
            row.add(fields.email)
            row.add(fields.team)
            row.add(fields.timeZone)
            row.add(fields.active)
            row.add(owner.recordedAt)
            row.add(owner.updatedAt)
            row.add(owner.version)
        }
        inserted(owner.id, Self.nextOwner)
        owners.forget(folded)
        ownerCounts.forget()
        try log(.ownerNamed(owner), about: .owner(owner.id), by: actor)
        return owner
    }
}
