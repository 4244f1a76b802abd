public import Complaints
import GRDB

extension ReadTransaction {
    private static let calendarByName = SQL(
        "SELECT id, name FROM calendar WHERE folded = ? AND recorded_at <= ?")
    private static let versionsOfCalendar = SQL(
        """
        SELECT version, effective_from, recorded_at FROM calendar_version
        WHERE calendar_id = ? AND recorded_at <= ? ORDER BY version
        """)
    private static let versionOfCalendar = SQL(
        """
        SELECT \(CalendarColumns.names.joined(separator: ", ")) FROM calendar_version
        WHERE calendar_id = ? AND version = ?
        """)

    /// The calendar of that name as its last version has it, or as another one does; nil when there is none of that name, or
    /// no such version. One that is shipped is there unless one of its name is on record.
    public func calendar(_ name: String, version: Int64? = nil) throws -> CalendarRecord? {
        try calendar(FoldedName(name), version: version)
    }

    /// The same of a name that is folded already.
    ///
    /// - Parameter then: as the record had it at an earlier instant than this transaction's; nil for that.
    package func calendar(
        _ name: FoldedName, version: Int64? = nil, asOf then: Instant? = nil
    ) throws -> CalendarRecord? {
        let asOf = min(then ?? asOf, asOf)
        guard let (id, name) = try named(name, by: Self.calendarByName, asOf: asOf) else {
            return (version ?? 0) == 0 ? ShippedCalendars.calendar(named: name).map(CalendarRecord.init(shipped:)) : nil
        }
        let versions = try versions(ofCalendar: id, asOf: asOf)
        guard let number = version ?? versions.last?.number, versions.contains(where: { $0.number == number }),
            let calendar = try calendar(id, name, version: number)
        else { return nil }
        return CalendarRecord(id: id, name: name, versions: versions, calendar: calendar)
    }

    /// What is known by a name, as the record had it at an instant.
    ///
    /// - Parameter statement: with the name folded, and the instant.
    func named(
        _ name: FoldedName, by statement: SQL, asOf: Instant
    ) throws -> (id: Int64, name: String)? {
        try statements.first(
            statement, db,
            bind: { row in
                row.add(name.text.string)
                row.add(asOf)
            }
        ) { (id: $0.integer(0), name: $0.text(1)) }
    }

    private func versions(ofCalendar id: Int64, asOf: Instant) throws -> [CalendarVersion] {
        var versions: [CalendarVersion] = []
        try statements.rows(
            Self.versionsOfCalendar, db,
            bind: { row in
                row.add(id)
                row.add(asOf)
            }
        ) { row in
            versions.append(
                CalendarVersion(
                    number: row.integer(0), effectiveFrom: try CalendarTexts.date(row.optionalText(1)),
                    recordedAt: row.instant(2)))
        }
        return versions
    }

    private func calendar(_ id: Int64, _ name: String, version: Int64) throws -> BusinessCalendar? {
        try statements.first(
            Self.versionOfCalendar, db,
            bind: { row in
                row.add(id)
                row.add(version)
            }
        ) { try CalendarColumns.calendar($0, at: 0, named: name, version: version) }
    }

    /// The versions of a calendar that hold on some date from `date` on (nil: on any), the first one first.
    package func versions(of record: CalendarRecord, from date: CivilDate? = nil) throws -> [BusinessCalendar] {
        if record.isShipped { return [record.calendar] }
        return try record.versions.inForce(from: date).compactMap { version in
            if version.number == record.calendar.version { return record.calendar }
            return try calendar(record.id, record.name, version: version.number)
        }
    }

    /// The versions of the calendar of that name that what is counted from an instant on goes by; nil when there is none.
    public func versions(ofCalendar name: String, from start: Instant) throws -> [BusinessCalendar]? {
        guard let record = try calendar(name) else { return nil }
        return try versions(of: record, from: CivilDate(of: start - DeskCalendar.reach, in: .utc))
    }

    /// What business time is counted on from an instant on, by the calendar of that name; nil when there is none.
    public func deskCalendar(_ name: String, from start: Instant) throws -> DeskCalendar? {
        try versions(ofCalendar: name, from: start).map { DeskCalendar($0) }
    }

    private static let linkedTeams = SQL(
        """
        SELECT c.id, c.name, v.version, v.effective_from, v.recorded_at, v.time_zone, v.teams
        FROM calendar c JOIN calendar_version v ON v.calendar_id = c.id
        WHERE c.recorded_at <= ?1 AND v.recorded_at <= ?1
        ORDER BY c.id, v.version
        """)

    /// What business time is counted on for a team, from whatever instant on; nil when there is no calendar for it.
    package func deskCalendar(ofTeam team: String?) throws -> DeskCalendar? {
        try calendarBook().calendar(ofTeam: team, at: asOf).flatMap(deskCalendar)
    }

    /// What business time is counted on by a calendar of the book.
    func deskCalendar(_ entry: CalendarBook.Entry) throws -> DeskCalendar? {
        if let calendar = deskCalendarsRead[entry.id] { return calendar }
        guard let record = try calendar(entry.name) else { return nil }
        let calendar = DeskCalendar(try versions(of: record))
        deskCalendarsRead[entry.id] = calendar
        return calendar
    }

    /// A version was written, or taken back.
    func forgetCalendars() {
        calendarsRead = nil
        deskCalendarsRead.removeAll()
    }

    /// Which calendar is whose, without the hours of any.
    package func calendarBook() throws -> CalendarBook {
        if let book = calendarsRead { return book }
        var book = CalendarBook()
        try statements.rows(Self.linkedTeams, db, bind: { $0.add(asOf) }) { row in
            book.add(
                id: row.integer(0), name: row.text(1),
                CalendarVersion(
                    number: row.integer(2), effectiveFrom: try CalendarTexts.date(row.optionalText(3)),
                    recordedAt: row.instant(4)),
                timeZone: row.text(5), teams: try CalendarTexts.teams(row.text(6)))
        }
        calendarsRead = book
        return book
    }

    /// The folded names of all calendars: of those on record, and of those that are shipped.
    package func calendarNames() throws -> Set<FoldedName> {
        ShippedCalendars.names.union(try calendarBook().names)
    }

    /// A page of all calendars, by name. There are as many as a desk has teams at most: what they are is read as a whole, and
    /// what they say for the page alone.
    public func calendars(_ request: PageRequest) throws -> Page<CalendarRecord> {
        let names = try calendarNames().sorted()
        let start = request.after.map { min(max(0, Int(clamping: $0.id)), names.count) } ?? 0
        let shown = names[start...].prefix(request.limit)
        let end = start + shown.count
        return Page(
            items: try shown.compactMap { try calendar($0) },
            next: end < names.count ? PageKey(value: nil, id: Int64(end)) : nil,
            total: request.counts ? names.count : nil, totalIsCapped: false)
    }
}
