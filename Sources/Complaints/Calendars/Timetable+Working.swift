extension Timetable {
    /// From their close, when somebody is told of what can't wait until they open again.
    private static let lastWord = ElapsedTime.minutes(-15)

    /// When somebody who works by this is told of something that was to be said at `mark` and has to be done by `due`: then, or
    /// as they open next, where they do before it is due; else just before they close for the last time before `mark`. Nil
    /// where they are not open within a month of it.
    func workingMoment(for mark: Instant, before due: Instant) -> Instant? {
        if hours(around: mark, 0).contains(where: { $0.opens <= mark && mark < $0.closes }) { return mark }
        if let opening = nextOpening(after: mark), opening < due { return opening }
        let last = hours(from: -Self.furthestOpening, around: mark, 0).filter { $0.closes <= mark }
            .max { ($0.closes, $0.opens) < ($1.closes, $1.opens) }
        return last.map { max($0.opens, $0.closes + Self.lastWord) }
    }

    /// When the first open date after the one that something was due on opens, of those that open after an instant; nil where
    /// none does within a month of that.
    func nextWorkingDay(since due: Instant, after instant: Instant) -> Instant? {
        var last = day(at: due.lastBeforeDue).day
        for span in hours(around: instant, Self.furthestOpening) where span.day > last {
            // What else a date has of hours begins no working day.
            last = span.day
            if span.opens > instant { return span.opens }
        }
        return nil
    }
}

extension DeskCalendar {
    /// See `Timetable.workingMoment`; nil, too, where its zone has no rules on this system.
    func workingMoment(for mark: Instant, before due: Instant) -> Instant? {
        try? timetable.get().workingMoment(for: mark, before: due)
    }

    /// See `Timetable.nextWorkingDay`; nil, too, where its zone has no rules on this system.
    func nextWorkingDay(since due: Instant, after instant: Instant) -> Instant? {
        try? timetable.get().nextWorkingDay(since: due, after: instant)
    }
}
