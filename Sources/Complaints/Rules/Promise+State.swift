extension Promise {
    /// The state at `now`, as the table of the design has it. A promise is still open at its very due instant.
    public func state(at now: Instant) -> PromiseState {
        guard let settlement else { return now <= dueAt ? .open : .overdue }
        return switch settlement.outcome {
        case .kept(let at): at <= dueAt ? .kept : .keptLate
        case .superseded(let at, _): at <= dueAt ? .renegotiated : .broken
        case .withdrawn(let at, .customerAgreed): at <= dueAt ? .withdrawn : .broken
        case .withdrawn(_, .without): .broken
        case .void: .void
        }
    }

    public var isUnsettled: Bool { settlement == nil }

    /// Whether it is from the desk to the customer: only these make a case's timeline.
    public var isToCustomer: Bool { by == .desk && to == .customer }

    /// Whether it was unsettled past its due instant at some time up to `now`, whatever became of it since.
    public func wasEverLate(at now: Instant) -> Bool {
        (settlement?.outcome.at ?? now) > dueAt
    }

    /// A keep that the service was told of only after the due instant, though it happened before. It needs evidence
    /// and stays out of the kept rate. Imported history is told of as it happened.
    public var isBackdated: Bool {
        guard let settlement, case .kept(let at) = settlement.outcome else { return false }
        return at <= dueAt && settlement.recordedAt > dueAt && !imported
    }

    /// How long after its due instant it was settled, zero when in time; nil until it is settled, and for one that
    /// was entered by mistake.
    public var lateness: ElapsedTime? {
        guard let settlement, state(at: settlement.recordedAt) != .void else { return nil }
        return max(.zero, settlement.outcome.at - dueAt)
    }

    /// How far the date has moved from the first one of the chain.
    public var totalSlip: ElapsedTime { dueAt - originalDueAt }

    /// Why it was settled, else why it was made in place of another.
    public var reason: String? { settlement?.reason ?? reasonMade }
}
