/// That somebody of the desk is away, by the clocks where they are. What is theirs stays theirs.
public struct Absence: Sendable, Hashable {
    /// The first date.
    public let from: CivilDate
    /// The last date, which is not before the first.
    public let until: CivilDate
    /// Whom to turn to meanwhile, as the name was given; nil: nobody in particular.
    public let standIn: String?

    /// An absence as it stands on record.
    public init(from: CivilDate, until: CivilDate, standIn: String? = nil) {
        self.from = from
        self.until = until
        self.standIn = standIn
    }

    /// Whether they are away on that date.
    public func contains(_ date: CivilDate) -> Bool { from <= date && date <= until }

    /// Whether there is a date on which both are away.
    public func overlaps(_ other: Absence) -> Bool { from <= other.until && other.from <= until }

    /// Whether its stand-in is told what the clock says of a promise: the owner is away on the day on which it is said, or will be
    /// on the one on which it is due.
    public func concerns(saidOn today: CivilDate, dueOn day: CivilDate) -> Bool {
        contains(today) || today < day && contains(day)
    }

    /// The first due that belongs to it, and the first one that comes after it, by the clocks of a zone.
    public func dues(in zone: Zone) -> (first: Instant, next: Instant) {
        let next = CivilDate(daysSince1970: until.daysSince1970 + 1)
        return (from.start(in: zone).firstDueOfDay, next.start(in: zone).firstDueOfDay)
    }

    /// When that is, as a part of a sentence.
    public var words: String {
        from == until ? "on \(from.iso8601)" : "from \(from.iso8601) to \(until.iso8601)"
    }
}
