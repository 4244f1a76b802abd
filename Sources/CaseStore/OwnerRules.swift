public import Complaints

/// How a store takes the names of those who keep promises.
public struct OwnerRules: Sendable {
    /// By whose days the load of those is counted who have no time zone of their own, nor a calendar.
    public var timeZone: Zone
    /// Whether only who is known is given anything.
    public var mustBeKnown: Bool

    /// By UTC, and whoever is named.
    public init(timeZone: Zone = .utc, mustBeKnown: Bool = false) {
        self.timeZone = timeZone
        self.mustBeKnown = mustBeKnown
    }

    /// By whose days their load is counted, the first choice first: their own, and those of the calendar that their team goes
    /// by. A zone that the system does not have any more is passed over.
    func zoneNames(of owner: Owner?, by calendars: CalendarBook, at now: Instant) -> [String] {
        zoneNames(own: owner?.fields.timeZone, team: owner?.fields.team, by: calendars, at: now)
    }

    private func zoneNames(own: String?, team: String?, by calendars: CalendarBook, at now: Instant) -> [String] {
        var names = own.map { [$0] } ?? []
        if let calendar = calendars.calendar(ofTeam: team, at: now) {
            names += calendar.timeZone(on: CivilDate(of: now, in: timeZone)).map { [$0] } ?? []
        }
        return names
    }

    /// That zone.
    func zone(of owner: Owner?, by calendars: CalendarBook, at now: Instant) -> Zone {
        zone(named: owner?.fields.timeZone, team: owner?.fields.team, by: calendars, at: now)
    }

    /// The same of somebody in a team, or of the team itself.
    ///
    /// - Parameter own: the zone that they have of their own.
    func zone(named own: String?, team: String?, by calendars: CalendarBook, at now: Instant) -> Zone {
        zoneNames(own: own, team: team, by: calendars, at: now).lazy.compactMap(ZoneDatabase.system.zone(named:)).first
            ?? timeZone
    }
}
