extension Promise {
    /// What its owner has to be asked: whether they take on what somebody else promises for them (T4). The policy's own
    /// promises, and those of customers, ask nobody.
    func asked(by actor: Actor, at now: Instant) -> Acceptance? {
        guard by == .desk, let owner, !madeBy.isExactly(Actor.policy.name), !owner.isName(of: actor) else { return nil }
        return Acceptance(askedAt: now)
    }

    /// Whether its owner has yet to say that they take it on.
    public var waitsForAcceptance: Bool {
        guard let acceptance, isUnsettled else { return false }
        return acceptance.acceptedAt == nil
    }

    /// The promise once its owner has taken it on; the same when nobody had to be asked.
    func accepted(by actor: Actor, at now: Instant) throws(Refusal) -> Promise {
        try requireUnsettled()
        guard let owner else {
            throw .rule(
                .notTheOwner, "Promise \(id) is nobody's: reassign it to whoever is to keep it.", promiseIDs: [id])
        }
        guard owner.isName(of: actor) else {
            throw .rule(
                .notTheOwner,
                "Promise \(id) is for \(owner) to accept, not for \(actor.name): say who acts with Casekeeper-Actor, "
                    + "or reassign it.",
                promiseIDs: [id])
        }
        var promise = self
        if waitsForAcceptance { promise.acceptance?.acceptedAt = now }
        return promise
    }
}

extension String {
    /// Whether it is the actor's name; names compare without case.
    func isName(of actor: Actor) -> Bool { FoldedName(self) == FoldedName(actor.name) }
}
