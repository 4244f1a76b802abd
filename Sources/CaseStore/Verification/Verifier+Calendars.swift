import Complaints

extension Verifier {
    /// Every calendar, and every version of one, came by an entry that says of it what the rows say; and its name is folded as
    /// it is written.
    mutating func checkCalendars() throws {
        try addFirst(
            "calendars",
            """
            SELECT v.calendar_id, v.version FROM calendar_version v
            WHERE NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'calendar' AND l.about_id = v.calendar_id
                AND l.seq = v.version AND l.kind = 'calendar_updated' AND l.recorded_at = v.recorded_at)
            LIMIT 1
            """
        ) {
            "Version \($0.integer(1)) of calendar \($0.integer(0)) is there, and the log does not say that it was made."
        }
        var calendars: [(id: Int64, name: String)] = []
        var detail: String?
        try rows(
            """
            SELECT c.id, c.name, c.folded, c.recorded_at IS (SELECT v.recorded_at FROM calendar_version v
                WHERE v.calendar_id = c.id AND v.version = 1)
            FROM calendar c ORDER BY c.id
            """
        ) { row in
            calendars.append((row.integer(0), row.text(1)))
            if !row.text(1).folded.isExactly(row.text(2)) {
                detail = "The calendar \(row.text(1)) is folded otherwise than it is written."
            } else if !row.flag(3) {
                detail = "The calendar \(row.text(1)) was made at another time than its first version."
            }
            return detail == nil
        }
        if let detail { add("calendars", detail) }
        for (id, name) in calendars { try checkVersions(of: id, name) }
    }

    /// What an entry says of its version is what it has, and the version before it had.
    private mutating func checkVersions(of id: Int64, _ name: String) throws {
        var before: BusinessCalendar?
        var wrong: Int64?
        try rows(
            """
            SELECT v.version, v.time_zone, v.weekly, v.special_days, v.teams, v.effective_from, v.recorded_at, l.facts, l.texts
            FROM calendar_version v JOIN case_log l ON l.about = 'calendar' AND l.about_id = v.calendar_id
                AND l.seq = v.version
            WHERE v.calendar_id = \(id) ORDER BY v.version
            """
        ) { row in
            let version = BusinessCalendar(
                name: name, timeZone: row.text(1), weekly: try CalendarTexts.weekly(row.text(2)),
                specialDays: try CalendarTexts.specialDays(row.text(3)), teams: try CalendarTexts.teams(row.text(4)),
                version: row.integer(0), effectiveFrom: try CalendarTexts.date(row.optionalText(5)))
            let entry = LogDraft.calendarUpdated(from: before, to: version, at: row.instant(6))
            if !row.text(7).isExactly(FactCoding.encode(entry.facts))
                || !row.text(8).isExactly(FactCoding.encode(entry.texts))
            {
                wrong = version.version
            }
            before = version
            return wrong == nil
        }
        if let wrong { add("calendars", "The log says something else of version \(wrong) of calendar \(id).") }
    }
}
