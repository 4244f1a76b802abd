extension Promise {
    /// Whether its owner is to be warned at `now`: it is open, and its due instant is no further off than the
    /// policy's `warn_ahead` (T3). Once it is overdue, a warning comes too late.
    public func isDueSoon(under policy: Policy, at now: Instant) -> Bool {
        state(at: now) == .open && dueAt - now <= policy.warnAhead
    }
}

extension CaseFile {
    /// Whether it is time for a promise of the case: it is open, and due soon, or in the last quarter of its span (T2).
    public func isNear(_ promise: Promise, under policy: Policy, at now: Instant) -> Bool {
        promise.isDueSoon(under: policy, at: now) || isInLastQuarter(promise, at: now)
    }

    /// Whether it is open, and in the last quarter of its span.
    public func isInLastQuarter(_ promise: Promise, at now: Instant) -> Bool {
        guard promise.state(at: now) == .open else { return false }
        let start = promise.countedFrom(receivedAt: record.receivedAt, openedAt: record.openedAt)
        let (left, span) = (promise.dueAt - now, promise.dueAt - start)
        return left.milliseconds <= span.milliseconds / 4
    }
}
