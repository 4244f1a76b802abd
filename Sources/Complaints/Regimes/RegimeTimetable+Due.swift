// How a clock's due is found. Hours are elapsed time. All else is counted in dates of the calendar's zone, and becomes an instant
// last: so 8 weeks are 56 dates, whether clocks are changed among them or not.
extension RegimeTimetable {
    /// When a clock is due that something starts at an instant.
    ///
    /// Day 0 is the date of that instant; where the calendar has it closed and the regime says so, the next open one, for what
    /// reached the desk. Days, weeks and months are those of everybody; a business day is a date that the calendar has open.
    ///
    /// - Throws: `BusinessDueRefusal`: there are not so many open dates, or it is too far off.
    public func due(_ clock: RegimeClock, from anchor: Instant) throws(BusinessDueRefusal) -> ClockDue {
        let end = try end(of: clock.length, of: clock, from: ClockStart(try dayZero(of: clock, from: anchor)))
        return ClockDue(
            instant: end.instant,
            explained: "\(regime.name), version \(regime.version), \(clock.name): \(end.words) "
                + "(\(calendar.basis(from: anchor, to: end.instant)))")
    }

    /// How far a clock may be extended that something starts at an instant; nil where it may not be. It is never before the clock
    /// is due.
    ///
    /// - Throws: `BusinessDueRefusal`, as `due`.
    public func latest(_ clock: RegimeClock, from anchor: Instant) throws(BusinessDueRefusal) -> Instant? {
        guard let `extension` = clock.`extension` else { return nil }
        let start = ClockStart(try dayZero(of: clock, from: anchor))
        let due = try end(of: clock.length, of: clock, from: start)
        switch `extension`.from {
        case .anchor: return max(due.instant, try end(of: `extension`.length, of: clock, from: start).instant)
        case .due:
            var start = start
            start.day = due.day
            start.instant = due.instant
            return try end(of: `extension`.length, of: clock, from: start).instant
        }
    }

    /// Day 0 of what a clock counts from an instant on.
    private func dayZero(of clock: RegimeClock, from anchor: Instant) throws(BusinessDueRefusal) -> DayZero {
        let (date, phase) = calendar.day(at: anchor)
        let isMoved =
            switch clock.anchor {
            case .received, .stageRequested: regime.receivedClosed == .next
            case .stageOpened, .kept: false
            }
        guard isMoved, clock.length.unit != .hours, calendar.hours(on: CivilDate(daysSince1970: date)).isEmpty else {
            return DayZero(anchor: anchor, phase: phase, date: date, day: date)
        }
        var trail = DueTrail()
        let next = try calendar.openDate(1, after: date, &trail)
        return DayZero(anchor: anchor, phase: phase, date: date, day: next)
    }
}

/// The date that a clock counts from.
private struct DayZero {
    let anchor: Instant
    /// Of the calendar, by whose clocks the anchor has its date.
    let phase: TimetablePhase
    /// That of the anchor, in days since 1970.
    let date: Int
    /// Where it is closed, maybe a later one.
    let day: Int
}

/// From where on a length of time is counted.
private struct ClockStart {
    let zero: DayZero
    var instant: Instant
    var day: Int

    init(_ zero: DayZero) {
        self.zero = zero
        (instant, day) = (zero.anchor, zero.day)
    }
}

/// Where a length of time ends.
private struct ClockEnd {
    let instant: Instant
    /// The date that it is due on, which is over at 24:00; in days since 1970.
    let day: Int
    /// How it was counted.
    let words: String
}

