import TestSupport
import Testing

@testable import Complaints

@Suite("A clock of a regime")
struct RegimeDueTests {
    private func due(
        _ start: String, _ clock: RegimeClock, _ closed: Regime.ReceivedClosed = .same, on calendar: Timetable? = nil
    ) throws -> String {
        let timetable = try RegimeSamples.timetable(closed, on: calendar)
        let due = try timetable.due(clock, from: try Instant(rfc3339: start))
        return due.instant.rfc3339(in: timetable.calendar.phases[0].zone)
    }

    @Test(
        "counts in dates of its calendar, which are as long as clocks make them",
        arguments: [
            // Clocks are set back on 25 October.
            ("2026-09-10T15:00:00+01:00", 8, .weeks, .endOfDay, "2026-11-06T00:00:00Z"),
            ("2026-09-10T15:00:00+01:00", 8, .weeks, .sameTime, "2026-11-05T15:00:00Z"),
            ("2026-09-10T15:00:00+01:00", 8, .weeks, .close, "2026-11-05T17:00:00Z"),
            ("2026-09-10T15:00:00+01:00", 56, .days, .sameTime, "2026-11-05T15:00:00Z"),
            ("2026-09-10T15:00:00+01:00", 1344, .hours, nil, "2026-11-05T14:00:00Z"),
            // And ahead on 29 March, where half past one is not shown.
            ("2026-03-22T01:30:00Z", 1, .weeks, .sameTime, "2026-03-29T02:00:00+01:00"),
            ("2026-03-28T12:00:00Z", 24, .hours, nil, "2026-03-29T13:00:00+01:00"),
            // Easter is from Friday to Monday.
            ("2026-04-02T16:30:00+01:00", 3, .businessDays, .close, "2026-04-09T17:00:00+01:00"),
            ("2026-04-02T16:30:00+01:00", 3, .businessDays, .endOfDay, "2026-04-10T00:00:00+01:00"),
            ("2026-04-02T18:30:00+01:00", 1, .businessDays, .sameTime, "2026-04-07T18:30:00+01:00"),
            ("2026-04-02T16:30:00+01:00", 1, .days, .endOfDay, "2026-04-04T00:00:00+01:00"),
            // The close of a date without hours is its end.
            ("2026-10-30T10:00:00Z", 8, .weeks, .close, "2026-12-26T00:00:00Z"),
            ("2026-12-23T10:00:00Z", 2, .businessDays, .close, "2026-12-29T17:00:00Z"),
            // A month has as many days as it has.
            ("2026-01-31T10:00:00Z", 1, .months, .endOfDay, "2026-03-01T00:00:00Z"),
            ("2028-01-31T10:00:00Z", 1, .months, .close, "2028-02-29T17:00:00Z"),
            ("2028-01-31T10:00:00Z", 1, .months, .sameTime, "2028-02-29T10:00:00Z"),
            ("2026-10-31T10:00:00Z", 4, .months, .sameTime, "2027-02-28T10:00:00Z"),
            ("2026-12-15T10:00:00Z", 1, .months, .sameTime, "2027-01-15T10:00:00Z"),
            ("2026-12-15T10:00:00Z", 24, .months, .sameTime, "2028-12-15T10:00:00Z"),
            // Half an hour after midnight by London's clocks.
            ("2026-07-01T23:30:00Z", 1, .days, .endOfDay, "2026-07-04T00:00:00+01:00"),
        ] as [(String, Int, ClockUnit, ClockTime?, String)])
    func dates(start: String, count: Int, unit: ClockUnit, until: ClockTime?, expected: String) throws {
        #expect(try due(start, RegimeSamples.clock(count, unit, until)) == expected)
    }

    @Test("begins on the next open date for what came on a closed one, where the regime says so")
    func closedDates() throws {
        let (saturday, three) = ("2026-04-04T11:00:00+01:00", RegimeSamples.clock(3, .businessDays))
        #expect(try due(saturday, three, .same) == "2026-04-10T00:00:00+01:00")
        #expect(try due(saturday, three, .next) == "2026-04-11T00:00:00+01:00")
        let weeks = RegimeSamples.clock(8, .weeks)
        #expect(try due(saturday, weeks, .same) == "2026-05-31T00:00:00+01:00")
        #expect(try due(saturday, weeks, .next) == "2026-06-03T00:00:00+01:00")
        // An open date is day 0, and what the desk did has its own date.
        #expect(try due("2026-04-02T20:00:00+01:00", weeks, .next) == "2026-05-29T00:00:00+01:00")
        for (anchor, isMoved) in [
            (.stageRequested, true), (.stageOpened, false), (.kept(.acknowledge), false),
        ] as [(ClockAnchor, Bool)] {
            let expected = "2026-04-\(isMoved ? "09" : "06")T00:00:00+01:00"
            #expect(try due(saturday, RegimeSamples.clock(1, .days, anchor: anchor), .next) == expected)
        }
        #expect(try due(saturday, RegimeSamples.clock(24, .hours), .next) == "2026-04-05T11:00:00+01:00")
    }

