import Complaints
import Testing

/// Calendars of tests, in a notation of their own: `09:00-12:00 13:00-17:30`.
enum CalendarSamples {
    static let usual = "09:00-12:00 13:00-17:30"

    /// - Parameters:
    ///   - hours: of the days from Monday to Friday, unless `weekly` says other ones.
    ///   - special: by date the name, and the hours behind a comma; a date that begins with `*` is yearly.
    static func calendar(
        _ zone: String, _ hours: String = usual, weekly: [Weekday: String] = [:],
        special: [(date: String, name: String, hours: String)] = [], version: Int64 = 1, from: String? = nil
    ) throws -> BusinessCalendar {
        var days: [Weekday: [OpenInterval]] = [:]
        for day in Weekday.allCases {
            let isWorkday = day != .sat && day != .sun
            days[day] = try intervals(weekly[day] ?? (isWorkday ? hours : ""))
        }
        return BusinessCalendar(
            name: "desk", timeZone: zone, weekly: days,
            specialDays: try special.map { day in
                let date = try #require(CivilDate(day.date.drop { $0 == "*" }))
                return SpecialDay(
                    date: date, name: day.name, hours: try intervals(day.hours), yearly: day.date.hasPrefix("*"))
            }, version: version, effectiveFrom: try from.map { try #require(CivilDate($0)) })
    }

    static func intervals(_ text: String) throws -> [OpenInterval] {
        try text.split(separator: " ").map { part in
            let ends = part.split(separator: "-")
            return try #require(OpenInterval(from: ends[0], to: ends[1]))
        }
    }

    /// About Easter 2026 in Berlin.
    static func easter() throws -> Timetable {
        try Timetable([
            calendar(
                "Europe/Berlin",
                special: [
                    ("2026-04-03", "Good Friday", ""), ("2026-04-06", "Easter Monday", ""),
                    ("*2026-12-24", "Christmas Eve", "09:00-12:00"), ("*2026-12-25", "Christmas Day", ""),
                ])
        ])
    }
}
