extension Timetable {
    /// Further apart nobody counts open dates.
    private static let mostCounted = 1_000

    /// How many open dates are left at an instant until another one: those after its own date, up to and with the date that the
    /// other one ends, or lies in. Below zero those that have gone by since; nil where the two lie years apart.
    package func openDates(from now: Instant, until end: Instant) -> Int? {
        // 24:00 is the end of a date, and not the beginning of the next.
        let (first, last) = (day(at: now).day, day(at: end.lastBeforeDue).day)
        guard abs(last - first) <= Self.mostCounted else { return nil }
        let dates = (min(first, last)..<max(first, last)).map { CivilDate(daysSince1970: $0 + 1) }
        let count = dates.count { !hours(on: $0).isEmpty }
        return first <= last ? count : -count
    }
}

extension DeskCalendar {
    /// The same by this calendar; nil, too, where its zone has no rules on this system.
    package func openDates(from now: Instant, until end: Instant) -> Int? {
        try? timetable.get().openDates(from: now, until: end)
    }
}
