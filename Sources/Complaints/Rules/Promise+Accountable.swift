extension Promise {
    /// For whom it counts (T2): whoever made or took it, or accepted it last. Given to somebody who has not accepted, it
    /// counts for who gave it; what the policy made and an import brought, for its owner, if it has one. Nil: for nobody
    /// of the desk, as all that customers promise.
    public var accountable: String? {
        guard by == .desk else { return nil }
        if let acceptance, acceptance.acceptedAt == nil { return acceptance.askedBy }
        return owner ?? (isMadeByPerson ? madeBy : nil)
    }

    /// For whom it counted at `instant`: by the owner before the first change of hands recorded after that, and by what
    /// they had said until then. For an instant before its making, for whom it counted as it was made.
    public func accountable(at instant: Instant, ownerChanges: [OwnerChange]) -> String? {
        held(at: instant, ownerChanges: ownerChanges).accountable
    }

    /// In whose hands it was at `instant`, and what they had said to it; all else is as it stands.
    func held(at instant: Instant, ownerChanges: [OwnerChange]) -> Promise {
        var promise = self
        if let next = ownerChanges.first(where: { $0.recordedAt > instant }) {
            promise.owner = next.from
            promise.acceptance = next.acceptance
        }
        if let at = promise.acceptance?.acceptedAt, at > instant { promise.acceptance?.acceptedAt = nil }
        return promise
    }

    /// Whether somebody of the desk gave their word, and neither the policy nor another system.
    var isMadeByPerson: Bool { !imported && !madeBy.isExactly(Actor.policy.name) }
}
