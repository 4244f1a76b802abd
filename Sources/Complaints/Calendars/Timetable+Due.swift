// How a due is found. Dates are gone through from the start on, whole weeks at once where one is as the other, so that a
// year costs what its special days and changes of clocks do.
extension Timetable {
    /// Nothing is looked for further off.
    public static let horizon = Limits.longestMaxSpan

    /// When something is due that is asked for at an instant.
    ///
    /// - `PT4H`: open time is taken in real seconds from the start on; due is the earliest instant at which it is used up, so
    ///   the close and not the next opening.
    /// - `P2D`: the second open date after the start's own, be that open or not; at its close, unless it says another time.
    ///   Hours of two dates that overlap close together, at the later end.
    /// - `P2DT4H`: that date at the start's clock time, moved into its hours; then open time from there.
    /// - a date: at its close, unless it says another time; of a date that is closed there are only the end of the day and what
    ///   clocks show.
    ///
    /// - Throws: `BusinessDueRefusal`, whatever the calendar: without open time too.
    public func due(_ request: BusinessDueRequest, from start: Instant) throws(BusinessDueRefusal) -> BusinessDue {
        let (day, phase) = day(at: start)
        let startDate = DueStart(instant: start, day: day, phase: phase)
        switch request {
        case .after(let span, let time):
            guard time == nil || span.time == .zero else { throw .timeBesideHours }
            guard span.days > 0 else { return try after(span.time, startDate, DueTrail()) }
            guard span.days <= Self.longestDays else { throw .tooFar(Self.horizon) }
            var trail = DueTrail()
            let date = try openDate(span.days, after: day, &trail)
            guard span.time == .zero else {
                let from = try instant(.sameTime, on: date, startDate)
                let days = BusinessDue.Days(count: span.days, date: date, time: .sameTime, at: from, trail: trail)
                let (day, phase) = self.day(at: from)
                var due = try after(span.time, DueStart(instant: from, day: day, phase: phase), DueTrail())
                due.start = start
                due.days = days
                return due
            }
            return try due(on: date, time ?? .close, startDate, trail, days: span.days)
        case .on(let date, let time):
            let day = date.daysSince1970
            guard day - startDate.day <= Self.longestDays else { throw .tooFar(Self.horizon) }
            return try due(on: day, time ?? .close, startDate, DueTrail(), days: nil)
        }
    }

    static let longestDays = Int(horizon.milliseconds / 86_400_000)

    /// At a time of a date.
    private func due(
        on day: Int, _ time: DueTime, _ start: DueStart, _ trail: DueTrail, days: Int?
    ) throws(BusinessDueRefusal) -> BusinessDue {
        let instant = try instant(time, on: day, start)
        guard instant > start.instant else {
            let zone = (phase(on: day) ?? phases[0]).zone
            throw .notAfterStart(instant, local: "\(instant.localText(in: zone)) in \(zone.name)")
        }
        guard instant <= .latest else { throw .tooFar(Self.horizon) }
        return BusinessDue(
            instant: instant, start: start.instant, table: self,
            days: BusinessDue.Days(count: days, date: day, time: time, at: instant, trail: trail), hours: nil)
    }
}

/// Where something begins to count.
private struct DueStart {
    let instant: Instant
    /// Its date, in days since 1970.
    let day: Int
    /// Of the calendar, in force on that date.
    let phase: TimetablePhase

    /// What clocks show then, in milliseconds after midnight.
    var clock: Int64 { phase.zone.clock(at: instant) }
}

// MARK: - Hours
extension Timetable {
    /// When that much open time from the start on is used up.
    private func after(
        _ time: ElapsedTime, _ start: DueStart, _ empty: DueTrail
    ) throws(BusinessDueRefusal) -> BusinessDue {
        var trail = empty
        var spans: [OpenSpan] = []
        var left = time.milliseconds
        // All before it is taken, or does not count.
        var cursor = start.instant
        // Hours of the dates before may still go on.
        var walk = DayWalk(self, from: start.day - 3)
        let last = start.day + Self.longestDays
        while walk.day <= last {
            if walk.day >= start.day + 3, let weeks = weeks(walk, before: left, by: walk.week.time, last) {
                let length = Int64(weeks) * 7 * 86_400_000
                let taken = Int64(weeks) * walk.week.time
                trail.add(
                    weeks: DueTrail.Entry(
                        first: walk.day, last: walk.day + weeks * 7 - 1, taken: taken, open: weeks * walk.week.days,
                        cursor: cursor))
                left -= taken
                cursor = Instant(milliseconds: cursor.milliseconds + length)
                walk.skip(weeks: weeks)
                continue
            }
            let (before, isPlain) = ((left: left, cursor: cursor), walk.isPlain)
            let days = walk.next(into: &spans)
            var due: Instant?
            for span in spans where due == nil {
                let opens = max(span.opens, cursor)
                guard span.closes > opens else { continue }
                let taken = min(left, (span.closes - opens).milliseconds)
                left -= taken
                cursor = Instant(milliseconds: opens.milliseconds + taken)
                if left == 0 { due = cursor }
            }
            let taken = before.left - left
            if taken > 0 || days.upperBound > start.day {
                trail.add(
                    DueTrail.Entry(
                        first: max(days.lowerBound, taken > 0 ? days.lowerBound : start.day), last: days.upperBound - 1,
                        taken: taken, open: openDays(days, spans), special: isPlain ? 0 : specialDays(days),
                        cursor: before.cursor))
            }
            if let due {
                guard due <= .latest else { break }
                return BusinessDue(instant: due, start: start.instant, table: self, days: nil, hours: trail)
            }
        }
        throw .notEnoughOpenTime(calendar: phases[0].calendar.name, within: Self.horizon)
    }

