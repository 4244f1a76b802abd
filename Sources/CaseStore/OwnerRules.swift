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
        var names = owner?.fields.timeZone.map { [$0] } ?? []
        if let calendar = calendars.calendar(ofTeam: owner?.fields.team, at: now) {
            names += calendar.timeZone(on: CivilDate(of: now, in: timeZone)).map { [$0] } ?? []
        }
        return names
    }

    /// That zone.
    func zone(of owner: Owner?, by calendars: CalendarBook, at now: Instant) -> Zone {
        zoneNames(of: owner, by: calendars, at: now).lazy.compactMap(ZoneDatabase.system.zone(named:)).first ?? timeZone
    }
}
