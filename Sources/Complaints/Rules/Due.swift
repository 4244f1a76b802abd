/// Where a due instant must lie: after now, and not further off than the policy's `maxSpan`.
struct DueRule {
    let now: Instant
    let maxSpan: ElapsedTime

    init(policy: Policy, now: Instant) {
        self.now = now
        maxSpan = policy.maxSpan
    }

    /// The due instant, or what is wrong with it; neither when it could not be read in the first place.
    func resolve(_ due: DueRequest, at path: FieldPath) -> (instant: Instant?, issue: FieldIssue?) {
        switch due {
        case .at(let instant):
            if instant <= now {
                let detail = "must lie after now, \(now.rfc3339)."
                return (nil, FieldIssue(path / "due_at", .inThePast, detail))
            }
            if instant - now > maxSpan {
                let detail = "must lie within \(maxSpan.iso8601) from now, by the policy's max_span."
                return (nil, FieldIssue(path / "due_at", .outOfRange, detail))
            }
            return (instant, nil)
        case .after(let span):
            guard span >= Limits.shortestSpan, span <= maxSpan else {
                let detail = "must be from \(Limits.shortestSpan.iso8601) to \(maxSpan.iso8601), the policy's max_span."
                return (nil, FieldIssue(path / "due_in", .outOfRange, detail))
            }
            return (now + span, nil)
        case .afterBusiness:
            let detail = "There is no calendar to count business time on: give due_at or due_in."
            return (nil, FieldIssue(path / "due_in_business", .calendarMissing, detail))
        case .unreadable:
            return (nil, nil)
        }
    }
}
