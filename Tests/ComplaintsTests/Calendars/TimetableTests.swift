import TestSupport
import Testing

@testable import Complaints

@Suite("Opening hours as instants")
struct TimetableTests {
    private func hours(_ calendars: [BusinessCalendar], _ date: String) throws -> [String] {
        let spans = try Timetable(calendars).hours(on: try #require(CivilDate(date)))
        return spans.map { "\($0.opens.rfc3339) \($0.closes.rfc3339)" }
    }

    @Test(
        "are what clocks on the wall show: an edge in a gap is at its end, of two times it opens at the first and closes at the second",
        arguments: [
            ("Europe/Berlin", "09:00-17:30", "2026-04-01", ["2026-04-01T07:00:00Z 2026-04-01T15:30:00Z"]),
            (
                "Europe/Berlin", "09:00-12:00 13:00-24:00", "2026-01-05",
                [
                    "2026-01-05T08:00:00Z 2026-01-05T11:00:00Z", "2026-01-05T12:00:00Z 2026-01-05T23:00:00Z",
                ]
            ),
            // Clocks go from 02:00 to 03:00.
            ("Europe/Berlin", "02:30-04:00", "2026-03-29", ["2026-03-29T01:00:00Z 2026-03-29T02:00:00Z"]),
            ("Europe/Berlin", "01:00-02:30", "2026-03-29", ["2026-03-29T00:00:00Z 2026-03-29T01:00:00Z"]),
            ("Europe/Berlin", "02:10-02:50", "2026-03-29", []),
            ("Europe/Berlin", "00:00-24:00", "2026-03-29", ["2026-03-28T23:00:00Z 2026-03-29T22:00:00Z"]),
            // And from 03:00 back to 02:00.
            ("Europe/Berlin", "02:30-04:00", "2026-10-25", ["2026-10-25T00:30:00Z 2026-10-25T03:00:00Z"]),
            ("Europe/Berlin", "01:00-02:30", "2026-10-25", ["2026-10-24T23:00:00Z 2026-10-25T01:30:00Z"]),
            ("Europe/Berlin", "00:00-24:00", "2026-10-25", ["2026-10-24T22:00:00Z 2026-10-25T23:00:00Z"]),
            // By half an hour, by two, and at midnight.
            ("Australia/Lord_Howe", "01:45-03:00", "2026-04-05", ["2026-04-04T14:45:00Z 2026-04-04T16:30:00Z"]),
            ("Antarctica/Troll", "00:00-06:00", "2026-03-29", ["2026-03-29T00:00:00Z 2026-03-29T04:00:00Z"]),
            ("America/Sao_Paulo", "00:00-08:00", "2018-11-04", ["2018-11-04T03:00:00Z 2018-11-04T10:00:00Z"]),
            ("Asia/Kathmandu", "09:00-10:00", "2026-11-29", ["2026-11-29T03:15:00Z 2026-11-29T04:15:00Z"]),
            ("Europe/Dublin", "00:30-02:30", "2026-10-25", ["2026-10-24T23:30:00Z 2026-10-25T02:30:00Z"]),
            // A night belongs to the day that it begins on.
            ("Europe/Berlin", "22:00-06:00", "2026-03-28", ["2026-03-28T21:00:00Z 2026-03-29T04:00:00Z"]),
            ("Europe/Berlin", "09:00-09:00", "2026-01-05", ["2026-01-05T08:00:00Z 2026-01-06T08:00:00Z"]),
        ] as [(String, String, String, [String])])
    func clocks(zone: String, hours: String, date: String, expected: [String]) throws {
        let all = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) })
        #expect(try self.hours([CalendarSamples.calendar(zone, weekly: all)], date) == expected)
    }

    @Test("a date that a zone has left out has none, nor what would have gone on from it")
    func leftOut() throws {
        let all = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, "00:00-09:00 22:00-06:00") })
        let calendar = try CalendarSamples.calendar("Pacific/Apia", weekly: all)
        #expect(try hours([calendar], "2011-12-30") == [])
        // The night before ends where the next date does: at 10:00 UTC clocks go to the 31st.
        #expect(try hours([calendar], "2011-12-29").last == "2011-12-30T08:00:00Z 2011-12-30T10:00:00Z")
    }

    @Test("a single special day goes before a yearly one, and both before the day of the week")
    func special() throws {
        let calendar = try CalendarSamples.calendar(
            "UTC",
            special: [
                ("*2026-12-24", "Christmas Eve", "09:00-12:00"), ("2027-12-24", "Move", "22:00-02:00"),
                ("2026-11-28", "Open Saturday", "10:00-14:00"), ("*2028-02-29", "Leap day", ""),
            ])
        for (date, expected) in [
            ("2025-12-24", ["2025-12-24T09:00:00Z 2025-12-24T12:00:00Z", "2025-12-24T13:00:00Z 2025-12-24T17:30:00Z"]),
            ("2026-12-24", ["2026-12-24T09:00:00Z 2026-12-24T12:00:00Z"]),
            ("2027-12-24", ["2027-12-24T22:00:00Z 2027-12-25T02:00:00Z"]),
            ("2035-12-24", ["2035-12-24T09:00:00Z 2035-12-24T12:00:00Z"]),
            ("2026-11-28", ["2026-11-28T10:00:00Z 2026-11-28T14:00:00Z"]), ("2028-02-29", []), ("2032-02-29", []),
        ] { #expect(try hours([calendar], date) == expected, "\(date)") }
    }

    @Test("the last version holds that is in force, and one from an earlier date on takes the place of those after it")
    func versions() throws {
        func version(_ number: Int64, _ hours: String, _ from: String?) throws -> BusinessCalendar {
            try CalendarSamples.calendar("UTC", hours, version: number, from: from)
        }
        let all = try [
            version(2, "10:00-11:00", "2026-06-01"), version(1, "09:00-10:00", nil),
            version(3, "11:00-12:00", "2026-07-01"),
        ]
        #expect(try hours(all, "2026-05-29") == ["2026-05-29T09:00:00Z 2026-05-29T10:00:00Z"])
        #expect(try hours(all, "2026-06-01") == ["2026-06-01T10:00:00Z 2026-06-01T11:00:00Z"])
        #expect(try hours(all, "2026-07-01") == ["2026-07-01T11:00:00Z 2026-07-01T12:00:00Z"])
        let earlier = try all + [version(4, "12:00-13:00", "2026-06-15")]
        #expect(try hours(earlier, "2026-06-12") == ["2026-06-12T10:00:00Z 2026-06-12T11:00:00Z"])
        #expect(try hours(earlier, "2026-08-03") == ["2026-08-03T12:00:00Z 2026-08-03T13:00:00Z"])
        #expect(try hours([version(1, "09:00-10:00", "2026-06-01")], "2026-05-29") == [])
    }

    @Test("without a calendar, or with one whose zone has no rules, there are none, and it is told why")
    func faults() throws {
        #expect(throws: Timetable.Fault.noCalendar) { try Timetable([]) }
        let zones = ZoneDatabase(reading: "/nonexistent")
        let calendar = try CalendarSamples.calendar("Europe/Berlin")
        #expect(throws: Timetable.Fault.zone(calendar: "desk", advice: zones.advice(for: "Europe/Berlin"))) {
            try Timetable([calendar], zones: zones)
        }
    }
}
