import TestSupport
import Testing

@testable import Complaints

@Suite("A step of a policy's ladder")
struct LadderStepTests {
    @Test(
        "is how far before or after due, and who hears of it",
        arguments: [
            ("-PT2H owner", "-PT2H owner"), ("PT0S supervisor", "PT0S supervisor"), ("P1D manager", "P1D manager"),
            ("PT24H  manager", "P1D manager"), ("P1D in_business manager", "P1D in_business manager"),
            ("-PT90M in_business owner", "-PT1H30M in_business owner"), ("P365D owner", "P365D owner"),
        ])
    func read(text: String, kept: String) throws {
        #expect(try TextRule.ladderStep.checked(" \(text) ") == kept)
        #expect(try LadderStep(kept).text == kept)
    }

    @Test(
        "is nothing else",
        arguments: [
            ("owner", FieldIssue.Code.invalidValue), ("PT2H", .invalidValue), ("PT2H nobody", .invalidValue),
            ("PT2H Owner", .invalidValue), ("-PT0S owner", .invalidValue), ("--PT2H owner", .invalidValue),
            ("+PT2H owner", .invalidValue), ("P1M owner", .invalidValue), ("PT0S in_business owner", .invalidValue),
            ("P1W in_business owner", .invalidValue), ("P1D business owner", .invalidValue),
            ("P1D in_business owner manager", .invalidValue), ("P366D owner", .outOfRange),
            ("-P366D in_business owner", .outOfRange),
        ])
    func refused(text: String, code: FieldIssue.Code) {
        let fault = #expect(throws: FieldFault.self) { try TextRule.ladderStep.checked(text) }
        #expect(fault?.code == code, "\(text)")
    }

    @Test(
        "lies in business time where it says so: after due as business time is counted, before it so that as much is left",
        arguments: [
            // Open from Monday to Friday, from 9 to 12 and from 13 to 17; 2026-03-02 is a Monday.
            ("2026-03-03T10:00:00Z", "PT2H", "2026-03-03T12:00:00Z"),
            ("2026-03-03T16:00:00Z", "PT2H in_business", "2026-03-04T10:00:00Z"),
            ("2026-03-06T16:00:00Z", "P1D in_business", "2026-03-09T16:00:00Z"),
            ("2026-03-03T14:00:00Z", "-PT2H in_business", "2026-03-03T11:00:00Z"),
            ("2026-03-09T10:00:00Z", "-PT2H in_business", "2026-03-06T16:00:00Z"),
            ("2026-03-08T10:00:00Z", "-PT1H in_business", "2026-03-06T16:00:00Z"),
            ("2026-03-09T16:00:00Z", "-P1D in_business", "2026-03-06T16:00:00Z"),
            ("2026-03-09T16:00:00Z", "-P2DT1H in_business", "2026-03-05T15:00:00Z"),
            ("2026-03-09T12:30:00Z", "-P1D in_business", "2026-03-06T13:00:00Z"),
            ("2026-03-10T00:00:00Z", "-P1D in_business", "2026-03-06T17:00:00Z"),
            ("2026-03-09T20:00:00Z", "-P1D in_business", "2026-03-06T17:00:00Z"),
        ])
    func business(due: String, length: String, expected: String) throws {
        let office = DeskCalendar([try CalendarSamples.calendar("UTC", "09:00-12:00 13:00-17:00")])
        let step = try LadderStep("\(length) manager")
        #expect(step.instant(due: instant(due), by: office).rfc3339 == expected)
    }

    @Test("lies in elapsed time where there is no calendar, or none that has so much open time")
    func elapsed() throws {
        let closed = DeskCalendar([try CalendarSamples.calendar("UTC", "")])
        for calendar in [nil, closed] {
            #expect(try LadderStep("P2D in_business owner").instant(due: Desk.due, by: calendar) == Desk.due + .days(2))
            #expect(
                try LadderStep("-PT2H in_business owner").instant(due: Desk.due, by: calendar) == Desk.due + .hours(-2))
        }
    }
}
