// How far business time lies from an instant, to either side. After it is as `due_in_business` has it, but at the same time of
// the day; before it the same backwards, so that as much open time is left.
extension Timetable {
    /// Further back no open time is looked for.
    private static let furthestBack = 400

    /// When so much business time has passed since an instant: open dates to its clock time, moved into their hours, then open
    /// time.
    func moment(_ span: BusinessSpan, after start: Instant) -> Instant? {
        let time: DueTime? = span.time == .zero ? .sameTime : nil
        return try? due(.after(span, at: time), from: start).instant
    }

    /// When so much business time is left until an instant: open dates before its own, at its clock time, moved into their
    /// hours; before that, open time. Nil where there is not so much of it within a year.
    func moment(_ span: BusinessSpan, before end: Instant) -> Instant? {
        var cursor = end
        if span.days > 0 {
            guard let moved = sameTime(asOf: end, openDatesBefore: span.days) else { return nil }
            cursor = moved
        }
        var left = span.time.milliseconds
        guard left > 0 else { return cursor }
        // Hours that overlap count once: what closes last is taken first, and nothing of it twice.
        for span in hours(from: -Self.furthestBack, around: cursor, 0).sorted(by: { $0.closes > $1.closes }) {
            let closes = min(span.closes, cursor)
            guard closes > span.opens else { continue }
            let taken = min(left, (closes - span.opens).milliseconds)
            left -= taken
            cursor = Instant(milliseconds: closes.milliseconds - taken)
            if left == 0 { return cursor }
        }
        return nil
    }

    /// What the clocks show at an instant on the date that is open as that many are before its own. 24:00 ends a date.
    private func sameTime(asOf end: Instant, openDatesBefore count: Int) -> Instant? {
        let (last, phase) = day(at: end.lastBeforeDue)
        let clock = phase.zone.clock(at: end)
        let open = stride(from: last - 1, through: last - Self.furthestBack, by: -1).lazy.filter { day in
            !self.hours(on: CivilDate(daysSince1970: day)).isEmpty
        }
        guard let date = open.prefix(count).enumerated().first(where: { $0.offset == count - 1 })?.element,
            let phase = self.phase(on: date)
        else { return nil }
        let spans = hours(on: CivilDate(daysSince1970: date))
        let wanted = clock == 0 ? nil : phase.instant(date, showing: clock)
        guard let wanted, let span = spans.first(where: { wanted <= $0.closes }) else { return spans.last?.closes }
        return max(wanted, span.opens)
    }
}

extension DeskCalendar {
    /// See `Timetable.moment`; nil, too, where its zone has no rules on this system.
    func moment(_ span: BusinessSpan, after start: Instant) -> Instant? {
        try? timetable.get().moment(span, after: start)
    }

    /// See `Timetable.moment`; nil, too, where its zone has no rules on this system.
    func moment(_ span: BusinessSpan, before end: Instant) -> Instant? {
        try? timetable.get().moment(span, before: end)
    }
}
