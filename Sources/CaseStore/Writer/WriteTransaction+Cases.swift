public import Complaints
import GRDB

/// How what is asked for of cases is performed: what it is about is read, the rules make the change, and its rows are
/// written. Nothing is written before the rules have taken it.
extension WriteTransaction {
    /// Opens a case, with its customer if that is new.
    ///
    /// - Throws: `Refusal`.
    public func openCase(_ incoming: Incoming<CaseRequest>, by actor: Actor) throws -> Committed {
        let match = try match(incoming.value.customer)
        var request = incoming.value
        // With one's own token a case is one's own, unless one takes on nothing new.
        if actor.speaker.isPersonal, let owner = request.fields.owner, owner.isExactly(actor.name),
            try !owners.isActive(FoldedName(owner), record)
        {
            request.fields.owner = nil
        }
        let given = try look(at: request.namedOwners, people: request.fields.supervisor.map { [$0] } ?? [], by: actor)
        let mayBe =
            match.customer.relationship == nil
            ? try ended.customer(like: match.keys, record) : nil
        let policy = try withCalendar(
            policy(of: request.fields, match.customer), ofTeam: request.fields.team,
            from: request.receivedAt?.instant(at: now))
        let under = try regime(of: request, policy)
        let change = try CaseChange.open(
            Incoming(request, issues: incoming.issues + match.issues + given.issues + under.issues),
            customer: match.customer,
            named: match.named, mayBe: mayBe, id: nextID(Self.nextCase), promiseID: nextPromiseID,
            policy: policy, regime: under.regime, by: actor, at: now)
        try requireFreeKey(change)
        let others = try others(like: match, incoming.value.customer)
        let newTeam = try newTeam(of: change)
        try save(match, by: actor)
        var committed = try save(change, by: actor, isOfNewCustomer: match.isNew, newNames: given.new)
        committed.warnings += newTeam
        if let name = policy.regime, change.record.fields.regime == nil {
            committed.warnings.append(.regimeNotInForce(regime: name, policy: policy.name))
        }
        if !others.isEmpty { committed.warnings.append(.possibleDuplicate(others)) }
        return committed
    }

    /// The policy of a case that is made.
    private func policy(of fields: CaseFields, _ customer: Customer) throws -> Policy {
        try record.policyRules().first(for: MatchedCase(fields, customer.relationship?.decision))
    }

    /// The case that a command is about, as it is before; nil when there is no such case or promise.
    ///
    /// - Throws: `Refusal` when nothing of it may be changed any more.
    public func subject(of command: CaseCommand) throws -> CaseFile? {
        let caseID: Int64? =
            switch command.target {
            case .case(let id): id
            case .promise(let id): try record.caseID(ofPromise: id)
            }
        let file = try caseID.flatMap(record.caseFile)
        try file?.record.customer.requireNotErased()
        return file
    }

    /// Performs a command on the case that it is about, as this transaction has read it.
    ///
    /// - Parameter secret: of the link that a `share` makes; nil for any other command.
    /// - Throws: `Refusal`.
    public func perform(
        _ command: CaseCommand, on file: CaseFile, by actor: Actor, sharing secret: ShareSecret? = nil
    ) throws -> Committed {
        var change = CaseChange(
            of: file, knowing: try record.logEntries(ofCase: file.record.id, kinds: command.neededEntries),
            elsewhere: try entriesElsewhere(of: file, for: command),
            naming: try command.customerID.flatMap(record.customer).map(record.person),
            nextPromiseID: try nextPromiseID)
        let policy = try withCalendar(
            record.policy(for: file.record), ofTeam: file.record.fields.team, from: file.record.receivedAt)
        var actor = actor
        if command.isForAnother {
            actor.isAlone = try !record.hasOtherManager(than: actor, at: now)
            if actor.speaker.isPersonal, let id = actor.tokenID { actor.otherTokens = try record.otherTokens(than: id) }
        }
        let given = try look(
            at: command.namedOwners(in: file, by: actor), people: command.namedPeople(in: file), by: actor)
        change.inactive = try inactive(among: file)
        change.away = try away(among: file)
        change.regime = try regime(of: file)
        var (command, issues) = (command, given.issues)
        try put(&change, under: &command, &issues)
        try change.perform(command.adding(issues), under: policy, by: actor, at: now)
        try requireFreeKey(change)
        try requireTogether(change)
        let newTeam = try newTeam(of: change)
        var committed = try save(change, by: actor, newNames: given.new, sharing: secret)
        committed.warnings += newTeam
        if case .edit(_, let incoming, _, _) = command, incoming.value.regime == nil {
            committed.warnings += try newPolicysRegime(of: change.record, before: policy)
        }
        return committed
    }

