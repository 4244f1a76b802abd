import Complaints
import GRDB

// When digests are ready
//
// Each of the desk who was named and takes on anything new is told once on each date that their calendar has hours on, as these
// begin. `digest_mark` has the date that was told of last, and when the next one begins, as the record is: whoever writes an owner
// or a calendar has that reckoned anew in the same transaction. Once its instant has come, nothing but the clock moves it, so that
// a change in between takes nothing away; of several dates that have begun while nobody was there the last is told of.

/// Up to where somebody of the desk was told that their digest is ready.
struct DigestMark {
    /// Whose.
    let ownerID: Int64
    /// The last date of which they were told.
    let date: CivilDate?
    /// When there is more to tell; nil: never.
    let next: Instant?

    /// In the place of `next` for somebody of before there were marks: it has yet to be reckoned.
    static let unplanned = Instant.earliest
}

/// Somebody whom the clock has something to tell of their digest.
struct ReadyDigest {
    let mark: DigestMark
    let owner: String
    let team: String?
    /// When it was to be told.
    let next: Instant
}

extension ReadTransaction {
    private static let nextRow = SQL(
        """
        SELECT next_at FROM digest_mark INDEXED BY digest_mark_by_next
        WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1
        """)

    /// When there is next a digest to tell somebody of; nil when there is none.
    func nextDigest() throws -> Instant? {
        try statements.first(Self.nextRow, db) { $0.instant(0) }
    }

    private static let readyRows = SQL(
        """
        SELECT d.owner_id, d.date, d.next_at, o.name, o.team
        FROM digest_mark d INDEXED BY digest_mark_by_next CROSS JOIN owner o ON o.id = d.owner_id
        WHERE d.next_at < ? ORDER BY d.next_at, d.owner_id LIMIT ?
        """)

    /// Those whom there was something to tell before an instant.
    func readyDigests(before now: Instant, limit: Int) throws -> [ReadyDigest] {
        var ready: [ReadyDigest] = []
        try statements.rows(
            Self.readyRows, db,
            bind: { row in
                row.add(now)
                row.add(Int64(limit))
            }
        ) { row in
            let next = row.instant(2)
            ready.append(
                ReadyDigest(
                    mark: DigestMark(ownerID: row.integer(0), date: try date(row.optionalText(1)), next: next),
                    owner: row.text(3), team: row.optionalText(4), next: next))
        }
        return ready
    }

    private static let markOfOwner = SQL("SELECT owner_id, date, next_at FROM digest_mark WHERE owner_id = ?")

    func digestMark(ofOwner id: Int64) throws -> DigestMark? {
        try statements.first(Self.markOfOwner, db, bind: { $0.add(id) }) { row in
            DigestMark(ownerID: row.integer(0), date: try date(row.optionalText(1)), next: row.optionalInstant(2))
        }
    }

    /// The first date after another one that a team begins to work on at an instant or later, by the calendar that is theirs then.
    func nextDay(ofTeam team: String?, from start: Instant, after last: CivilDate?) throws -> DayOpening? {
        let book = try calendarBook()
        var first: DayOpening?
        for entry in book.calendars(everOf: team) {
            let found = try deskCalendar(entry)?.nextDay(from: start, after: last, upTo: first?.at) { day in
                book.calendar(ofTeam: team, at: day.at)?.id == entry.id
            }
            if let found { first = found }
        }
        return first
    }

    /// The last date after another one that a team began to work on at an instant or later, and before another instant.
    func lastDay(
        ofTeam team: String?, from start: Instant, before end: Instant, after last: CivilDate?
    ) throws -> DayOpening? {
        let book = try calendarBook()
        return try book.calendars(everOf: team).compactMap { entry in
            try deskCalendar(entry)?.lastDay(from: start, before: end, after: last) { day in
                book.calendar(ofTeam: team, at: day.at)?.id == entry.id
            }
        }.max { ($0.date, $0.at) < ($1.date, $1.at) }
    }
}

extension WriteTransaction {
    private static let planDigest = SQL(
        """
        INSERT INTO digest_mark (owner_id, next_at) VALUES (?, ?)
        ON CONFLICT (owner_id) DO UPDATE SET next_at = excluded.next_at
        """)

    /// Reckons when somebody who was named is told next, as their row is now written.
    func planDigest(of owner: Owner) throws {
        let mark = try record.digestMark(ofOwner: owner.id)
        var next: Instant?
        if owner.fields.active {
            // What has come already the clock gets to.
            if let next = mark?.next, next < now { return }
            next = try record.nextDay(ofTeam: owner.fields.team, from: now, after: mark?.date)?.at
        }
        if let next { wake(at: next) }
        guard mark == nil || mark?.next != next else { return }
        try statements.run(Self.planDigest, db) { row in
            row.add(owner.id)
            row.add(next)
        }
    }

    /// The same of all of them, as a calendar is another. There are as many as a desk has people.
    func planDigests() throws {
        for owner in try record.allOwners() where owner.isNamed { try planDigest(of: owner) }
    }

    private static let moveMark = SQL(
        "UPDATE digest_mark SET date = coalesce(?, date), next_at = ? WHERE owner_id = ?")

    /// Tells somebody of their digest, and moves their mark past that.
    func tell(of digest: ReadyDigest) throws {
        let mark = digest.mark
        let day =
            digest.next == DigestMark.unplanned
            ? nil : try record.lastDay(ofTeam: digest.team, from: digest.next, before: now, after: mark.date)
        let next = try record.nextDay(ofTeam: digest.team, from: now, after: day?.date ?? mark.date)
        try statements.run(Self.moveMark, db) { row in
            row.add(day?.date.iso8601)
            row.add(next?.at)
            row.add(mark.ownerID)
        }
        guard let day else { return }
        try log(
            .digestReady(at: day.at, on: day.date, of: digest.owner, standIn: try standIn(for: digest.owner)),
            about: .owner(mark.ownerID), by: .clock)
    }
}
