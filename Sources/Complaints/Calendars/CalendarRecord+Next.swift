extension BusinessCalendar {
    /// The version of a calendar that comes of what was sent of it at `now`: from today on by the clocks of its zone where
    /// nothing else was said, the first one from ever. Nil where it says what the last version says, and that holds already.
    ///
    /// - Parameter last: the version before it; nil for the first.
    public static func next(
        _ request: CalendarRequest, named name: String, after last: BusinessCalendar?, at now: Instant
    ) -> BusinessCalendar? {
        var next = request.calendar(named: name, version: (last?.version ?? 0) + 1)
        next.teams = BusinessCalendar.distinct(next.teams)
        guard let last else { return next }
        let zone = ZoneDatabase.system.zone(named: next.timeZone) ?? .utc
        let today = CivilDate(of: now, in: zone)
        if next.says(the: last) {
            let isHeld = last.effectiveFrom.map { $0 <= today } ?? true
            if request.effectiveFrom.map({ $0 == last.effectiveFrom }) ?? isHeld { return nil }
        }
        next.effectiveFrom = request.effectiveFrom ?? today
        return next
    }

    /// Whether both have the same hours, special days and teams, whenever they hold.
    func says(the other: BusinessCalendar) -> Bool {
        timeZone.isExactly(other.timeZone) && weekly == other.weekly && specialDays.count == other.specialDays.count
            && zip(specialDays, other.specialDays).allSatisfy { $0.0.isExactly($0.1) }
            && teams.count == other.teams.count && zip(teams, other.teams).allSatisfy { $0.0.isExactly($0.1) }
    }

    /// Each name once, however it is spelled, as it is first.
    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<FoldedName> = []
        return names.filter { seen.insert(FoldedName($0)).inserted }
    }
}

extension SpecialDay {
    /// Whether both are the same to the letter.
    package func isExactly(_ other: SpecialDay) -> Bool {
        date == other.date && yearly == other.yearly && hours == other.hours && name.isExactly(other.name)
    }
}
