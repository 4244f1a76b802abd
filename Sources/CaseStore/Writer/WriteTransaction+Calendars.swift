public import Complaints
import GRDB

extension WriteTransaction {
    /// The calendar that a command is about, be it one that is shipped; nil where there is none of that name.
    public func subject(of command: CalendarCommand) throws -> CalendarRecord? {
        try record.calendar(command.name)
    }

    /// Performs a command on the calendar that it is about, as this transaction has read it.
    ///
    /// - Throws: `Refusal`.
    public func perform(_ command: CalendarCommand, on subject: CalendarRecord?, by actor: Actor) throws
        -> CalendarRecord
    {
        switch command {
        case .put(let name, let incoming): try put(incoming, named: subject?.name ?? name, after: subject, by: actor)
        }
    }

    private func put(
        _ incoming: Incoming<CalendarRequest>, named name: String, after subject: CalendarRecord?, by actor: Actor
    ) throws -> CalendarRecord {
        let request = try incoming.adding(issues(of: incoming.value, named: name)).taken()
        // What is shipped is no version of what is on record.
        let last = subject?.isShipped == true ? nil : subject?.calendar
        guard let next = BusinessCalendar.next(request, named: name, after: last, at: now) else {
            guard let subject else { preconditionFailure("the first version of a calendar is a change") }
            return subject
        }
        return try add(next, after: subject, by: actor)
    }

    /// Adds the days of a file to the version of a calendar that holds now, to those that are planned, and to those that held on
    /// dates of the file, which get these: each is followed by one with these days, from the same date on. Nothing changes
    /// where all are there already.
    ///
    /// - Throws: `Refusal`.
    public func addHolidays(
        _ incoming: Incoming<CalendarFeed?>, to subject: CalendarRecord, by actor: Actor
    ) throws -> AddedHolidays {
        guard let feed = try incoming.taken() else { preconditionFailure("a file that can't be read has issues") }
        let zone = ZoneDatabase.system.zone(named: subject.calendar.timeZone) ?? .utc
        let today = CivilDate(of: now, in: zone)
        let held = try record.versions(of: subject, from: min(today, feed.days.map(\.date).min() ?? today))
        let sorted = held.indices.map { index in
            let end = index + 1 < held.count ? held[index + 1].effectiveFrom : nil
            let isPast = end.map { $0 <= today } ?? false
            return feed.sorted(beside: held[index].specialDays) { day in
                !isPast || held[index].begins(by: day.date) && day.date < (end ?? today)
            }
        }
        let new = sorted.map(\.added)
        var calendar = subject
        // Those before the first that lacks a day stay; one behind it would not hold any more if it were not made anew.
        for (version, days) in zip(held, new).drop(while: \.1.isEmpty) {
            var next = version
            next.version = calendar.lastVersion + 1
            next.specialDays = (version.specialDays + days).sorted { $0.date < $1.date }
            guard next.specialDays.count <= Limits.specialDays else {
                throw Refusal.invalid([
                    FieldIssue(
                        .body, .tooLong,
                        "has \(days.count) days beside the \(version.specialDays.count) that there are; a calendar has at most "
                            + "\(Limits.specialDays).")
                ])
            }
            calendar = try add(next, after: calendar, by: actor)
        }
        let added = feed.days.filter { day in new.contains { $0.contains { $0.isExactly(day) } } }
        // As the version has them that held on their date, else the one that holds now.
        let current = held.lastIndex { $0.begins(by: today) } ?? 0
        let alreadyThere = sorted.prefix(current + 1).flatMap(\.alreadyThere).filter { there in
            !added.contains { $0.isExactly(there.day) }
        }
        return AddedHolidays(
            calendar: calendar, added: added, alreadyThere: alreadyThere.map(\.other), refused: feed.refused)
    }

    /// A team is in one calendar at most.
    private func issues(of request: CalendarRequest, named name: String) throws -> [FieldIssue] {
        let (book, key) = (try record.calendarBook(), FoldedName(name))
        // What teams went by in the past is past.
        let today = CivilDate(of: now, in: ZoneDatabase.system.zone(named: request.timeZone) ?? .utc)
        let start = max(request.effectiveFrom ?? today, today)
        var issues: [FieldIssue] = []
        if book[key] == nil {
            if let issue = VisibleName.issue(ofNew: name) { issues.append(issue) }
            if book.count >= Limits.calendars {
                issues.append(
                    FieldIssue(
                        .body, .outOfRange, "There are \(book.count) calendars, and no more are taken: change one."))
            }
        }
        for (index, team) in request.teams.enumerated() {
            guard let other = book.other(than: key, having: team, from: start) else {
                continue
            }
            issues.append(
                FieldIssue(
                    "teams" / String(index), .conflictingFields,
                    "\(team) is a team of the calendar \(other.name) then, and in one at a time: take it out there first."
                ))
        }
        return issues
    }

    /// Writes a version of a calendar.
    private func add(
        _ version: BusinessCalendar, after subject: CalendarRecord?, by actor: Actor
    ) throws -> CalendarRecord {
        let subject = subject?.isShipped == true ? nil : subject
        let id = try subject?.id ?? insertNamed(version.name, Self.insertCalendar, Self.nextCalendar)
        try statements.run(Self.insertVersion, db) { row in
            row.add(id)
            row.add(version.version)
            row.add(now)
            row.add(version.effectiveFrom?.iso8601)
            row.add(version.timeZone)
            row.add(CalendarTexts.teams(version.teams))
            row.add(CalendarTexts.weekly(version.weekly))
            row.add(CalendarTexts.specialDays(version.specialDays))
        }
        record.forgetCalendars()
        owners.calendars.forget()
        owners.regimes.forget()
        try planDigests()
        try log(.calendarUpdated(from: subject?.calendar, to: version, at: now), about: .calendar(id), by: actor)
        return CalendarRecord(
            id: id, name: version.name,
            versions: (subject?.versions ?? []) + [
                CalendarVersion(number: version.version, effectiveFrom: version.effectiveFrom, recordedAt: now)
            ], calendar: version)
    }

    private static let insertVersion = SQL(
        """
        INSERT INTO calendar_version (calendar_id, version, recorded_at, effective_from, time_zone, teams, weekly,
            special_days)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)

    private static let insertCalendar = SQL("INSERT INTO calendar (id, name, folded, recorded_at) VALUES (?, ?, ?, ?)")
}

extension WriteTransaction {
    /// What promises of a case are made under: its policy, with the calendar of its team.
    ///
    /// - Parameter start: what the policy promises by itself may be counted from then on, which may be long ago; nil: from now.
    func withCalendar(_ policy: Policy, ofTeam team: String?, from start: Instant? = nil) throws -> Policy {
        var policy = policy
        let from = policy.usesBusinessTime ? min(start ?? now, now) : now
        policy.calendar = try owners.calendars.calendar(ofTeam: team, from: from, record)
        return policy
    }
}
