/// A version of a calendar on the dates that it is in force on. An object, as all of it goes from hand to hand for each date.
final class TimetablePhase: Sendable {
    let calendar: BusinessCalendar
    let zone: Zone
    /// Its first date, in days since 1970; `Int.min`: from ever.
    let from: Int
    /// The first date after it; `Int.max`: for good.
    let until: Int
    let special: SpecialDays
    /// By the day of the week, from Monday on.
    private let weekly: [[OpenInterval]]
    /// How much open time an ordinary week has, in milliseconds, and how many open dates.
    let week: (time: Int64, days: Int)

    init(_ calendar: BusinessCalendar, zone: Zone, until: Int) {
        self.calendar = calendar
        self.zone = zone
        self.until = until
        from = calendar.firstDay
        special = SpecialDays(calendar.specialDays)
        weekly = Weekday.allCases.map { calendar.weekly[$0] ?? [] }
        week = Self.week(weekly)
    }

    /// Of the second of two weeks, into which the first one's last night reaches as the second's does into the next.
    private static func week(_ weekly: [[OpenInterval]]) -> (time: Int64, days: Int) {
        var (end, minutes) = (0, 0)
        for day in 0..<14 {
            for interval in weekly[day % 7] {
                let opens = max(end, day * OpenInterval.day + interval.opens)
                let closes = day * OpenInterval.day + interval.closes
                if day >= 7 { minutes += max(0, closes - opens) }
                end = max(end, closes)
            }
        }
        return (Int64(minutes) * 60_000, weekly.count { !$0.isEmpty })
    }

    /// The hours of a date by the clocks: those of its special day, else of its day of the week.
    func hours(_ day: Int) -> [OpenInterval] { special.day(day)?.hours ?? ordinaryHours(day) }

    /// Those of its day of the week. 1970-01-01 was a Thursday.
    func ordinaryHours(_ day: Int) -> [OpenInterval] {
        weekly[Int(Int64(day + 3).flooredDivision(by: 7).remainder)]
    }

    /// The instants of a date's hours. What opens in a gap of the clocks, or closes there, does so at the gap's end; of two
    /// times that clocks show the same, it opens at the first and closes at the second. A date that the zone has left out has
    /// none, and what would have gone on from it over midnight is left out with it.
    func spans(_ day: Int, into spans: inout [OpenSpan]) {
        let hours = hours(day)
        guard !hours.isEmpty, bounds(day) != nil else { return }
        for interval in hours {
            let opens = instant(day, interval.opens, .first)
            let closes = instant(day, interval.closes, .second)
            if opens < closes { spans.append(OpenSpan(day: day, opens: opens, closes: closes)) }
        }
    }

    /// The same of a date that is not special, where clocks are that many seconds ahead for days.
    func spans(ordinary day: Int, offset: Int64, into spans: inout [OpenSpan]) {
        let midnight = (Int64(day) * 86_400 - offset) * 1000
        for interval in ordinaryHours(day) {
            spans.append(
                OpenSpan(
                    day: day, opens: Instant(milliseconds: midnight + Int64(interval.opens) * 60_000),
                    closes: Instant(milliseconds: midnight + Int64(interval.closes) * 60_000)))
        }
    }

    /// The instant at which clocks show a minute of a date.
    func instant(_ day: Int, _ minutes: Int, _ choice: ZoneRules.Choice) -> Instant {
        let local = Int64(day) * 86_400 + Int64(minutes) * 60
        return Instant(milliseconds: zone.rules.time(showing: local, choice) * 1000)
    }

    /// The first instant at which clocks show a time of a date, in milliseconds after midnight; in a gap of the clocks, its end.
    func instant(_ day: Int, showing clock: Int64) -> Instant {
        let local = Int64(day) * 86_400 + clock / 1000
        let shown = zone.rules.time(showing: local, .first)
        let isShown = shown + zone.rules.offset(at: shown) == local
        return Instant(milliseconds: shown * 1000 + (isShown ? clock % 1000 : 0))
    }

    /// The first instant of a date and the first one after it; nil for a date that the zone has left out.
    func bounds(_ day: Int) -> (start: Instant, end: Instant)? {
        let start = instant(day, 0, .first)
        let end = instant(day, OpenInterval.day, .second)
        return start < end ? (start, end) : nil
    }

    /// The date that clocks show at an instant, for good.
    func day(at instant: Instant) -> Int {
        zone.rules.day(at: instant.milliseconds.flooredDivision(by: 1000).quotient)
    }
}

extension BusinessCalendar {
    /// The first date that it may be in force on, in days since 1970; `Int.min`: it always was.
    var firstDay: Int { effectiveFrom?.daysSince1970 ?? .min }

    /// Whether it holds from that date on, or from an earlier one.
    package func begins(by date: CivilDate) -> Bool { effectiveFrom.map { $0 <= date } ?? true }
}
