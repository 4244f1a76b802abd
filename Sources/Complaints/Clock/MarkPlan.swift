// What the clock says of a promise
//
// Marks are fixed when a promise is made, as its due instant is, and each of them is an instant: the policy as it is then says
// how many there are, and the calendar of whoever is to keep it moves warnings into their hours. No later change of a policy or
// a calendar moves them, and none takes back what was said. So what was to be said can be recounted from the promise alone, and
// a change of a policy costs nothing for what was promised before. Reminders are no marks, as there is no end of them: each is
// the first opening of a working day after the one that the promise was due on.
//
// `next` is the one place that says what has been said: whatever lies before it has, and nothing from there on. It only moves
// on, in the transaction of the entry that it moves past. What has passed meanwhile is said once: of several warnings the last,
// of several steps of the ladder the last for each who hears of them, of several reminders one; a warning that has passed with
// the due instant is not said at all, as the promise is said to be overdue. Marks that were not said are taken out, so that
// those which are left before `next` are those of the entries, one for one.

/// The marks of a promise, and up to where they have been said.
public struct MarkPlan: Sendable, Hashable {
    /// In order: those that were said, and those to come.
    public private(set) var marks: [PromiseMark]
    /// When there is something to say next; nil: never, as for what a customer promised.
    public private(set) var next: Instant?

    /// In the place of `next` for a promise of before there were marks: it has yet to get them.
    public static let unplanned = Instant.earliest

    /// A plan as it stands on record.
    public init(marks: [PromiseMark], next: Instant?) {
        self.marks = marks
        self.next = next
    }

    /// The plan of a promise that is made at `now`, or gets its marks only then: what has passed by then is not said, but for steps
    /// of the ladder past the due instant, which are climbed at once.
    ///
    /// - Parameters:
    ///   - start: from when its time counts (`Promise.countedFrom(receivedAt:openedAt:)`).
    ///   - calendar: of whoever is to keep it; nil: all hours are theirs.
    public init(
        of promise: Promise, countedFrom start: Instant, under policy: Policy, by calendar: DeskCalendar?,
        at now: Instant
    ) {
        guard promise.by == .desk, promise.isUnsettled else {
            self.init(marks: [], next: nil)
            return
        }
        let due = promise.dueAt
        var marks = Self.warnings(policy.warningMarks, from: start, due: due, by: calendar, at: now)
        for step in Self.steps(policy.ladderSteps, due: due, by: calendar, at: now) where !marks.contains(step) {
            marks.append(step)
        }
        // Most promises have one.
        if marks.count > 1 { marks.sort() }
        self.init(marks: marks, next: Self.next(marks[...], due: due, by: calendar, at: now))
    }

    private static func warnings(
        _ warnings: [WarningMark], from start: Instant, due: Instant, by calendar: DeskCalendar?, at now: Instant
    ) -> [PromiseMark] {
        guard now < due else { return [] }
        var marks: [PromiseMark] = []
        for warning in warnings {
            let nominal = warning.instant(from: start, due: due)
            guard nominal > now, due - nominal >= WarningMark.shortestLead else { continue }
            let moved = calendar?.workingMoment(for: nominal, before: due) ?? nominal
            let mark = PromiseMark(at: moved > now ? moved : nominal, kind: .dueSoon)
            if !marks.contains(mark) { marks.append(mark) }
        }
        return marks
    }

    private static func steps(
        _ steps: [LadderStep], due: Instant, by calendar: DeskCalendar?, at now: Instant
    ) -> [PromiseMark] {
        var marks: [PromiseMark] = []
        for step in steps {
            let at = step.instant(due: due, by: calendar)
            guard at > now || (due < now && at >= due) else { continue }
            marks.append(PromiseMark(at: max(at, now), kind: PromiseMark.Kind(step.hearer)))
        }
        return marks
    }

    /// What is to be said by `now` of a promise that is unsettled; after it `next` is later.
    public mutating func say(due: Instant, by calendar: DeskCalendar?, at now: Instant) -> [ClockSaying] {
        guard let next, next < now else { return [] }
        let said = marks.prefix { $0.at < next }
        let passed = marks[said.endIndex...].prefix { $0.at < now }
        let ahead = marks[passed.endIndex...]
        var last: [PromiseMark.Kind: PromiseMark] = [:]
        for mark in passed where mark.kind != .dueSoon || now <= due { last[mark.kind] = mark }
        let told = last.values.sorted()
        var sayings = told.map(ClockSaying.mark)
        // With the due instant it is said to be overdue, which is enough for as long as nobody was there to say it.
        if next > due {
            let isMark = passed.first?.at == next
            let reminder = isMark ? Self.reminder(of: due, after: next.lastBeforeDue, by: calendar) : next
            if reminder < now { sayings.append(.reminder(at: reminder)) }
        }
        self.next = Self.next(ahead, due: due, by: calendar, at: now)
        marks = Array(said) + told + ahead
        return sayings.sorted { $0.at < $1.at }
    }

    /// Whether the next instant is what a plan has that was made, or said something, at `now`.
    ///
    /// - Parameter calendar: that was theirs then.
    package func isPlanned(due: Instant, by calendar: DeskCalendar?, at now: Instant) -> Bool {
        next == Self.next(ahead, due: due, by: calendar, at: now)
    }

    /// Whether the next instant is what a plan has that passed the due instant by without a word, at nobody knows which instant
    /// until `now`.
    package func isPlanned(due: Instant, by calendar: DeskCalendar?, sometimeUntil now: Instant) -> Bool {
        guard let next, next > due else { return false }
        if ahead.first?.at == next { return true }
        return next == Self.reminder(of: due, after: next.lastBeforeDue, by: calendar)
            && next <= Self.reminder(of: due, after: max(due, now), by: calendar)
    }

    /// Whether these are the marks that the promise was made with, but for those that were not said as later ones were.
    package func comes(of made: [PromiseMark], due: Instant) -> Bool {
        guard let next else { return made.isEmpty }
        let said = marks.prefix { $0.at < next }
        return ahead.elementsEqual(made.drop { $0.at < next }) && said.allSatisfy(made.contains)
            && made.prefix { $0.at < next }.allSatisfy { mark in
                said.contains { $0.kind == mark.kind && $0.at >= mark.at } || mark.kind == .dueSoon && next > due
            }
    }

    private var ahead: ArraySlice<PromiseMark> {
        guard let next else { return [] }
        return marks.drop { $0.at < next }
    }

    /// The first of the marks to come, or the reminder before it.
    private static func next(
        _ ahead: ArraySlice<PromiseMark>, due: Instant, by calendar: DeskCalendar?, at now: Instant
    ) -> Instant {
        if let mark = ahead.first, mark.at <= max(due, now) { return mark.at }
        let reminder = reminder(of: due, after: max(due, now), by: calendar)
        return ahead.first.map { min($0.at, reminder) } ?? reminder
    }

    /// The first after an instant: as each working day opens after the one that the promise was due on; without a calendar, every 24
    /// hours from the due instant on.
    private static func reminder(of due: Instant, after last: Instant, by calendar: DeskCalendar?) -> Instant {
        if let opening = calendar?.nextWorkingDay(since: due, after: last) { return opening }
        let day = ElapsedTime.days(1).milliseconds
        return Instant(milliseconds: due.milliseconds + ((last - due).milliseconds / day + 1) * day)
    }

    /// No reminder is further off than this from the due instant, or from when the one before was said.
    package static let furthestReminder = ElapsedTime.days(Int64(Timetable.furthestOpening) + 2)
}
