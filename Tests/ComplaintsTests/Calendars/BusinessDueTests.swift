import TestSupport
import Testing

@testable import Complaints

@Suite("A due in business time")
struct BusinessDueTests {
    private func request(_ text: String, _ time: DueTime?) throws -> BusinessDueRequest {
        if let date = CivilDate(text) { return .on(date, at: time) }
        return .after(try BusinessSpan(iso8601: text), at: time)
    }

    /// By the clocks of the desk, or the code of what is wrong.
    private func due(_ table: Timetable, _ start: String, _ text: String, _ time: DueTime? = nil) throws -> String {
        do {
            return try table.due(try request(text, time), from: try Instant(rfc3339: start)).local
        } catch let refusal as BusinessDueRefusal {
            return refusal.issue("due").code.rawValue
        }
    }

    @Test(
        "is as the contract has it",
        arguments: [
            // Hours are taken from the start on, or from the next opening.
            ("2026-04-02T16:30:00+02:00", "PT4H", nil, "2026-04-07T12:00:00+02:00"),
            ("2026-04-04T10:00:00+02:00", "PT1H", nil, "2026-04-07T10:00:00+02:00"),
            ("2026-04-01T12:30:00+02:00", "PT30M", nil, "2026-04-01T13:30:00+02:00"),
            // The close, and not the next opening.
            ("2026-04-01T09:00:00+02:00", "PT3H", nil, "2026-04-01T12:00:00+02:00"),
            ("2026-04-01T09:00:00+02:00", "PT7H30M", nil, "2026-04-01T17:30:00+02:00"),
            ("2026-04-01T17:29:59.5+02:00", "PT1S", nil, "2026-04-02T09:00:00+02:00"),
            // Days: the start's own is the first one not to count, open or not.
            ("2026-04-02T16:30:00+02:00", "P2D", nil, "2026-04-08T17:30:00+02:00"),
            ("2026-04-05T23:00:00+02:00", "P2D", nil, "2026-04-08T17:30:00+02:00"),
            ("2026-04-02T16:30:00+02:00", "P1D", .endOfDay, "2026-04-08T00:00:00+02:00"),
            ("2026-04-02T16:30:00+02:00", "P1D", .sameTime, "2026-04-07T16:30:00+02:00"),
            ("2026-04-02T12:30:00+02:00", "P1D", .sameTime, "2026-04-07T13:00:00+02:00"),
            ("2026-04-02T07:00:00+02:00", "P1D", .sameTime, "2026-04-07T09:00:00+02:00"),
            ("2026-04-02T20:00:00+02:00", "P1D", .sameTime, "2026-04-07T17:30:00+02:00"),
            ("2026-12-22T16:00:00+01:00", "P2D", .sameTime, "2026-12-24T12:00:00+01:00"),
            // Days, then hours from the same clock time on.
            ("2026-04-02T16:30:00+02:00", "P2DT4H", nil, "2026-04-09T12:00:00+02:00"),
            ("2026-04-04T16:00:00+02:00", "P1DT1H", nil, "2026-04-07T17:00:00+02:00"),
            ("2026-04-04T16:00:00+02:00", "P1DT1H", .close, "conflicting_fields"),
            ("2026-04-04T16:00:00+02:00", "PT1H", .sameTime, "conflicting_fields"),
            // A date.
            ("2026-04-02T16:30:00+02:00", "2026-04-10", nil, "2026-04-10T17:30:00+02:00"),
            ("2026-04-02T16:30:00+02:00", "2026-04-02", nil, "2026-04-02T17:30:00+02:00"),
            ("2026-04-02T17:30:00+02:00", "2026-04-02", nil, "in_the_past"),
            ("2026-04-02T17:30:00+02:00", "2026-04-02", .endOfDay, "2026-04-03T00:00:00+02:00"),
            ("2026-04-02T16:30:00+02:00", "2026-04-02", .sameTime, "in_the_past"),
            ("2026-04-02T16:30:00+02:00", "2026-04-01", nil, "in_the_past"),
            ("2026-04-02T16:30:00+02:00", "2026-04-06", nil, "invalid_value"),
            ("2026-04-02T16:30:00+02:00", "2026-04-06", .sameTime, "invalid_value"),
            ("2026-04-02T16:30:00+02:00", "2026-04-06", .endOfDay, "2026-04-07T00:00:00+02:00"),
            ("2026-04-02T16:30:00+02:00", "2046-04-06", nil, "out_of_range"),
            ("2026-04-02T16:30:00+02:00", "P3651D", nil, "out_of_range"),
            ("2026-04-02T16:30:00+02:00", "PT900000H", nil, "out_of_range"),
        ] as [(String, String, DueTime?, String)])
    func easter(start: String, text: String, time: DueTime?, expected: String) throws {
        #expect(try due(CalendarSamples.easter(), start, text, time) == expected)
    }

