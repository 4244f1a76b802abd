import TestSupport
import Testing

@testable import Complaints

@Suite("How a due was counted")
struct BusinessDueWordsTests {
    private func due(_ table: Timetable, _ start: String, _ text: String, _ time: DueTime? = nil) throws -> BusinessDue
    {
        let request: BusinessDueRequest =
            if let date = CivilDate(text) { .on(date, at: time) } else {
                .after(try BusinessSpan(iso8601: text), at: time)
            }
        return try table.due(request, from: try Instant(rfc3339: start))
    }

    @Test(
        "is said as a desk would read it out",
        arguments: [
            (
                "2026-04-02T16:30:00+02:00", "PT4H", nil,
                "Thu 16:30-17:30 1 h; Fri Good Friday; Sat, Sun closed; Mon Easter Monday; Tue 09:00-12:00 3 h"
            ),
            ("2026-04-01T11:15:30+02:00", "PT2H", nil, "Wed 11:15:30-12:00, 13:00-14:15:30 2 h"),
            ("2026-04-01T18:00:00+02:00", "PT45M", nil, "Wed no hours left; Thu 09:00-09:45 45 min"),
            (
                "2026-04-02T16:30:00+02:00", "P2D", nil,
                "Thu day 0; Fri Good Friday; Sat, Sun closed; Mon Easter Monday; Tue day 1; Wed day 2, due at its close 17:30"
            ),
            ("2026-04-07T16:30:00+02:00", "P1D", .endOfDay, "Tue day 0; Wed day 1, due at its end, 24:00"),
            ("2026-04-07T16:30:00+02:00", "P1D", .sameTime, "Tue day 0; Wed day 1, due at 16:30"),
            (
                "2026-04-07T16:30:00+02:00", "P1DT2H", nil,
                "Tue day 0; Wed day 1 from 16:30; Wed 16:30-17:30 1 h; Thu 09:00-10:00 1 h"
            ),
            ("2026-04-07T16:30:00+02:00", "2026-04-10", nil, "Fri 2026-04-10, due at its close 17:30"),
            ("2026-12-23T17:00:00+01:00", "PT3H30M", nil, "Wed 17:00-17:30 30 min; Thu Christmas Eve 09:00-12:00 3 h"),
        ] as [(String, String, DueTime?, String)])
    func words(start: String, text: String, time: DueTime?, expected: String) throws {
        #expect(try due(CalendarSamples.easter(), start, text, time).words == expected)
    }

    @Test("names the calendar, its version or versions, the zone and the version of the time zone database")
    func basis() throws {
        let one = try due(CalendarSamples.easter(), "2026-04-01T09:00:00+02:00", "PT1H").explained
        let tzdata = try #require(ZoneDatabase.system.version)
        #expect(one == "Wed 09:00-10:00 1 h (calendar desk, version 1, Europe/Berlin, tzdata \(tzdata))")
        let moved = try Timetable([
            CalendarSamples.calendar("Europe/Berlin", version: 3),
            CalendarSamples.calendar("Europe/London", version: 5, from: "2026-04-02"),
        ])
        let two = try due(moved, "2026-04-01T16:30:00+02:00", "PT2H").explained
        #expect(two.contains("(calendar desk, versions 3, 5, Europe/Berlin then Europe/London, tzdata "), "\(two)")
    }

    @Test("has each day's hours as steps, with what was taken, which add up to all of it")
    func steps() throws {
        let due = try due(CalendarSamples.easter(), "2026-04-02T16:30:00+02:00", "PT4H")
        #expect(due.steps.map(\.kind) == [.open, .closed, .closed, .closed, .open])
        #expect(due.steps.map(\.name) == [nil, "Good Friday", nil, "Easter Monday", nil])
        #expect(
            due.steps.map(\.first.iso8601) == ["2026-04-02", "2026-04-03", "2026-04-04", "2026-04-06", "2026-04-07"])
        #expect(due.steps[2].last.iso8601 == "2026-04-05")
        #expect(due.steps.flatMap(\.hours).map { $0.to - $0.from } == [.hours(1), .hours(3)])
        #expect(due.steps.map(\.taken.milliseconds).reduce(0, +) == 14_400_000)
    }

    @Test("stays short at any distance, and adds up", arguments: [10, 100, 1000, 10_000, 18_000])
    func bounded(hours: Int64) throws {
        let special = (0..<100).flatMap { number -> [(date: String, name: String, hours: String)] in
            let date = CivilDate(daysSince1970: 20_550 + number * 31).iso8601
            return [(date, "Day \(number)", number.isMultiple(of: 3) ? "09:00-10:00" : "")]
        }
        let table = try Timetable([CalendarSamples.calendar("America/New_York", special: special)])
        let start = try Instant(rfc3339: "2026-04-02T16:30:00Z")
        let due = try table.due(.after(BusinessSpan(time: .hours(hours))), from: start)
        #expect(due.steps.count <= 64, "\(due.steps.count)")
        #expect(due.steps.map(\.taken.milliseconds).reduce(0, +) == hours * 3_600_000)
        #expect(due.words.utf8.count < 4_000)
        for (step, next) in zip(due.steps, due.steps.dropFirst()) {
            #expect(next.first.daysSince1970 == step.last.daysSince1970 + 1)
        }
        let days = Int(hours / 8)
        let later = try table.due(.after(BusinessSpan(days: max(1, days))), from: start)
        #expect(later.steps.map(\.openDates).reduce(0, +) == max(1, days))
        #expect(later.steps.count <= 64)
    }
}