extension RegimeTimetable {
    private func end(
        of length: ClockLength, of clock: RegimeClock, from start: ClockStart
    ) throws(BusinessDueRefusal) -> ClockEnd {
        guard length.count <= Self.mostCounted else { throw .tooFar(Timetable.horizon) }
        switch length.unit {
        case .hours:
            let instant = start.instant + .hours(Int64(length.count))
            guard instant <= .latest else { throw .tooFar(Timetable.horizon) }
            let (day, phase) = calendar.day(at: instant)
            let words =
                "\(start.instant.localText(in: start.zero.phase.zone)) and \(length.words) of elapsed time, due at "
                + instant.localText(in: phase.zone)
            return ClockEnd(instant: instant, day: day, words: words)
        case .businessDays:
            var trail = DueTrail()
            let day = try calendar.openDate(length.count, after: start.day, &trail)
            return try end(on: day, clock, start, trail, length)
        case .days: return try end(on: start.day + length.count, clock, start, nil, length)
        case .weeks: return try end(on: start.day + 7 * length.count, clock, start, nil, length)
        case .months:
            let date = CivilDate(daysSince1970: start.day).later(months: length.count)
            return try end(on: date.daysSince1970, clock, start, nil, length)
        }
    }

    /// No length has more of whatever unit: hours within the horizon.
    private static let mostCounted = 24 * Timetable.longestDays

    /// - Parameter trail: the dates before it where business days are counted.
    private func end(
        on day: Int, _ clock: RegimeClock, _ start: ClockStart, _ trail: DueTrail?, _ length: ClockLength
    ) throws(BusinessDueRefusal) -> ClockEnd {
        guard day - start.day <= Timetable.longestDays else { throw .tooFar(Timetable.horizon) }
        let (instant, time) = instant(clock.until ?? .endOfDay, on: day, start.zero)
        guard instant <= .latest else { throw .tooFar(Timetable.horizon) }
        let due = BusinessDue(
            instant: instant, start: (calendar.phase(on: start.day) ?? start.zero.phase).instant(start.day, 0, .second),
            table: calendar,
            days: BusinessDue.Days(
                count: trail.map { _ in length.count }, date: day, time: time, at: instant, trail: trail ?? DueTrail()),
            hours: nil)
        return ClockEnd(instant: instant, day: day, words: words(start, length, due, isCounted: trail != nil))
    }

    /// The instant of a time of a date, and which time that is: of a closed date the close is its end.
    private func instant(_ time: ClockTime, on day: Int, _ zero: DayZero) -> (Instant, DueTime) {
        let phase = calendar.phase(on: day) ?? zero.phase
        let end = phase.instant(day, OpenInterval.day, .second)
        switch time {
        case .endOfDay: return (end, .endOfDay)
        case .sameTime: return (phase.instant(day, showing: zero.phase.zone.clock(at: zero.anchor)), .sameTime)
        case .close:
            guard let last = calendar.hours(on: CivilDate(daysSince1970: day)).last else { return (end, .endOfDay) }
            return (calendar.close(of: day, last), .close)
        }
    }
}

// MARK: - Words
extension RegimeTimetable {
    /// `Sat 2026-04-04 closed; Tue 2026-04-07 day 0; 8 weeks on, Tue 2026-06-02, due at its end, 24:00`
    private func words(_ start: ClockStart, _ length: ClockLength, _ due: BusinessDue, isCounted: Bool) -> String {
        var parts: [String] = []
        if start.zero.day != start.zero.date, start.day == start.zero.day {
            let name = start.zero.phase.special.day(start.zero.date)?.name
            parts.append("\(dated(start.zero.date)) \(name ?? "closed")")
        }
        if isCounted {
            parts.append(due.datedWords)
        } else {
            parts.append("\(dated(start.day)) day 0")
            parts.append("\(length.words) on, \(due.datedWords)")
        }
        return parts.joined(separator: "; ")
    }

    private func dated(_ day: Int) -> String {
        let date = CivilDate(daysSince1970: day)
        return "\(date.weekday.short) \(date.iso8601)"
    }
}

extension ClockLength {
    /// `8 weeks`, `1 business day`
    public var words: String {
        let name =
            switch unit {
            case .hours: "hour"
            case .days: "day"
            case .weeks: "week"
            case .months: "month"
            case .businessDays: "business day"
            }
        return "\(count) \(name)\(count == 1 ? "" : "s")"
    }
}