    @Test("takes open time in real seconds where clocks are changed")
    func changedClocks() throws {
        let all = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, "00:00-24:00") })
        let table = try Timetable([CalendarSamples.calendar("Europe/Berlin", weekly: all)])
        #expect(try due(table, "2026-03-28T12:00:00+01:00", "PT24H") == "2026-03-29T13:00:00+02:00")
        #expect(try due(table, "2026-10-24T12:00:00+02:00", "PT24H") == "2026-10-25T11:00:00+01:00")
        // A date with 25 hours is one.
        #expect(try due(table, "2026-10-24T12:00:00+02:00", "P1D", .endOfDay) == "2026-10-26T00:00:00+01:00")
    }

    @Test("counts a night to the day that it begins on, and goes on in it over midnight")
    func nights() throws {
        let nights = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, "22:00-06:00") })
        let table = try Timetable([
            CalendarSamples.calendar("UTC", weekly: nights, special: [("2026-04-02", "Off", "")])
        ])
        #expect(try due(table, "2026-04-01T23:00:00Z", "PT7H") == "2026-04-02T06:00:00Z")
        #expect(try due(table, "2026-04-02T03:00:00Z", "PT4H") == "2026-04-03T23:00:00Z")
        #expect(try due(table, "2026-04-01T23:00:00Z", "P1D") == "2026-04-04T06:00:00Z")
    }

    @Test("is when clocks show a time, be the desk open then or not; where they leave it out, when they go on")
    func clockTime() throws {
        let table = try CalendarSamples.easter()
        #expect(try due(table, "2026-04-01T16:30:00+02:00", "P1D", DueTime("12:00")) == "2026-04-02T12:00:00+02:00")
        #expect(
            try due(table, "2026-04-02T16:30:00+02:00", "2026-04-06", DueTime("12:30")) == "2026-04-06T12:30:00+02:00")
        #expect(
            try due(table, "2026-04-02T16:30:00+02:00", "2026-04-06", DueTime("24:00")) == "2026-04-07T00:00:00+02:00")
        #expect(
            try due(table, "2026-03-27T16:30:00+01:00", "2026-03-29", DueTime("02:30")) == "2026-03-29T03:00:00+02:00")
        #expect(
            try due(table, "2026-10-23T16:30:00+02:00", "2026-10-25", DueTime("02:30")) == "2026-10-25T02:30:00+02:00")
        #expect(try due(table, "2026-04-02T16:30:00+02:00", "2026-04-02", DueTime("12:00")) == "in_the_past")
        #expect(try due(table, "2026-04-02T16:30:00+02:00", "PT1H", DueTime("12:00")) == "conflicting_fields")
        for text in ["12", "12:60", "25:00", "24:01", "noon", "1:00", "12:00:00", "CLOSE", ""] {
            #expect(DueTime(text) == nil, "\(text)")
        }
        #expect(DueTime("09:05")?.text == "09:05" && DueTime("same_time")?.text == "same_time")
    }

    @Test("passes over a date that the zone has left out, which nothing can be due on")
    func leftOut() throws {
        let all = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, "09:00-17:00") })
        let table = try Timetable([CalendarSamples.calendar("Pacific/Apia", weekly: all)])
        #expect(try due(table, "2011-12-29T12:00:00-10:00", "P1D") == "2011-12-31T17:00:00+14:00")
        #expect(try due(table, "2011-12-29T16:00:00-10:00", "PT2H") == "2011-12-31T10:00:00+14:00")
        for time in DueTime.named.map(\.time) + [.clock(minutes: 720)] {
            #expect(try due(table, "2011-12-29T12:00:00-10:00", "2011-12-30", time) == "invalid_value")
        }
    }

    @Test("goes on in another zone where the desk moves there, in the order of instants")
    func moved() throws {
        let table = try Timetable([
            CalendarSamples.calendar("America/New_York", "20:00-23:00"),
            CalendarSamples.calendar("Asia/Tokyo", "00:00-05:00", version: 2, from: "2026-06-10"),
        ])
        // Tokyo opens its 10th of June before New York does its 9th.
        #expect(try due(table, "2026-06-09T10:30:00-04:00", "PT1H") == "2026-06-10T01:00:00+09:00")
        #expect(try due(table, "2026-06-09T10:30:00-04:00", "PT5H") == "2026-06-10T05:00:00+09:00")
        #expect(try due(table, "2026-06-09T10:30:00-04:00", "PT6H") == "2026-06-10T10:00:00+09:00")
    }

    @Test("is refused in words, at once, where a calendar has no open time", arguments: ["PT1S", "P1D", "P1DT1S"])
    func neverOpen(text: String) throws {
        let closed = try Timetable([CalendarSamples.calendar("Europe/Berlin", "")])
        #expect(try due(closed, "2026-04-02T16:30:00+02:00", text) == "out_of_range")
        // Open once, and then no more.
        let once = try Timetable([
            CalendarSamples.calendar("Europe/Berlin", "", special: [("2026-05-04", "Fair", "09:00-10:00")])
        ])
        #expect(try due(once, "2026-04-02T16:30:00+02:00", "PT1H") == "2026-05-04T10:00:00+02:00")
        #expect(try due(once, "2026-04-02T16:30:00+02:00", "P2D") == "out_of_range")
    }

    @Test("is answered whatever the start")
    func extremes() throws {
        let table = try CalendarSamples.easter()
        for start in [Instant.earliest, Instant(milliseconds: 0), .latest] {
            for text in ["PT1H", "P1D", "P2000D", "PT15000H", "P2DT1H"] {
                let due = try? table.due(try request(text, nil), from: start)
                #expect(due.map { $0.instant > start } ?? (start == .latest))
            }
        }
    }

    @Test("is said with what would be right when it is refused")
    func words() throws {
        let table = try CalendarSamples.easter()
        let start = try Instant(rfc3339: "2026-04-02T18:00:00+02:00")
        func detail(_ text: String, _ time: DueTime? = nil) throws -> String {
            do {
                _ = try table.due(try request(text, time), from: start)
                return ""
            } catch let refusal as BusinessDueRefusal {
                let issue = refusal.issue("due_on", at: "promise")
                return "\(issue.path.pointer) \(issue.detail)"
            }
        }
        #expect(
            try detail("2026-04-06")
                == "#/promise/due_on must be an open date for at=close: 2026-04-06 is closed: Easter Monday. The next open date "
                + "is 2026-04-07. at=end_of_day takes any date, and so does a time such as at=12:00.")
        #expect(try detail("2026-04-11").contains("2026-04-11 is a Saturday, which is closed."))
        #expect(
            try detail("2026-04-02")
                == "#/promise/due_on must lie after the start, but would be due at 2026-04-02T15:30:00Z (2026-04-02 17:30:00 in "
                + "Europe/Berlin): give a later date.")
        #expect(try detail("PT1H", .close).hasPrefix("#/promise/at must be left out beside hours"))
        #expect(try detail("PT90000H").contains("the calendar desk has less within P3650D"))
    }
}
