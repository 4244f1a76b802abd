/// The days, ISO 8601 weeks or months of a report, as they are counted in its time zone. It is asked for all that is
/// counted, and remembers the zone's offset on each day of UTC, as finding it out costs more than all the rest.
struct ReportCalendar {
    private let period: ReportPeriod
    private let zone: Zone
    /// The zone's offset from UTC in milliseconds by day of UTC since 1970; nil on days when it changes.
    private var offsets: [Int64: Int64?] = [:]

    private static let millisecondsPerDay: Int64 = 86_400_000

    init(_ period: ReportPeriod, in zone: Zone) {
        self.period = period
        self.zone = zone
    }

    /// The first day of the period that `instant` lies in, in days since 1970-01-01.
    mutating func firstDay(of instant: Instant) -> Int {
        let local = instant.milliseconds + offset(at: instant)
        let day = Int(local.flooredDivision(by: Self.millisecondsPerDay).quotient)
        switch period {
        case .day: return day
        case .week: return day - ISOWeek.weekday(ofDay: day)
        case .month: return day - CivilDate(daysSince1970: day).day + 1
        }
    }

    /// What the period that begins with that day is called: `2026-03-01`, `2026-W09`, `2026-03`.
    func name(ofPeriodFrom firstDay: Int) -> String {
        let date = CivilDate(daysSince1970: firstDay)
        switch period {
        case .day: return "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))"
        case .week:
            let week = ISOWeek(ofDay: firstDay)
            return "\(week.year.padded(4))-W\(week.number.padded(2))"
        case .month: return "\(date.year.padded(4))-\(date.month.padded(2))"
        }
    }

    private mutating func offset(at instant: Instant) -> Int64 {
        let day = instant.milliseconds.flooredDivision(by: Self.millisecondsPerDay).quotient
        let known: Int64?
        if let remembered = offsets[day] {
            known = remembered
        } else {
            let start = Instant(milliseconds: day * Self.millisecondsPerDay)
            let offset = zone.offset(at: start)
            known = offset == zone.offset(at: start + .days(1)) ? offset : nil
            offsets[day] = .some(known)
        }
        return known ?? zone.offset(at: instant)
    }
}

extension Int {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}

extension ReportPeriod {
    /// What the days, weeks or months are called of which some lies in `[from, to)`, in order of time: the keys of a report's
    /// groups, with those that it leaves out as nothing was of them. Nil where there are more than `limit`.
    public func names(from: Instant, to: Instant, in zone: Zone, upTo limit: Int) -> [String]? {
        guard from < to else { return [] }
        var calendar = ReportCalendar(self, in: zone)
        let last = calendar.firstDay(of: to.lastBeforeDue)
        var day = calendar.firstDay(of: from)
        var names: [String] = []
        while day <= last {
            guard names.count < limit else { return nil }
            names.append(calendar.name(ofPeriodFrom: day))
            switch self {
            case .day: day += 1
            case .week: day += 7
            case .month:
                // 31 days after the first of a month it is the next one.
                day += 32 - CivilDate(daysSince1970: day + 31).day
            }
        }
        return names
    }
}
