/// Where a due instant must lie: after now, and not further off than the policy's `maxSpan`. Business time is counted on the
/// calendar of the case's team, once.
struct DueRule {
    let now: Instant
    let maxSpan: ElapsedTime
    private let calendar: DeskCalendar?

    init(policy: Policy, now: Instant) {
        self.now = now
        maxSpan = policy.maxSpan
        calendar = policy.calendar
    }

    /// When something is due.
    struct Resolved {
        /// Nil where something is wrong, or it could not be read in the first place.
        var instant: Instant?
        /// How business time was counted; nil for any other.
        var explained: String?
        /// What is wrong.
        var issue: FieldIssue?
    }

    /// The due instant, or what is wrong with it; neither when it could not be read in the first place.
    func resolve(_ due: DueRequest, at path: FieldPath) -> Resolved {
        switch due {
        case .at(let instant):
            if instant <= now {
                let detail = "must lie after now, \(now.rfc3339)."
                return Resolved(issue: FieldIssue(path / "due_at", .inThePast, detail))
            }
            return bounded(Resolved(instant: instant), path / "due_at")
        case .after(let span):
            guard span >= Limits.shortestSpan, span <= maxSpan else {
                let detail = "must be from \(Limits.shortestSpan.iso8601) to \(maxSpan.iso8601), the policy's max_span."
                return Resolved(issue: FieldIssue(path / "due_in", .outOfRange, detail))
            }
            return Resolved(instant: now + span)
        case .business(let request):
            guard let calendar else { return Resolved(issue: DeskCalendar.missing(request, at: path)) }
            let (due, issue) = calendar.due(request, from: now, at: path)
            guard let due else { return Resolved(issue: issue) }
            return bounded(Resolved(instant: due.instant, explained: due.explained), path / request.field)
        case .unreadable:
            return Resolved()
        }
    }

    private func bounded(_ due: Resolved, _ path: FieldPath) -> Resolved {
        guard let instant = due.instant, instant - now > maxSpan else { return due }
        let detail = "must lie within \(maxSpan.iso8601) from now, by the policy's max_span."
        return Resolved(issue: FieldIssue(path, .outOfRange, detail))
    }
}
