/// A date with the instant at which a desk begins to work on it.
package struct DayOpening: Sendable, Hashable {
    /// By the clocks of its calendar.
    package let date: CivilDate
    /// When the first hours of the date begin.
    package let at: Instant
}

extension Timetable {
    /// So many dates off an opening is looked for: a desk that opens later than that is closed.
    private static let furthestDate = 731

    /// When the hours of a date begin; nil where it is closed.
    private func opening(on day: Int) -> DayOpening? {
        let date = CivilDate(daysSince1970: day)
        return hours(on: date).map(\.opens).min().map { DayOpening(date: date, at: $0) }
    }

    /// The first date after another one that begins at an instant or later.
    ///
    /// - Parameters:
    ///   - last: the date after which to look; nil: any.
    ///   - bound: what begins later is not looked for.
    ///   - isMeant: whether it counts.
    func nextDay(
        from start: Instant, after last: CivilDate?, upTo bound: Instant?, where isMeant: (DayOpening) -> Bool
    ) -> DayOpening? {
        let today = day(at: start).day
        // Where a version in another zone begins, clocks leap by a day at most.
        let first = max(today - 1, last.map { $0.daysSince1970 + 1 } ?? .min)
        for day in first..<max(first, today) + Self.furthestDate {
            guard let opening = opening(on: day), opening.at >= start else { continue }
            if let bound, opening.at > bound { return nil }
            if isMeant(opening) { return opening }
        }
        return nil
    }

    /// The last date after another one that begins at an instant or later, and before another instant.
    func lastDay(
        from start: Instant, before end: Instant, after last: CivilDate?, where isMeant: (DayOpening) -> Bool
    ) -> DayOpening? {
        var day = self.day(at: end).day + 1
        let first = max(self.day(at: start).day - 1, last.map { $0.daysSince1970 + 1 } ?? .min)
        while day >= first {
            if let opening = opening(on: day), start <= opening.at, opening.at < end, isMeant(opening) {
                return opening
            }
            day -= 1
        }
        return nil
    }
}

extension DeskCalendar {
    /// See `Timetable.nextDay`; nil, too, where its zone has no rules on this system.
    package func nextDay(
        from start: Instant, after last: CivilDate?, upTo bound: Instant?, where isMeant: (DayOpening) -> Bool
    ) -> DayOpening? {
        try? timetable.get().nextDay(from: start, after: last, upTo: bound, where: isMeant)
    }

    /// See `Timetable.lastDay`; nil, too, where its zone has no rules on this system.
    package func lastDay(
        from start: Instant, before end: Instant, after last: CivilDate?, where isMeant: (DayOpening) -> Bool
    ) -> DayOpening? {
        try? timetable.get().lastDay(from: start, before: end, after: last, where: isMeant)
    }
}
