extension Promise {
    /// What its owner has to be asked: whether they take on what `actor` gives to them (T4). Whoever takes a promise
    /// themselves, and the owner of what a customer promised, is asked nothing.
    func asked(by actor: Actor, at now: Instant) -> Acceptance? {
        guard by == .desk, let owner, !owner.isName(of: actor) else { return nil }
        return Acceptance(askedAt: now, askedBy: actor.name)
    }

    /// Whether its owner has yet to say that they take it on, or nobody has since it was declined.
    public var waitsForAcceptance: Bool {
        guard let acceptance, isUnsettled else { return false }
        return acceptance.acceptedAt == nil
    }

    /// The promise once its owner has taken it on; the same when nobody had to be asked.
    func accepted(by actor: Actor, at now: Instant) throws(Refusal) -> Promise {
        try requireUnsettled()
        try requireOwner(actor, to: "accept")
        var promise = self
        if waitsForAcceptance { promise.acceptance?.acceptedAt = now }
        return promise
    }

    /// The promise as its owner goes about it: whoever keeps it, or agrees on another date, has taken it on.
    func takenOn(by actor: Actor, at now: Instant) -> Promise {
        guard waitsForAcceptance, owner?.isName(of: actor) == true else { return self }
        var promise = self
        promise.acceptance?.acceptedAt = now
        return promise
    }

    /// The promise once its owner has declined it: it is whose it was who gave it, and counts for them as before. What
    /// the policy or an import gave is nobody's then, and waits for somebody to take it on.
    ///
    /// - Parameters:
    ///   - isAsMade: whether it never changed hands.
    ///   - giverTakes: whether who gave it takes anything on; else it is nobody's.
    /// - Throws: `.rule` with `already_accepted` for what they took on themselves: to give that away is to reassign it.
    func declined(
        by actor: Actor, isAsMade: Bool, giverTakes: Bool = true, at now: Instant
    ) throws(Refusal) -> Promise {
        try requireUnsettled()
        try requireOwner(actor, to: "decline")
        var promise = self
        if let acceptance, acceptance.acceptedAt == nil {
            promise.owner = giverTakes ? acceptance.askedBy : nil
            promise.acceptance = giverTakes ? nil : Acceptance(askedAt: now, askedBy: nil)
        } else if acceptance == nil, isAsMade, !isMadeByPerson {
            promise.owner = nil
            promise.acceptance = Acceptance(askedAt: now, askedBy: nil)
        } else {
            throw .rule(
                .alreadyAccepted,
                "Promise \(id) is \(actor.name)'s by their own word: reassign it, or give the customer another date.",
                promiseIDs: [id])
        }
        return promise
    }

    private func requireOwner(_ actor: Actor, to action: String) throws(Refusal) {
        guard let owner else {
            throw .rule(
                .notTheOwner, "Promise \(id) is nobody's: reassign it to whoever is to keep it.", promiseIDs: [id])
        }
        guard owner.isName(of: actor) else {
            throw .rule(
                .notTheOwner,
                "Promise \(id) is for \(owner) to \(action), not for \(actor.name): say who acts with "
                    + "Casekeeper-Actor, or reassign it.",
                promiseIDs: [id])
        }
    }
}

extension String {
    /// Whether it is the actor's name; names compare without case.
    package func isName(of actor: Actor) -> Bool { FoldedName(self) == FoldedName(actor.name) }
}
