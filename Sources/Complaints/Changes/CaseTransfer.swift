/// A change of two cases at once: one was found to be a duplicate of the other. It is resolved, and what was promised in it
/// goes on there, due as before: so a duplicate costs the desk nothing, and hides nothing. What was overdue arrives overdue,
/// what waits for somebody's word waits on, and no span begins anew.
public struct CaseTransfer: Sendable, Hashable {
    /// The change of the case that is resolved.
    public private(set) var duplicate: CaseChange
    /// The change of the one that goes on.
    public private(set) var other: CaseChange

    /// The case that goes on, as it is on record.
    public struct Goal: Sendable {
        let file: CaseFile
        let policy: Policy
        let isRing: Bool

        /// - Parameters:
        ///   - policy: for its severity.
        ///   - isRing: whether it was itself resolved as a duplicate of the other one, be it through others.
        public init(_ file: CaseFile, policy: Policy, isRing: Bool) {
            self.file = file
            self.policy = policy
            self.isRing = isRing
        }
    }

    /// The kinds of entries in the duplicate's log that it has to know.
    public static let neededEntries = LogKind.changesOfHands

    /// Resolves a case as the duplicate of another one.
    ///
    /// - Parameters:
    ///   - entries: of the duplicate's log, of `neededEntries`.
    ///   - goal: the case that was named; nil where there is none of that id.
    ///   - nextPromiseID: what the first promise that goes on is called.
    /// - Throws: `case_not_open` for a duplicate that is over, `not_a_duplicate` for what can't be one of that case.
    public init(
        _ incoming: Incoming<DuplicateRequest>, of file: CaseFile, knowing entries: [LogEntry], to goal: Goal?,
        nextPromiseID: Int64, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        duplicate = CaseChange(of: file, knowing: entries, nextPromiseID: nextPromiseID)
        try duplicate.requireOpen()
        let request = try incoming.checked(goal == nil ? incoming.unknownCase : [])
        guard let goal else { preconditionFailure("a case that is not there is an issue") }
        other = CaseChange(of: goal.file, nextPromiseID: nextPromiseID)
        try requireDuplicate(isRing: goal.isRing)
        transfer(because: request.reason, by: actor, at: now)
        duplicate.takeStatus(.resolved, duplicateOf: other.record.id, at: now)
        duplicate.log.append(.caseResolved(asDuplicateOf: other.record.id, because: request.reason, at: now))
        other.takeOverEscalation(of: duplicate, under: goal.policy, at: now)
        duplicate.settle(.escalation, as: .lapsed)
        // Whether to go on with the customer is asked once; here, if it is not asked there.
        if other.isWaiting(.return) { duplicate.settle(.return, as: .lapsed) }
    }

    private func requireDuplicate(isRing: Bool) throws(Refusal) {
        let (id, otherID) = (duplicate.record.id, other.record.id)
        func refusal(_ detail: String) -> Refusal { .rule(.notADuplicate, detail, caseID: otherID) }
        guard id != otherID else {
            throw refusal("Case \(id) is no duplicate of itself: give the id of the other case.")
        }
        guard duplicate.record.isOfOneCustomer(with: other.record) else {
            throw refusal(
                "Case \(otherID) is another customer's than case \(id): what was promised stays with whom it was. If they are one, a "
                    + "manager merges them (POST /v1/customers/{id}/merge); a case that was opened for somebody else by mistake "
                    + "is put right with PATCH, customer.")
        }
        guard other.record.status == .open else {
            throw refusal(
                "Case \(otherID) is \(other.record.status.rawValue): reopen it first, or name the one it went on as.")
        }
        let (received, otherReceived) = (duplicate.record.receivedAt, other.record.receivedAt)
        guard duplicate.file.stage == nil || received >= otherReceived else {
            throw refusal(
                "Case \(id) is under \(duplicate.file.stage?.regime ?? "a regime") since \(received.rfc3339), and case \(otherID) was "
                    + "received later: its clocks would begin anew. Resolve case \(otherID) as the duplicate of case \(id)."
            )
        }
        guard !isRing else {
            throw refusal(
                "Case \(otherID) was a duplicate of case \(id) itself: resolve that one as the duplicate again.")
        }
    }

    /// Has all that is not settled go on, of any parties.
    private mutating func transfer(because reason: String, by actor: Actor, at now: Instant) {
        other.log.append(.duplicate(duplicate.record.id, because: reason, at: now))
        for promise in duplicate.promises where promise.isUnsettled {
            let isReassigned = duplicate.hasChangedHands(promise.id)
            let (old, new) = promise.transferred(
                to: other.takePromiseID(), of: other.record.id, from: duplicate.record, by: actor, at: now)
            duplicate.replace(old)
            duplicate.log.append(.promiseSettled(.promiseTransferred, old))
            other.bringOver(new, isReassigned: isReassigned)
        }
        other.file.duplicates.merge(duplicate.file.duplicates) { $1 }
        other.file.duplicates[duplicate.record.id] = DuplicateFile(
            promises: Array(duplicate.promises), matters: Array(duplicate.matters), at: now)
    }
}

extension Incoming<DuplicateRequest> {
    /// That there is no such case, unless none was named at all.
    fileprivate var unknownCase: [FieldIssue] {
        let path: FieldPath = "case_id"
        return issues.contains { $0.path == path } ? [] : [FieldIssue(path, .invalidValue, "is no case.")]
    }
}

extension CaseChange {
    /// Adds a promise that goes on from a duplicate.
    fileprivate mutating func bringOver(_ promise: Promise, isReassigned: Bool) {
        append(promise)
        if isReassigned { log[log.count - 1].facts.append(Fact("reassigned", .boolean(true))) }
    }
}
