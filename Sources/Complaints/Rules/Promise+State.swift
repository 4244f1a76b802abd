extension Promise {
    /// The state at `now`, as the table of the design has it. A promise is still open at its very due instant.
    public func state(at now: Instant) -> PromiseState {
        settlement?.outcome.state(dueAt: dueAt, isUpheld: upheld != nil) ?? .unsettled(dueAt: dueAt, at: now)
    }

    /// Not kept, not superseded, not withdrawn, not void.
    public var isUnsettled: Bool { settlement == nil }

    /// Whether it is from the desk to the customer: only these make a case's timeline.
    public var isToCustomer: Bool { by == .desk && to == .customer }

    /// Whether it was on record as unsettled past its due instant at some time up to `now`, whatever became of it since,
    /// was given up without the customer's release, or was found not to have been kept. Once that is so, it stays so, but for
    /// what was due before it was made, and turns out to have been kept by then.
    public func wasEverBroken(at now: Instant) -> Bool {
        (settlement?.outcome).brokeAt(
            now, madeAt: firstMadeAt, dueAt: dueAt, recordedAt: settlement?.recordedAt, upheldAt: upheld?.recordedAt)
            != nil
    }

    /// When it was first made: in another case, where it goes on from there.
    public var firstMadeAt: Instant { origin?.madeAt ?? madeAt }

    /// When it was given up, with the customer's release or without; nil where it was not.
    var givenUpAt: Instant? {
        if case .withdrawn(let at, _) = settlement?.outcome { at } else { nil }
    }

    /// The promise that took its place, whichever way it was settled; nil: none.
    public var successor: Int64? { settlement?.successor ?? upheld?.successor }

    /// Whether it was kept in time, but so soon after its making that nobody waited for it: no rate counts it.
    public var isInstant: Bool {
        guard let settlement, upheld == nil else { return false }
        return settlement.outcome.isInstant(madeAt: firstMadeAt, dueAt: dueAt, recordedAt: settlement.recordedAt)
    }

    /// From when its time was counted, in a case that was received and opened at these instants: what the policy
    /// promises as a case is opened counts from the receipt of the complaint, all else from its making; one that goes on from
    /// another case, from where it counted there.
    public func countedFrom(receivedAt: Instant, openedAt: Instant) -> Instant {
        if let origin { return origin.countedFrom }
        return madeBy.isExactly(Actor.policy.name) && madeAt == openedAt ? receivedAt : madeAt
    }

    /// Whether it was kept in time, but the service was told only after the due instant.
    public var isBackdated: Bool {
        settlement.map { $0.outcome.isBackdated(dueAt: dueAt, recordedAt: $0.recordedAt) } ?? false
    }

    /// How long after its due instant it was settled, zero when in time; nil until it is settled, and for one that
    /// was entered by mistake.
    public var lateness: ElapsedTime? { settlement?.outcome.lateness(dueAt: dueAt) }

    /// How far the date has moved from the first one of the chain.
    public var totalSlip: ElapsedTime { dueAt - originalDueAt }

    /// When it was kept, as somebody said; nil: nobody did.
    public var keptAt: Instant? {
        if case .kept(let at) = settlement?.outcome { at } else { nil }
    }

    /// Why it was settled, else why it was made in place of another.
    public var reason: String? { settlement?.reason ?? reasonMade }

    /// The same as the customer was told.
    public var explanation: String? { settlement?.explanation ?? explanationMade }
}
