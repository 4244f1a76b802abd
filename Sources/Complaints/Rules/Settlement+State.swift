extension Settlement.Outcome {
    /// The state of a promise due at `dueAt` that was settled like this, as the table of the design has it. `isUpheld` is
    /// that a dispute of its keep was.
    public func state(dueAt: Instant, isUpheld: Bool = false) -> PromiseState {
        if isUpheld { return .broken }
        return switch self {
        case .kept(let at): at <= dueAt ? .kept : .keptLate
        case .superseded(let at, _): at <= dueAt ? .renegotiated : .broken
        case .withdrawn(let at, let release): release.isRelease && at <= dueAt ? .withdrawn : .broken
        case .transferred: .transferred
        case .void: .void
        }
    }

    /// A keep that the service was told of only after the due instant, though it happened before. It needs evidence
    /// and stays out of the kept rate. Imported history never is one: it is recorded at the instant it happened.
    public func isBackdated(dueAt: Instant, recordedAt: Instant) -> Bool {
        guard case .kept(let at) = self else { return false }
        return at <= dueAt && recordedAt > dueAt
    }

    /// A keep in time, told of in time, within a minute of the making, or before it: nobody waited for it, so no rate counts it.
    public func isInstant(madeAt: Instant, dueAt: Instant, recordedAt: Instant) -> Bool {
        guard case .kept(let at) = self, at <= dueAt, recordedAt <= dueAt else { return false }
        return at - madeAt <= Self.instantSpan
    }

    /// How long after its making a keep at most comes that nobody waited for.
    package static let instantSpan = ElapsedTime.minutes(1)

    /// How long after `dueAt` it happened, zero when in time; nil for a promise entered by mistake, and for one that goes on
    /// elsewhere.
    public func lateness(dueAt: Instant) -> ElapsedTime? {
        switch self {
        case .void, .transferred: nil
        case .kept, .superseded, .withdrawn: max(.zero, at - dueAt)
        }
    }
}

extension PromiseState {
    /// The state at `now` of a promise that is not settled. It is still open at its very due instant.
    static func unsettled(dueAt: Instant, at now: Instant) -> PromiseState {
        now <= dueAt ? .open : .overdue
    }
}

extension Settlement.Outcome? {
    /// When a promise due at `dueAt` was ever broken, seen at `now`: as it stood on record as unsettled past its due
    /// instant, whatever the record was told later, or as it was given up without the customer's release before; nil
    /// when it was not. It goes by `recordedAt` and not by when something is said to have happened: so what was true
    /// once stays true. One whose keep was found to be none, at `upheldAt`, is broken from then on. One that was due before
    /// it was made, at `madeAt`, as the service was told of the complaint so late, was not once it was kept by then.
    func brokeAt(
        _ now: Instant, madeAt: Instant, dueAt: Instant, recordedAt: Instant?, upheldAt: Instant?
    ) -> Instant? {
        if case .kept(let at) = self, at <= dueAt, dueAt < madeAt { return upheldAt }
        if (recordedAt ?? now) > dueAt { return dueAt }
        if case .withdrawn(let at, .without) = self { return at }
        return upheldAt
    }

    /// The same where promises are counted: one that was entered by mistake is counted apart, and one that goes on
    /// elsewhere is counted there.
    func countedBrokenAt(
        _ now: Instant, madeAt: Instant, dueAt: Instant, recordedAt: Instant?, upheldAt: Instant?
    ) -> Instant? {
        switch self {
        case .void, .transferred: return nil
        case .kept, .superseded, .withdrawn, nil: break
        }
        return brokeAt(now, madeAt: madeAt, dueAt: dueAt, recordedAt: recordedAt, upheldAt: upheldAt)
    }
}
