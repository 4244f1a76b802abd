extension Promise {
    /// Whether its owner is to be warned at `now`: it is open, and its due instant is no further off than the
    /// policy's `warn_ahead` (T3). Once it is overdue, a warning comes too late.
    public func isDueSoon(under policy: Policy, at now: Instant) -> Bool {
        state(at: now) == .open && dueAt - now <= policy.warnAhead
    }
}
