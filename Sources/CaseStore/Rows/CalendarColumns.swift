import Complaints

/// The columns of a version of a calendar, and how they become it.
enum CalendarColumns {
    /// In the order in which they are read.
    static let names = ["time_zone", "weekly", "special_days", "teams", "effective_from"]

    /// The version of that name and number, of its columns from that place on.
    static func calendar(_ row: Columns, at first: Int, named name: String, version: Int64) throws -> BusinessCalendar {
        BusinessCalendar(
            name: name, timeZone: row.text(first), weekly: try CalendarTexts.weekly(row.text(first + 1)),
            specialDays: try CalendarTexts.specialDays(row.text(first + 2)),
            teams: try CalendarTexts.teams(row.text(first + 3)), version: version,
            effectiveFrom: try CalendarTexts.date(row.optionalText(first + 4)))
    }
}
