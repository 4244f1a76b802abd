/// What one date, or several, gave on the way to a due.
public struct BusinessStep: Sendable, Hashable {
    /// What it is about.
    public enum Kind: String, Vocabulary {
        /// The date that days are counted from, open or not.
        case start
        /// Open time of a date was taken.
        case open
        /// The date is open, but none of its hours was left.
        case over
        /// It is closed, or they are.
        case closed
        /// The date, or each of them that is open, was counted as a day.
        case counted
        /// Several dates, of which nothing else is to be said than what they gave together.
        case together
        /// The date that it is due on.
        case due
    }

    /// What it is about.
    public let kind: Kind
    /// The first date.
    public let first: CivilDate
    /// The last one; the same where it is one date.
    public internal(set) var last: CivilDate
    /// By whose clocks its dates and hours are.
    public let zone: Zone
    /// What the special day is called; nil for any other, and for several dates.
    public var name: String?
    /// Whose open time was taken, in order; of one date alone.
    public var hours: [BusinessHours] = []
    /// How much open time was taken.
    public var taken = ElapsedTime.zero
    /// How many of the dates are open.
    public var openDates = 0
    /// How many of them are special.
    public var specialDates = 0
    /// Where days are counted: how many there were by its end.
    public var days: Int?
    /// When something is due, or goes on in hours.
    public var at: Instant?
    /// Which time of the date that is.
    public var time: DueTime?
}

/// Open time of a date that was taken.
public struct BusinessHours: Sendable, Hashable {
    /// Its first instant.
    public let from: Instant
    /// The first one after it.
    public let to: Instant
}
