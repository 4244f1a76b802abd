public import Complaints

/// Which entries of a log are meant, whatever they are about.
public struct EntryFilter: Sendable, Hashable {
    /// Only these; none mean any.
    public var kinds: Set<LogKind> = []
    /// Who acted, compared as names are; nil: anybody.
    public var actor: String?
    /// Only what was recorded at or after this instant.
    public var since: Instant?
    /// Only what was recorded before this instant.
    public var until: Instant?
    /// The same as a length of time by the calendar, in place of these two.
    public var period: ReportRange?

    /// Every entry.
    public init() {}

    /// Whether it may leave out something of the kinds that are meant.
    public var isNarrow: Bool { actor != nil || since != nil || until != nil || period != nil }

    /// The same with the instants at which its period begins and ends, as of an instant.
    public func ends(at now: Instant) -> EntryFilter {
        guard let ends = period?.ends(at: now) else { return self }
        var filter = self
        (filter.since, filter.until, filter.period) = (ends.from.instant, ends.to.instant, nil)
        return filter
    }
}

extension ListSQL {
    /// Only the entries of `case_log l` that a filter lets through, as of an instant.
    mutating func add(_ filter: EntryFilter, at now: Instant) {
        let filter = filter.ends(at: now)
        add("l.kind", in: filter.kinds)
        add("l.actor_id", names: filter.actor, as: .actor)
        if let since = filter.since { add("l.recorded_at >= :since", "since", .instant(since)) }
        if let until = filter.until { add("l.recorded_at < :until", "until", .instant(until)) }
    }
}
