/// What a report is of: what happened, or was due, in `[from, to)`.
public enum ReportRange: Sendable, Hashable {
    /// From an instant or a day on, before another, which lies after it.
    case between(RangeEnd, RangeEnd)
    /// A length of time by the calendar, as it is at the report's instant by the clocks of a zone.
    case period(NamedPeriod, Zone)

    /// The whole record.
    public static let all = ReportRange.between(.instant(.earliest), .instant(.latest))

    /// Where it begins and ends, as of an instant.
    public func ends(at now: Instant) -> (from: RangeEnd, to: RangeEnd) {
        switch self {
        case .between(let from, let to): return (from, to)
        case .period(let period, let zone):
            let (from, to) = period.ends(at: now, in: zone)
            return (.day(from), .day(to))
        }
    }
}

/// A length of time by the calendar, told from now.
public enum NamedPeriod: String, Vocabulary {
    case today, yesterday
    /// From Monday on, as ISO 8601 has it.
    case thisWeek = "this_week"
    case lastWeek = "last_week"
    case thisMonth = "this_month"
    case lastMonth = "last_month"
    case thisYear = "this_year"

    /// Where it begins, and where what comes after it does.
    func ends(at now: Instant, in zone: Zone) -> (from: Instant, to: Instant) {
        let date = CivilDate(of: now, in: zone)
        let day = date.daysSince1970
        let monday = day - ISOWeek.weekday(ofDay: day)
        func start(_ day: Int) -> Instant { CivilDate(daysSince1970: day).start(in: zone) }
        /// Of the month with that number, counted on from this year's.
        func month(_ number: Int) -> Instant {
            let (years, month) = Int64(number - 1).flooredDivision(by: 12)
            guard let first = CivilDate(year: date.year + Int(years), month: Int(month) + 1, day: 1) else {
                preconditionFailure("every month has a first day")
            }
            return first.start(in: zone)
        }
        switch self {
        case .today: return (start(day), start(day + 1))
        case .yesterday:
            // Where a zone has left one out, it is the one before that.
            let last = CivilDate(of: Instant(milliseconds: start(day).milliseconds - 1), in: zone)
            return (last.start(in: zone), start(day))
        case .thisWeek: return (start(monday), start(monday + 7))
        case .lastWeek: return (start(monday - 7), start(monday))
        case .thisMonth: return (month(date.month), month(date.month + 1))
        case .lastMonth: return (month(date.month - 1), month(date.month))
        case .thisYear: return (month(1), month(13))
        }
    }
}
