import Complaints
import Testing

@Suite("A length of business time")
struct BusinessSpanTests {
    @Test(
        "is days and hours",
        arguments: [
            ("P2D", 2, 0), ("PT4H", 0, 14_400_000), ("PT4H30M", 0, 16_200_000), ("P2DT4H", 2, 14_400_000),
            ("PT0.5S", 0, 500), ("PT90M", 0, 5_400_000), ("PT36H", 0, 129_600_000), ("P0DT1H", 0, 3_600_000),
            ("P1DT1S", 1, 1000),
        ] as [(String, Int, Int64)])
    func read(text: String, days: Int, milliseconds: Int64) throws {
        let span = try BusinessSpan(iso8601: text)
        #expect(span.days == days && span.time.milliseconds == milliseconds)
        #expect(try BusinessSpan(iso8601: span.iso8601) == span)
    }

    @Test(
        "has no weeks, months or years, and is not nothing",
        arguments: [
            ("P1W", .calendarUnits), ("P1M", .calendarUnits), ("P1Y", .calendarUnits), ("P1WT4H", .calendarUnits),
            ("P1Y2D", .calendarUnits), ("PT0S", .empty), ("P0D", .empty), ("P0DT0H", .empty), ("", .malformed),
            ("P", .malformed), ("PT", .malformed), ("4H", .malformed), ("-P1D", .malformed), ("P1DT", .malformed),
            ("P1.5D", .malformed), ("PT1H1D", .malformed), ("P\u{661}D", .malformed),
        ] as [(String, BusinessSpan.SyntaxFault)])
    func refused(text: String, fault: BusinessSpan.SyntaxFault) {
        #expect(throws: fault) { try BusinessSpan(iso8601: text) }
        #expect(fault.detail.hasPrefix("must "))
    }

    @Test("hours stay hours, as 24 of them are no day")
    func written() throws {
        #expect(BusinessSpan(time: .hours(100)).iso8601 == "PT100H")
        #expect(BusinessSpan(days: 2, time: .minutes(61)).iso8601 == "P2DT1H1M")
        #expect(try BusinessSpan(iso8601: "PT0.25S").iso8601 == "PT0.250S")
    }
}
