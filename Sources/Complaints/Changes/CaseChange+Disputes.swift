/// A keep in name only is none (T2).
extension CaseChange {
    /// What is wrong with the meaning of a dispute: only what is said to be kept can be disputed.
    func issues(disputing request: DisputeRequest) -> [FieldIssue] {
        guard let promise = promise(request.promiseID) else {
            return [FieldIssue("promise_id", .invalidValue, "is no promise of case \(record.id).")]
        }
        guard promise.isSaidToBeKept else {
            return [FieldIssue("promise_id", .invalidValue, "must be a promise that was settled as kept.")]
        }
        return []
    }

    /// Writes down that a promise was not kept, though somebody said so; it waits for a manager, and blocks nothing.
    mutating func dispute(_ request: DisputeRequest, by actor: Actor, at now: Instant) {
        log.append(
            LogDraft(
                .dispute, at: now, promiseID: request.promiseID,
                texts: [
                    Fact("reason", .text(request.reason)), Fact("said_by", .text(request.saidBy ?? actor.name)),
                ]))
        raise(.dispute)
    }

    /// What a dispute is about, as far as the entries that the change asked for tell.
    private func disputed(_ seq: Int64) -> Promise? {
        entries.first { $0.kind == .dispute && $0.seq == seq }?.promiseID.flatMap(promise)
    }

    /// A dispute is for a manager to decide who has nothing to do with the promise: who neither owns it, nor is it counted
    /// for, nor said that it was kept.
    ///
    /// - Returns: whether one does it who has, as there is nobody else.
    func permit(_ request: DisputeDecisionRequest, to actor: Actor) throws(Refusal) -> Bool {
        guard actor.role >= .manager else { throw .forbidden("Whether a promise was kept is for a manager to decide.") }
        let promise = disputed(request.of)
        return try actor.requireOther(
            than: promise?.owner, promise?.accountable, promise?.settlement?.by, to: "decide whether a promise was kept"
        )
    }

    /// What is wrong with the meaning of a decision: what takes the place of a promise that was not kept is told as one that
    /// makes good for a missed date is.
    func issues(
        deciding request: DisputeDecisionRequest, under policy: Policy, at now: Instant
    ) -> [FieldIssue] {
        guard matters.contains(where: { $0.kind == .dispute && $0.seq == request.of }) else {
            return [FieldIssue("of", .invalidValue, "is no dispute in case \(record.id): give the seq of its entry.")]
        }
        guard let next = request.next else { return [] }
        let path: FieldPath = "next_promise"
        guard request.upheld else {
            return [FieldIssue(path, .conflictingFields, "must be left out: the promise was kept.")]
        }
        var issues = next.issues(under: policy, at: now, concessions: matters, path: path)
        if let promise = disputed(request.of) {
            if !promise.isContinued(by: next) {
                issues.append(
                    FieldIssue(path / "to", .invalidValue, "must be promised by and to whom the disputed one was."))
            }
            issues += succession(request, of: promise).issues(of: next, under: policy, at: now, path: path)
        }
        return issues
    }

    private func succession(_ request: DisputeDecisionRequest, of promise: Promise) -> Succession {
        Succession(predecessor: promise, reason: request.reason, isAlwaysTold: true)
    }

    /// Writes down what a manager says to a dispute. Upheld, the promise is broken from now on, and nothing that was
    /// recorded of its keep is touched; what takes its place goes on in its chain, in a case that is opened again if it was
    /// over, and whatever else disputes the same keep is decided with it. Dismissed, the others wait: they may say more.
    mutating func decide(
        _ request: DisputeDecisionRequest, isByOneself: Bool, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        guard let promise = disputed(request.of), waiting(.dispute).contains(where: { $0.seq == request.of }) else {
            throw .rule(
                .disputeDecided, "Dispute \(request.of) of case \(record.id) waits for no decision.", caseID: record.id)
        }
        let facts = [Fact("of", .integer(request.of)), Fact("upheld", .boolean(request.upheld))]
        log.append(
            LogDraft(
                .disputeDecision, at: now, promiseID: promise.id, facts: facts + Fact.byOneself(isByOneself),
                texts: [Fact("reason", .text(request.reason))]))
        for matter in waiting(.dispute)
        where matter.seq == request.of || request.upheld && disputed(matter.seq)?.id == promise.id {
            settle(.dispute, matter.seq, as: request.upheld ? .upheld : .dismissed)
        }
        guard request.upheld else { return }
        var broken = promise
        // What takes its place is the next promise that is made.
        broken.upheld = Promise.Upheld(recordedAt: now, successor: request.next.map { _ in nextPromiseID })
        replace(broken)
        guard let next = request.next else { return }
        if record.status != .open {
            takeOpen(because: request.reason, at: now)
        }
        make(next, takingPlaceBy: succession(request, of: promise), from: now, under: policy, by: actor, at: now)
    }
}

extension Promise {
    /// Whether it stands as kept, in time or late.
    fileprivate var isSaidToBeKept: Bool {
        guard case .kept = settlement?.outcome else { return false }
        return upheld == nil
    }
}
