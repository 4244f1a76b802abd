/// A zone's rule for all years, as POSIX writes it in `TZ` and RFC 9636 section 3.3.1 in a footer: its offset, and where its
/// clocks are changed twice a year, the other offset and when they are.
///
/// Which of both is called standard does not matter: in Dublin clocks are set back from that in winter.
struct PosixZone: Sendable, Hashable {
    /// Seconds ahead of UTC, outside of what `daylight` says.
    let standard: Int64
    /// Nil where clocks are never changed.
    let daylight: Daylight?

    /// The other time of a year.
    struct Daylight: Sendable, Hashable {
        /// Seconds ahead of UTC.
        let offset: Int64
        /// When it begins, by the clocks of before.
        let start: YearlyChange
        /// When it ends, by its own clocks.
        let end: YearlyChange
    }

    init(standard: Int64, daylight: Daylight? = nil) {
        self.standard = standard
        self.daylight = daylight
    }

    /// What clocks show at a time, in seconds since 1970, and from when to when at least.
    func span(at time: Int64) -> OffsetSpan {
        guard let daylight, daylight.offset != standard else {
            return OffsetSpan(offset: standard, from: .min, until: .max)
        }
        let year = CivilDate(daysSince1970: Int((time + standard).flooredDivision(by: 86_400).quotient)).year
        // Where each year's begins before the last one's has ended, it lasts for good.
        var from = Int64.min
        var current: (start: Int64, end: Int64)?
        for year in year - 2...year + 2 {
            let next = period(daylight, in: year)
            if let last = current, next.start <= last.end {
                current = (last.start, max(last.end, next.end))
                continue
            }
            if let last = current {
                if time < last.end { break }
                from = last.end
            }
            if time < next.start { return OffsetSpan(offset: standard, from: from, until: next.start) }
            current = next
        }
        guard let current else { return OffsetSpan(offset: standard, from: from, until: .max) }
        return OffsetSpan(offset: daylight.offset, from: current.start, until: current.end)
    }

    /// The daylight time that begins in a year; it may end in the next.
    private func period(_ daylight: Daylight, in year: Int) -> (start: Int64, end: Int64) {
        let start = daylight.start.seconds(in: year) - standard
        let end = daylight.end.seconds(in: year) - daylight.offset
        return (start, end > start ? end : daylight.end.seconds(in: year + 1) - daylight.offset)
    }
}

/// A day of every year, and a time on it.
struct YearlyChange: Sendable, Hashable {
    /// How the day is said.
    enum Day: Sendable, Hashable {
        /// `Jn`: 1 to 365, and 29 February is never counted.
        case ofCommonYear(Int)
        /// `n`: 0 to 365, and 29 February is counted.
        case ofYear(Int)
        /// `Mm.w.d`: in a month, the first to the fourth or (5) the last of a day of the week, Sunday 0.
        case ofMonth(month: Int, week: Int, weekday: Int)
    }

    let day: Day
    /// Seconds after the beginning of that day; up to a week before or after it.
    let time: Int64

    /// In seconds since 1970, by the clocks of the place.
    func seconds(in year: Int) -> Int64 { Int64(number(in: year)) * 86_400 + time }

    private func number(in year: Int) -> Int {
        switch day {
        case .ofYear(let day): return CivilDate.number(year, 1) + day
        case .ofCommonYear(let day):
            let isLeap = CivilDate.number(year, 3) - CivilDate.number(year, 2) == 29
            return CivilDate.number(year, 1) + day - (isLeap && day >= 60 ? 0 : 1)
        case .ofMonth(let month, let week, let weekday):
            let first = CivilDate.number(year, month)
            // 1970-01-01 was a Thursday.
            let firstWeekday = Int(Int64(first + 4).flooredDivision(by: 7).remainder)
            let day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            let next = month == 12 ? CivilDate.number(year + 1, 1) : CivilDate.number(year, month + 1)
            return day < next ? day : day - 7
        }
    }
}

extension CivilDate {
    /// Days since 1970-01-01 of the first of a month.
    fileprivate static func number(_ year: Int, _ month: Int) -> Int {
        CivilDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
    }
}
