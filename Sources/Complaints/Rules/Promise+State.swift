extension Promise {
    /// The state at `now`, as the table of the design has it. A promise is still open at its very due instant.
    public func state(at now: Instant) -> PromiseState {
        settlement?.outcome.state(dueAt: dueAt) ?? .unsettled(dueAt: dueAt, at: now)
    }

    /// Not kept, not superseded, not withdrawn, not void.
    public var isUnsettled: Bool { settlement == nil }

    /// Whether it is from the desk to the customer: only these make a case's timeline.
    public var isToCustomer: Bool { by == .desk && to == .customer }

    /// Whether it was on record as unsettled past its due instant at some time up to `now`, whatever became of it since,
    /// or was given up without the customer's release. Once that is so, it stays so.
    public func wasEverBroken(at now: Instant) -> Bool {
        (settlement?.outcome).brokeAt(now, dueAt: dueAt, recordedAt: settlement?.recordedAt) != nil
    }

    /// From when its time was counted, in a case that was received and opened at these instants: what the policy
    /// promises as a case is opened counts from the receipt of the complaint, all else from its making.
    public func countedFrom(receivedAt: Instant, openedAt: Instant) -> Instant {
        madeBy.isExactly(Actor.policy.name) && madeAt == openedAt ? receivedAt : madeAt
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

    /// Why it was settled, else why it was made in place of another.
    public var reason: String? { settlement?.reason ?? reasonMade }
}
