/// A calendar as it is sent whole: each time it is, a new version is made of it.
public struct CalendarRequest: Sendable, Hashable {
    /// The name of its zone, as the time zone database spells it.
    public var timeZone: String
    /// The hours of each day of the week; a day without any is closed.
    public var weekly: [Weekday: [OpenInterval]]
    /// Dates with other hours.
    public var specialDays: [SpecialDay]
    /// The teams that it is for.
    public var teams: [String]
    /// The first local date that it holds on; nil: from ever.
    public var effectiveFrom: CivilDate?

    /// A calendar as it was sent.
    public init(
        timeZone: String, weekly: [Weekday: [OpenInterval]], specialDays: [SpecialDay] = [], teams: [String] = [],
        effectiveFrom: CivilDate? = nil
    ) {
        self.timeZone = timeZone
        self.weekly = weekly
        self.specialDays = specialDays
        self.teams = teams
        self.effectiveFrom = effectiveFrom
    }

    /// The version of a calendar that is made of it.
    public func calendar(named name: String, version: Int64 = 1) -> BusinessCalendar {
        BusinessCalendar(
            name: name, timeZone: timeZone, weekly: weekly, specialDays: specialDays, teams: teams, version: version,
            effectiveFrom: effectiveFrom)
    }
}