    /// That an edit brought a case another policy, which names another regime than the one that it is under.
    private func newPolicysRegime(of record: Case, before: Policy) throws -> [CaseWarning] {
        let policy = try self.record.policy(for: record)
        guard policy.id != before.id, let name = policy.regime, !record.fields.regime.isExactly(name) else { return [] }
        return [.policyRegime(regime: name, policy: policy.name, current: record.fields.regime)]
    }

    /// What a command has to know of the logs of the cases that went on in its own.
    private func entriesElsewhere(of file: CaseFile, for command: CaseCommand) throws -> [Int64: [LogEntry]] {
        let kinds = command.neededEntriesElsewhere
        guard !kinds.isEmpty else { return [:] }
        var entries: [Int64: [LogEntry]] = [:]
        for id in try record.casesBefore(file.record.id, with: file.promises) {
            entries[id] = try record.logEntries(ofCase: id, kinds: kinds)
        }
        return entries
    }

    /// Whose a case is is not changed while promises go on between it and another one of theirs.
    private func requireTogether(_ change: CaseChange) throws {
        let customer = change.record.customer.id
        guard let before = change.before, before.record.customer.id != customer else { return }
        let id = change.record.id
        let chains = try record.transferChains(ofCase: id)
        var customers: [Int64: Int64] = [:]
        for link in chains.all {
            customers[link.caseID] =
                link.caseID == id ? customer : try record.customer(link.customerID).map(record.root)?.id
        }
        try chains.requireTogether(customers)
    }

    private func caseID(externalID: String) throws -> Int64? {
        try statements.first(Self.caseByExternalID, db, bind: { $0.add(externalID) }) { $0.integer(0) }
    }

    private static let caseByExternalID = SQL("SELECT id FROM complaint_case WHERE external_id = ?")

    /// An `external_id` is one case's.
    func requireFreeKey(_ change: CaseChange) throws {
        let key = change.record.fields.externalID
        guard let externalID = key, !key.isExactly(change.before?.record.fields.externalID),
            let id = try caseID(externalID: externalID)
        else { return }
        throw Refusal.rule(
            RuleViolation(.duplicateExternalID, "Case \(id) has external_id \(externalID) already.", caseID: id))
    }
}

/// How the rows of a change are written.
extension WriteTransaction {
    /// Writes what a change came to, with its log.
    ///
    /// - Parameters:
    ///   - imported: whether it is history, recorded when it happened.
    ///   - isOfNewCustomer: whether the case that it opens is the first one of its customer.
    ///   - newNames: those that it gives, and that nobody was known by before.
    ///   - advises: whether it is to be found out what whoever has it made is told.
    ///   - secret: of the link that it makes; nil where it makes none.
    package func save(
        _ change: CaseChange, by actor: Actor, imported: Bool = false, isOfNewCustomer: Bool = false,
        newNames: [NewName] = [], advises: Bool = true, sharing secret: ShareSecret? = nil
    ) throws -> Committed {
        guard let lastEntry = change.log.last else {
            return Committed(change.file, change, advice: [:], after: 0, by: actor, at: now)
        }
        let stamp = imported ? lastEntry.at : now
        let file = change.committed(at: stamp)
        let made = file.promises[change.made.indices]
        let plans = try made.map { try plan(of: $0, in: file.record) }
        var change = change
        change.say(marks: plans)
        let lastSeq = try change.before.map { try update(file, from: $0, change, plans) } ?? insert(file, plans)
        for status in change.statusesTaken { try insertStatusChange(status, ofCase: file.record.id) }
        for stage in change.stagesOpened { try insert(stage, ofCase: file.record.id) }
        for stage in change.stagesUndone { try undo(stage, ofCase: file.record.id) }
        try writeLog(
            of: change, after: lastSeq, by: actor, imported: imported, isOfNewCustomer: isOfNewCustomer,
            sharing: secret)
        try writeShares(of: change, after: lastSeq, secret)
        try count(file.promises, before: change.before)
        try watch(made, among: file.promises)
        let saved = CaseFile(
            record: file.record, promises: file.promises, matters: try writeMatters(of: change, after: lastSeq),
            duplicates: file.duplicates, stages: file.everyStage, resolutions: file.resolutions,
            policy: CasePolicy(try record.policy(for: file.record)))
        try writeRelationship(of: change, after: lastSeq)
        try planUpdate(of: saved, isNew: change.before == nil)
        if change.relationshipDecided != nil { try replanUpdatesOfCustomers() }
        let given = change.given.compactMap { saved.promise($0.id) }
        return Committed(
            saved, change,
            advice: imported || !advises ? [:] : try advice(on: made + given, of: saved, newNames: newNames),
            warnings: try newNames.map(CaseWarning.newName) + change.staying + change.answersAgain + change.notCounted
                + change.givesWay + change.lacksOutcome + absentSupervisor(after: change),
            after: lastSeq,
            by: actor,
            at: imported ? nil : now)
    }