    @Test("goes by the end of a date that the zone has left out")
    func leftOut() throws {
        let samoa = try Timetable([CalendarSamples.calendar("Pacific/Apia", "09:00-17:00")])
        let start = "2011-12-29T12:00:00-10:00"
        for until in ClockTime.allCases {
            // It has no 30 December; the next day begins at once.
            let due = try due(start, RegimeSamples.clock(1, .days, until), on: samoa)
            #expect(due == "2011-12-31T00:00:00+14:00", "\(until)")
        }
        #expect(
            try due(start, RegimeSamples.clock(1, .businessDays, .close), on: samoa) == "2012-01-02T17:00:00+14:00")
    }

    @Test("is refused where it is too far off, or no date is open")
    func refused() throws {
        let start = "2026-04-02T16:30:00+01:00"
        let horizon = Timetable.horizon
        for (count, unit) in [(3651, .days), (522, .weeks), (120, .months), (87_601, .hours), (3651, .businessDays)]
            as [(Int, ClockUnit)]
        {
            let clock = RegimeSamples.clock(count, unit)
            #expect(throws: BusinessDueRefusal.self, "\(count) \(unit)") { try due(start, clock) }
        }
        #expect(throws: BusinessDueRefusal.tooFar(horizon)) { try due(start, RegimeSamples.clock(.max, .months)) }
        let closed = try Timetable([CalendarSamples.calendar("Europe/London", "")])
        let one = RegimeSamples.clock(1, .businessDays)
        #expect(throws: BusinessDueRefusal.notEnoughOpenTime(calendar: "desk", within: horizon)) {
            try due(start, one, on: closed)
        }
        // Without open dates there is none to begin on.
        #expect(throws: BusinessDueRefusal.self) { try due(start, RegimeSamples.clock(1, .days), .next, on: closed) }
        #expect(
            try due(start, RegimeSamples.clock(1, .days, .close), on: closed) == "2026-04-04T00:00:00+01:00")
    }

    @Test("may be extended as far as the regime says, from its start or from when it was due")
    func extended() throws {
        let start = try Instant(rfc3339: "2026-04-04T11:00:00+01:00")
        func latest(
            _ clock: (Int, ClockUnit, ClockTime?), _ more: (Int, ClockUnit)?, _ from: ClockExtension.Start = .due
        ) throws -> String? {
            let extended = more.map { ClockExtension(ClockLength($0.0, $0.1), from: from) }
            let clock = RegimeSamples.clock(clock.0, clock.1, clock.2, extended: extended)
            let timetable = try RegimeSamples.timetable(.next)
            return try timetable.latest(clock, from: start)?.rfc3339(in: timetable.calendar.phases[0].zone)
        }
        #expect(try latest((10, .businessDays, .endOfDay), nil) == nil)
        // From the date that it is due on, not from the one that this is the beginning of.
        #expect(try latest((10, .businessDays, .endOfDay), (10, .businessDays)) == "2026-05-06T00:00:00+01:00")
        #expect(try latest((10, .days, .endOfDay), (10, .days)) == "2026-04-28T00:00:00+01:00")
        #expect(try latest((10, .days, .sameTime), (1, .weeks)) == "2026-04-24T11:00:00+01:00")
        #expect(try latest((24, .hours, nil), (24, .hours)) == "2026-04-06T11:00:00+01:00")
        #expect(try latest((15, .businessDays, .close), (35, .businessDays), .anchor) == "2026-05-26T17:00:00+01:00")
        // What is shorter than the clock takes nothing from it.
        #expect(try latest((8, .weeks, .endOfDay), (1, .weeks), .anchor) == "2026-06-03T00:00:00+01:00")
    }

    @Test(
        "says how it was counted, as a desk would read it out",
        arguments: [
            (
                "2026-04-02T16:30:00+01:00", 3, .businessDays, .close,
                "Thu 2026-04-02 day 0; Fri 2026-04-03 Good Friday; Sat 2026-04-04, Sun 2026-04-05 closed; "
                    + "Mon 2026-04-06 Easter Monday; Tue 2026-04-07 day 1; Wed 2026-04-08 day 2; Thu 2026-04-09 day 3, due at "
                    + "its close 17:00"
            ),
            (
                "2026-04-04T11:00:00+01:00", 1, .businessDays, .endOfDay,
                "Sat 2026-04-04 closed; Tue 2026-04-07 day 0; Wed 2026-04-08 day 1, due at its end, 24:00"
            ),
            (
                "2026-04-06T11:00:00+01:00", 8, .weeks, .endOfDay,
                "Mon 2026-04-06 Easter Monday; Tue 2026-04-07 day 0; 8 weeks on, Tue 2026-06-02, due at its end, 24:00"
            ),
            (
                "2026-10-30T10:00:00Z", 8, .weeks, .close,
                "Fri 2026-10-30 day 0; 8 weeks on, Fri 2026-12-25 Christmas Day, due at its end, 24:00"
            ),
            (
                "2026-01-30T10:00:30Z", 1, .months, .sameTime,
                "Fri 2026-01-30 day 0; 1 month on, Sat 2026-02-28, due at 10:00:30"
            ),
            (
                "2026-03-28T12:00:00Z", 24, .hours, nil,
                "2026-03-28 12:00:00 and 24 hours of elapsed time, due at 2026-03-29 13:00:00"
            ),
        ] as [(String, Int, ClockUnit, ClockTime?, String)])
    func words(start: String, count: Int, unit: ClockUnit, until: ClockTime?, expected: String) throws {
        let due = try RegimeSamples.timetable(.next)
            .due(RegimeSamples.clock(count, unit, until), from: try Instant(rfc3339: start))
        let tzdata = try #require(ZoneDatabase.system.version)
        #expect(
            due.explained
                == "ombudsman, version 3, answer: \(expected) (calendar desk, version 1, Europe/London, tzdata \(tzdata))"
        )
    }

    @Test("has every word of its parts, and none else")
    func words() {
        for anchor in ClockAnchor.all { #expect(ClockAnchor(anchor.text) == anchor) }
        for product in ClockProduct.all { #expect(ClockProduct(product.text) == product) }
        #expect(ClockAnchor.all.count == 3 + PromiseKind.allCases.count)
        #expect(ClockAnchor("kept") == nil && ClockAnchor("Received") == nil && ClockProduct("deadline") == nil)
    }
}