    /// How many whole weeks can be gone over at once without using up what is left; nil when none.
    private func weeks(_ walk: DayWalk, before left: Int64, by each: Int64, _ last: Int) -> Int? {
        // Where nothing is open, to the end of it.
        let most = each > 0 ? Int((left - 1) / each) : .max
        let weeks = min(walk.weeks, most, (last - walk.day) / 7 + 1)
        return weeks > 0 ? weeks : nil
    }

    private func openDays(_ days: Range<Int>, _ spans: [OpenSpan]) -> Int {
        if days.count == 1 { return spans.isEmpty ? 0 : 1 }
        return days.count { day in spans.contains { $0.day == day } }
    }

    private func specialDays(_ days: Range<Int>) -> Int {
        days.count { day in phase(on: day)?.special.day(day) != nil }
    }
}

// MARK: - Days
extension Timetable {
    /// The date that is open as that many are after that of the start.
    func openDate(
        _ count: Int, after start: Int, _ trail: inout DueTrail
    ) throws(BusinessDueRefusal) -> Int {
        var spans: [OpenSpan] = []
        var left = count
        let day = start + 1
        let last = start + Self.longestDays
        var walk = DayWalk(self, from: day)
        while walk.day <= last {
            if let weeks = weeks(walk, before: Int64(left), by: Int64(walk.week.days), last) {
                let open = weeks * walk.week.days
                trail.add(weeks: DueTrail.Entry(first: walk.day, last: walk.day + weeks * 7 - 1, open: open))
                left -= open
                walk.skip(weeks: weeks)
                continue
            }
            let isPlain = walk.isPlain
            for date in walk.next(into: &spans) where date >= day {
                let isOpen = spans.contains { $0.day == date }
                if isOpen { left -= 1 }
                trail.add(
                    DueTrail.Entry(
                        first: date, last: date, open: isOpen ? 1 : 0,
                        special: isPlain ? 0 : specialDays(date..<date + 1))
                )
                if left == 0 { return date }
            }
        }
        throw .notEnoughOpenTime(calendar: phases[0].calendar.name, within: Self.horizon)
    }

    /// The instant of a time of a date.
    private func instant(_ time: DueTime, on day: Int, _ start: DueStart) throws(BusinessDueRefusal) -> Instant {
        let date = CivilDate(daysSince1970: day)
        guard let phase = phase(on: day) else { throw closed(date, "before the calendar is in force", time) }
        guard let bounds = phase.bounds(day) else { throw .leftOut(date, zone: phase.zone.name) }
        if time == .endOfDay { return bounds.end }
        if case .clock(let minutes) = time {
            let shown = phase.zone.rules.time(showing: Int64(day) * 86_400 + Int64(minutes) * 60, .first)
            return Instant(milliseconds: shown * 1000)
        }
        var spans: [OpenSpan] = []
        phase.spans(day, into: &spans)
        guard let last = spans.last else {
            let name = phase.special.day(day)?.name
            throw closed(date, name.map { "closed: \($0)" } ?? "a \(date.weekday.name), which is closed", time)
        }
        if time == .close { return close(of: day, last) }
        let wanted = phase.instant(day, showing: start.clock)
        guard let span = spans.first(where: { wanted <= $0.closes }) else { return last.closes }
        return max(wanted, span.opens)
    }

    /// The end of a date's last hours; where a night of a date before goes on past these, its end, as nobody closes before.
    func close(of day: Int, _ last: OpenSpan) -> Instant {
        var spans: [OpenSpan] = []
        for before in day - 3..<day { phase(on: before)?.spans(before, into: &spans) }
        return spans.reduce(last.closes) { max($0, $1.closes) }
    }

    private func closed(_ date: CivilDate, _ why: String, _ time: DueTime) -> BusinessDueRefusal {
        let next = (1...31).lazy.map { CivilDate(daysSince1970: date.daysSince1970 + $0) }
            .first { !self.hours(on: $0).isEmpty }
        return .closed(date, why: why, next: next, asked: time)
    }
}