    /// Writes the rows of a new case. Returns the number of the last entry in its log.
    private func insert(_ file: CaseFile, _ plans: [MarkPlan]) throws -> Int64 {
        try insert(file.record)
        for (promise, plan) in zip(file.promises, plans) { try insert(promise, plan) }
        return 0
    }

    /// Writes the rows that a change has changed. Returns the number of the last entry in the case's log before it.
    private func update(
        _ file: CaseFile, from before: CaseFile, _ change: CaseChange, _ plans: [MarkPlan]
    ) throws -> Int64 {
        // A new promise goes in before the old one says that it is superseded by it.
        for (promise, plan) in zip(file.promises[change.made.indices], plans) {
            try insert(promise, plan)
            try carryOwners(of: promise)
        }
        for (old, promise) in zip(before.promises, file.promises) {
            guard old != promise || !old.owner.isExactly(promise.owner) else { continue }
            owners.mayHaveLost(old.owner)
            try update(promise)
        }
        for (id, owner) in change.ownersBefore.sorted(by: { $0.key < $1.key }) {
            try insertOwnerChange(
                ofPromise: id, from: owner, change.acceptancesBefore[id] ?? nil,
                isDecline: change.declined.contains(id))
        }
        if file.record.status != .open || !file.record.fields.owner.isExactly(before.record.fields.owner) {
            owners.mayHaveLost(before.record.fields.owner)
        }
        func edit() throws {
            try update(file.record, endedBefore: before.record.ending)
            if file.record.customerID != before.record.customerID { try updateCustomer(of: file.record) }
            try keepHistory(of: file.record, editedFrom: before.record)
        }
        if file.record.edits == before.record.edits || file.record.fields.isSearchedAs(before.record.fields) {
            try edit()
        } else {
            try search.changing(caseID: file.record.id, edit)
        }
        if change.relationshipDecided != nil {
            try keepHistory(of: file.record.customer, from: before.record.customer)
        }
        try announceOverdue(before.promises.filter { $0.isUnsettled && file.promise($0.id)?.isUnsettled == false })
        return try record.lastSeq(ofCase: file.record.id)
    }

    private func writeLog(
        of change: CaseChange, after last: Int64, by actor: Actor, imported: Bool, isOfNewCustomer: Bool,
        sharing secret: ShareSecret?
    ) throws {
        func covered(by draft: LogDraft) -> LogWriter.Covered {
            if draft.kind == .caseOpened, let fields = change.openedAs {
                return .opening(
                    complaint: change.record.complaint, fields,
                    newCustomer: isOfNewCustomer ? change.record.customer : nil)
            }
            if draft.kind == .caseShared, let secret { return .sharing(secret) }
            guard draft.kind == .promiseMade, let id = draft.promiseID, let promise = change.promise(id) else {
                return .nothing
            }
            return .making(promise)
        }
        var seq = last
        for draft in change.log {
            seq += 1
            try log.write(
                draft, seq: seq, about: .case(change.record.id), covering: covered(by: draft),
                actor: draft.actor ?? actor, recordedAt: imported ? draft.at : now, imported: imported, names: names,
                statements, db)
        }
    }
}
