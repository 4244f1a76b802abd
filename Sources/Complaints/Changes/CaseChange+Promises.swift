extension CaseChange {
    /// Makes a further promise; `keeps` settles another one in the same step.
    public mutating func add(
        _ incoming: Incoming<AddPromiseRequest>, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        var issues = incoming.value.promise.issues(under: policy, at: now, concessions: matters, path: .body)
        if let id = incoming.value.keeps, promise(id) == nil {
            issues.append(FieldIssue("keeps", .invalidValue, "is no promise of case \(record.id)."))
        }
        let request = try incoming.checked(issues)
        try requireOpen()
        if let id = request.keeps { try settle(id, keeping: KeepRequest(), by: actor, at: now) }
        make(request.promise, from: now, under: policy, by: actor, at: now)
        startClocks(at: now)
        try requireTimeline()
    }

    /// Settles a promise as kept (T2).
    public mutating func keep(
        _ id: Int64, _ incoming: Incoming<SettleAndContinue<KeepRequest>>, under policy: Policy, by actor: Actor,
        at now: Instant
    ) throws(Refusal) {
        let promise = known(id)
        try promise.requireUnsettled()
        var issues = promise.issues(
            keeping: incoming.value.request, since: file.mayBeKept(promise), at: now, path: .body)
        try requireOpen(for: incoming.value.then)
        issues += self.issues(incoming.value.then, settling: id, under: policy, at: now)
        let action = try incoming.checked(issues)
        try settle(id, keeping: action.request, by: actor, at: now)
        try go(on: action.then, under: policy, by: actor, at: now)
    }

    /// Gives a promise up, released by the customer or not.
    public mutating func withdraw(
        _ id: Int64, _ incoming: Incoming<SettleAndContinue<WithdrawRequest>>, under policy: Policy, by actor: Actor,
        at now: Instant
    ) throws(Refusal) {
        let (promise, request, then) = (known(id), incoming.value.request, incoming.value.then)
        try promise.requireUnsettled()
        try requireOpen(for: then)
        let succession = promise.succession(withdrawing: request, then: then)
        _ = try incoming.checked(
            promise.issues(withdrawing: request, next: then.promise, at: now, path: .body)
                + issues(then, settling: id, takingPlaceBy: succession, under: policy, at: now))
        // What takes its place is the next promise that is made.
        try settle(id, withdrawing: request, successor: succession.map { _ in nextPromiseID }, by: actor, at: now)
        try go(on: then, takingPlaceBy: succession, under: policy, by: actor, at: now)
    }

    /// Takes back a promise entered by mistake.
    public mutating func void(
        _ id: Int64, _ incoming: Incoming<SettleAndContinue<VoidRequest>>, under policy: Policy, by actor: Actor,
        at now: Instant
    ) throws(Refusal) {
        let (promise, request, then) = (known(id), incoming.value.request, incoming.value.then)
        let isByOneself = try promise.voidedByOneself(
            actor, madeWith: making(of: promise), ownersBefore: ownersBefore(of: promise), endsCase: then.endsCase,
            at: now)
        try promise.requireUnsettled()
        try requireOpen(for: then)
        let succession = promise.succession(voiding: request, then: then, by: actor, at: now)
        _ = try incoming.checked(
            promise.issues(voiding: request, next: then.promise, isKnown: file.isKnown(promise), at: now)
                + issues(then, settling: id, takingPlaceBy: succession, under: policy, at: now))
        // What takes its place is the next promise that is made.
        let voided = try promise.voided(request, successor: succession.map { _ in nextPromiseID }, by: actor, at: now)
        replace(voided)
        var entry = LogDraft.promiseSettled(.promiseVoided, voided)
        entry.add(request.customerNotified?.notice(at: now, notBefore: promise.firstMadeAt))
        if isByOneself { entry.facts.append(Fact("by_oneself", .boolean(true))) }
        log.append(entry)
        // Nobody follows up a mistake.
        try go(on: then, takingPlaceBy: succession, followsUp: false, under: policy, by: actor, at: now)
    }

    /// Whose a promise was before it came into other hands, also in the cases that it has come through.
    func ownersBefore(of promise: Promise) -> [String] {
        var ids: Set<Int64> = [promise.id]
        var next = promise.origin?.promise
        while let id = next, ids.insert(id).inserted {
            let made = entriesElsewhere.values.joined().first { $0.kind == .promiseMade && $0.promiseID == id }
            next = made?.integer("transferred_from")
        }
        return (entries + entriesElsewhere.values.joined()).compactMap { entry in
            guard let id = entry.promiseID, ids.contains(id), LogKind.handingOn.contains(entry.kind) else { return nil }
            return entry.text("owner_before")
        }
    }

    /// The entry that tells of the making of what the policy promised by itself as a case was opened, be it one that went on in
    /// this one: it says who did that.
    private func making(of promise: Promise) -> LogEntry? {
        guard promise.madeBy.isExactly(Actor.policy.name), !promise.imported else { return nil }
        guard var origin = promise.origin?.promise else {
            guard promise.madeAt == record.openedAt else { return nil }
            return entries.first { $0.kind == .promiseMade && $0.promiseID == promise.id }
        }
        // A chain comes through each case once.
        for _ in entriesElsewhere {
            for entries in entriesElsewhere.values {
                guard let made = entries.first(where: { $0.kind == .promiseMade && $0.promiseID == origin }) else {
                    continue
                }
                guard let before = made.integer("transferred_from") else {
                    return entries.contains { $0.kind == .caseOpened && $0.recordedAt == made.recordedAt } ? made : nil
                }
                origin = before
            }
        }
        return nil
    }

    /// Moves a promise to a new date: the old one stays in the chain (T3).
    public mutating func renew(
        _ id: Int64, _ kind: RenewalKind, _ incoming: Incoming<RenegotiateRequest>, under policy: Policy,
        by actor: Actor, at now: Instant
    ) throws(Refusal) {
        try known(id).requireRenewable(kind, at: now)
        let request = try incoming.checked(
            known(id).issues(renewing: incoming.value, under: policy, at: now, concessions: matters, path: .body))
        let promise = known(id).takenOn(by: actor, at: now)
        let (old, new) = promise.renewed(
            request, newID: takePromiseID(), isRefused: file.isRefused(promise), under: policy, by: actor, at: now)
        log.append(
            .promiseSettled(
                kind == .renegotiate ? .promiseRenegotiated : .promiseRecovered, old,
                isTakenOn: known(id).acceptance != old.acceptance))
        replace(old)
        append(new)
    }

    /// Takes on a promise that somebody else gave to its owner (T4), or one that was declined and is nobody's.
    public mutating func accept(
        _ id: Int64, _ incoming: Incoming<Void>, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        _ = try incoming.checked([])
        let promise = known(id)
        if promise.owner == nil, promise.waitsForAcceptance {
            return give(promise, to: actor.name, reason: nil, by: actor, at: now)
        }
        let accepted = try promise.accepted(by: actor, at: now)
        guard accepted != promise else { return }
        replace(accepted)
        log.append(
            LogDraft(
                .promiseAccepted, at: now, promiseID: id, texts: promise.owner.map { [Fact("owner", .text($0))] } ?? [])
        )
    }

    /// Gives a promise back to whoever gave it to its owner (T4).
    public mutating func decline(
        _ id: Int64, _ incoming: Incoming<DeclineRequest>, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let request = try incoming.checked([])
        let promise = known(id)
        let giver = promise.acceptance?.askedBy.map(FoldedName.init)
        let declined = try promise.declined(
            by: actor, isAsMade: !hasChangedHands(id),
            giverTakes: !(giver.map { inactive.contains($0) || away.contains($0) } ?? false), at: now)
        pass(promise, on: declined)
        self.declined.insert(id)
        log.append(.promiseDeclined(declined, from: promise.owner, reason: request.reason, at: now))
    }

    /// Gives a promise to somebody else; its state and dates stay.
    public mutating func reassign(
        _ id: Int64, _ incoming: Incoming<ReassignRequest>, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let request = try incoming.checked([])
        let promise = known(id)
        try promise.requireUnsettled()
        give(promise, to: request.owner, reason: request.reason, by: actor, at: now)
    }

    /// - Parameter handover: the one that it is a part of, by its entry's number in the log of who had it.
    mutating func give(
        _ promise: Promise, to owner: String, reason: String?, by actor: Actor, at now: Instant, handover: Int64? = nil
    ) {
        // However it is written, it is theirs already.
        guard promise.owner.map({ FoldedName($0) != FoldedName(owner) }) ?? true else { return }
        var given = promise
        given.owner = owner
        given.acceptance = given.asked(by: actor, at: now)
        pass(promise, on: given)
        log.append(.promiseReassigned(given, from: promise.owner, reason: reason, handover: handover, at: now))
    }

    private mutating func pass(_ promise: Promise, on given: Promise) {
        replace(given)
        guard ownersBefore[promise.id] == nil else { return }
        ownersBefore[promise.id] = promise.owner
        acceptancesBefore[promise.id] = promise.acceptance
    }

    mutating func settle(
        _ id: Int64, keeping request: KeepRequest, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let promise = try known(id).takenOn(by: actor, at: now).kept(
            request, since: file.mayBeKept(known(id)), by: actor, at: now)
        try requireGranted(promise)
        log.append(
            .promiseSettled(.promiseKept, promise, isTakenOn: known(id).acceptance != promise.acceptance))
        replace(promise)
    }

    mutating func settle(
        _ id: Int64, withdrawing request: WithdrawRequest, successor: Int64? = nil, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let promise = try known(id).withdrawn(request, successor: successor, by: actor, at: now)
        replace(promise)
        var entry = LogDraft.promiseSettled(.promiseWithdrawn, promise)
        entry.add(request.customerNotified?.notice(at: now, notBefore: promise.firstMadeAt))
        log.append(entry)
    }

    /// Whether a promise came into other hands after its making, be it in the case that it goes on from.
    func hasChangedHands(_ id: Int64) -> Bool {
        entries.contains {
            $0.promiseID == id
                && (LogKind.handingOn.contains($0.kind) || $0.kind == .promiseMade && $0.flag("reassigned") == true)
        }
    }

    /// The promise an action is about: whoever loaded the file found the case by it.
    func known(_ id: Int64) -> Promise {
        guard let promise = promise(id) else { preconditionFailure("promise \(id) is not of case \(record.id)") }
        return promise
    }
}
