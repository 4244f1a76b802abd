public import Complaints
import GRDB

extension WriteTransaction {
    /// Names somebody of the desk.
    ///
    /// - Throws: `Refusal`, `.rule` with `duplicate_owner` when somebody is named so already.
    public func createOwner(_ incoming: Incoming<OwnerRequest>, by actor: Actor) throws -> OwnerRecord {
        let request = try incoming.taken()
        if let owner = try owners.owner(FoldedName(request.name), record), owner.isNamed {
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
        case .leave(_, let incoming): try leave(subject, incoming, by: actor)
        case .comeBack(_, let incoming): try comeBack(subject, incoming, by: actor)
        }
    }

    private func edit(
        _ subject: OwnerRecord, _ incoming: Incoming<OwnerEdit>, by actor: Actor
    ) throws -> OwnerRecord {
        guard let before = subject.owner, before.isNamed else {
            let edit = try incoming.taken()
            return try record(of: name(subject.name, edit.applied(to: OwnerFields()), by: actor))
        }
        guard let after = try before.edited(incoming, at: now) else { return subject }
        try save(after, from: before, by: actor)
        return try record(of: after)
    }

    /// Writes what has changed of an owner, with its entry.
    func save(_ after: Owner, from before: Owner, by actor: Actor) throws {
        try update(after, from: before)
        try log(.ownerUpdated(from: before, to: after), about: .owner(after.id), by: actor)
    }

    /// The owner, who is named by it where nobody has.
    func named(_ subject: OwnerRecord, by actor: Actor) throws -> Owner {
        if let owner = subject.owner, owner.isNamed { return owner }
        return try name(subject.name, OwnerFields(), by: actor)
    }

    private func update(_ after: Owner, from before: Owner) throws {
        try statements.run(Self.updateOwner, db) { row in
            row.add(after.fields.email)
            row.add(after.fields.team)
            row.add(after.fields.timeZone)
            row.add(after.fields.active)
            row.add(after.away.from?.iso8601)
            row.add(after.away.until?.iso8601)
            row.add(after.away.standIn)
            row.add(after.updatedAt)
            row.add(after.version)
            row.add(after.id)
        }
        owners.forget(FoldedName(after.name))
        ownerCounts.forget()
        try keepHistory(of: after, from: before)
        try planDigest(of: after)
    }

    private static let updateOwner = SQL(
        """
        UPDATE owner SET email = ?, team = ?, time_zone = ?, active = ?, absence_from = ?, absence_until = ?,
            absence_stand_in = ?, updated_at = ?, version = ?
        WHERE id = ?
        """)

    func record(of owner: Owner) throws -> OwnerRecord {
        guard let record = try record.ownerRecord(owner.name) else {
            throw StoreError.unreadable("owner \(owner.id) is not there")
        }
        return record
    }

    /// The owner of that name, for the log and for tokens to tell of; whoever was never named is not by that.
    func loggedOwner(_ name: String) throws -> Owner {
        if let owner = try owners.owner(FoldedName(name), record) { return owner }
        return try insert(
            Owner(id: nextID(Self.nextOwner), name: name, recordedAt: now, updatedAt: now, version: 0))
    }

    private static let insertOwner = SQL(
        """
        INSERT INTO owner (id, name, folded, email, team, time_zone, active, recorded_at, updated_at, version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    private func name(_ name: String, _ fields: OwnerFields, by actor: Actor) throws -> Owner {
        let owner: Owner
        if let before = try owners.owner(FoldedName(name), record) {
            var after = before
            after.fields = fields
            after.updatedAt = now
            after.version = 1
            try update(after, from: before)
            owner = after
        } else {
            owner = try insert(
                Owner(id: nextID(Self.nextOwner), name: name, fields: fields, recordedAt: now, updatedAt: now))
        }
        try log(.ownerNamed(owner), about: .owner(owner.id), by: actor)
        return owner
    }

    private func insert(_ owner: Owner) throws -> Owner {
        let (folded, fields) = (FoldedName(owner.name), owner.fields)
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
        if owner.isNamed { try planDigest(of: owner) }
        return owner
    }
}

// MARK: - Whom something is given to
extension WriteTransaction {
    /// What is wrong with the names that something is given to, and which of them nobody was known by.
    ///
    /// - Parameters:
    ///   - named: whom promises and cases are given to: who takes on nothing new is given none, and where it was asked for
    ///     nor is who is not known.
    ///   - people: others who are named: that nobody is known by such a name is only said.
    ///   - actor: who gives: nobody mistypes who they are themselves.
    func look(
        at named: [NamedOwner], people: [String], by actor: Actor
    ) throws -> (issues: [FieldIssue], new: [NewName]) {
        var issues: [FieldIssue] = []
        var new: [NewName] = []
        for named in named {
            let name = FoldedName(named.name)
            if try !owners.isActive(name, record) {
                issues.append(FieldIssue(named.path, .inactiveOwner, RequestForm.body.ofInactive(named.name)))
            } else if try !owners.isKnown(name, record) {
                let unknown = NewName(named.name, nearest: try nearestOwner(to: name))
                if owners.rules.mustBeKnown {
                    issues.append(FieldIssue(named.path, .unknownOwner, RequestForm.body.ofUnknown(unknown)))
                } else if !named.name.isName(of: actor), !new.contains(where: { $0.isName(named.name) }) {
                    new.append(unknown)
                }
            }
        }
        for person in people where !person.isName(of: actor) && !new.contains(where: { $0.isName(person) }) {
            guard try !owners.isKnown(FoldedName(person), record), try !record.isSomebody(FoldedName(person)) else {
                continue
            }
            new.append(NewName(person, nearest: try nearestOwner(to: FoldedName(person))))
        }
        return (issues, new)
    }

    /// Of those whom a change of a case may come back to by itself, who takes on nothing new.
    func inactive(among file: CaseFile) throws -> Set<FoldedName> {
        let names =
            [file.record.fields.owner] + file.promises.filter(\.waitsForAcceptance).map { $0.acceptance?.askedBy }
        var inactive: Set<FoldedName> = []
        for name in names.compactMap({ $0.map(FoldedName.init) }) where try !owners.isActive(name, record) {
            inactive.insert(name)
        }
        return inactive
    }

    /// Whom somebody most likely meant by a name that nobody is known by, or ever was; nil where somebody is, and where none is near.
    package func ownerMeant(by name: String, from actor: Actor) throws -> String? {
        let folded = FoldedName(name)
        guard !name.isName(of: actor), try !owners.isKnown(folded, record), try !record.isSomebody(folded) else {
            return nil
        }
        return try nearestOwner(to: folded)
    }

    /// Whom somebody most likely meant. All lookups of a batch share what is known and one budget: everybody else waits for
    /// them.
    func nearestOwner(to name: FoldedName) throws -> String? {
        guard NearestName.mayBeMistyped(name.text.string) else { return nil }
        if nearestNames == nil { nearestNames = NearestNames(try record.knownNames()) }
        return nearestNames?.nearest(to: name)
    }
}
