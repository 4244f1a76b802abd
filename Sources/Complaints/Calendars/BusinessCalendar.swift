/// A version of a calendar: when a desk is open, by the clocks of its zone.
public struct BusinessCalendar: Sendable, Hashable {
    /// What it is called; `default` is for teams without one of their own.
    public let name: String
    /// The name of its zone in the time zone database.
    public var timeZone: String
    /// The hours of each day of the week, in order, and apart from each other; a day without any is closed.
    public var weekly: [Weekday: [OpenInterval]]
    /// Dates with other hours, each date once as a single one and once as a yearly one; the single one holds.
    public var specialDays: [SpecialDay]
    /// The teams that it is for.
    public var teams: [String]
    /// 1, and one more with every change; 0 for one that is shipped.
    public var version: Int64
    /// The first local date that it holds on; nil: from ever. Up to the day before that of a later version.
    public var effectiveFrom: CivilDate?

    /// A version as it stands on record.
    public init(
        name: String, timeZone: String, weekly: [Weekday: [OpenInterval]], specialDays: [SpecialDay] = [],
        teams: [String] = [], version: Int64 = 1, effectiveFrom: CivilDate? = nil
    ) {
        self.name = name
        self.timeZone = timeZone
        self.weekly = weekly
        self.specialDays = specialDays
        self.teams = teams
        self.version = version
        self.effectiveFrom = effectiveFrom
    }
}
