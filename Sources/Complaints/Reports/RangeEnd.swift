/// An end of a range of time, as it was told.
public enum RangeEnd: Sendable, Hashable {
    case instant(Instant)
    /// The beginning of a day.
    case day(Instant)

    /// What happened at it, or later, lies behind it.
    public var instant: Instant {
        switch self {
        case .instant(let instant), .day(let instant): instant
        }
    }

    /// What is due at it, or later, lies behind it: where it is a day, what is due at its first instant is still of the day
    /// before.
    public var forDues: Instant {
        switch self {
        case .instant(let instant): instant
        case .day(let instant): instant.firstDueOfDay
        }
    }
}
