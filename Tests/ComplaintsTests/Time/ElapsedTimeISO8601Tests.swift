import Complaints
import TestSupport
import Testing

@Suite("Lengths of time are read and written as ISO 8601 durations")
struct ElapsedTimeISO8601Tests {
    @Test(
        "weeks, days, hours, minutes and seconds have a fixed length",
        arguments: [
            ("PT1S", 1000), ("PT0S", 0), ("PT0.5S", 500), ("PT0.001S", 1), ("PT1.0005S", 1000), ("PT90M", 5_400_000),
            ("PT4H", 14_400_000), ("PT4H30M", 16_200_000), ("P1D", 86_400_000), ("P2D", 172_800_000),
            ("P1W", 604_800_000), ("P1W1D", 691_200_000), ("P1DT12H", 129_600_000), ("P15D", 1_296_000_000),
            ("P1DT2H3M4.056S", 93_784_056), ("PT36H", 129_600_000), ("P007D", 604_800_000),
        ])
    func reads(_ text: String, _ milliseconds: Int64) throws {
        #expect(try ElapsedTime(iso8601: text).milliseconds == milliseconds)
    }

    @Test(
        "what is no duration is refused",
        arguments: [
            "", "P", "PT", "T1H", "1D", "P1", "PD", "P1DT", "P1H", "PT1D", "PT1W", "P1D1D", "P1D1W", "PT1M1H",
            "PT1S1M", "-P1D", "P-1D", "P+1D", "p1d", "P1d", "P1.5D", "PT1.5H", "PT.5S", "PT1.S", "PT1,5S", "P1D ",
            " P1D", "P1DT1H ", "PTT1H", "P1DT1HT1M", "P1٣D", "two days", "PT9999999999999S", "P999999999999W",
            "P104249991375D",
        ])
    func refuses(_ text: String) {
        #expect(throws: ElapsedTimeSyntaxError.malformed) { try ElapsedTime(iso8601: text) }
    }

    @Test("years and months depend on the calendar, and that is said", arguments: ["P1Y", "P1M", "P1Y2M", "P2M1D"])
    func refusesCalendarUnits(_ text: String) {
        #expect(throws: ElapsedTimeSyntaxError.calendarUnits) { try ElapsedTime(iso8601: text) }
    }

    @Test(
        "the shortest form is written",
        arguments: [
            (0, "PT0S"), (1, "PT0.001S"), (20, "PT0.020S"), (300, "PT0.300S"), (1000, "PT1S"), (60_000, "PT1M"),
            (3_600_000, "PT1H"), (86_400_000, "P1D"), (604_800_000, "P7D"), (129_600_000, "P1DT12H"),
            (93_784_056, "P1DT2H3M4.056S"), (86_400_001, "P1DT0.001S"),
        ])
    func writes(_ milliseconds: Int64, _ text: String) {
        #expect(ElapsedTime(milliseconds: milliseconds).iso8601 == text)
    }

    @Test("what is written is read again")
    func roundTrips() throws {
        var random = SeededRandom(2)
        for _ in 0..<5000 {
            let limit = Int64(1) << Int64.random(in: 1...52, using: &random)
            let span = ElapsedTime(milliseconds: .random(in: 0..<limit, using: &random))
            #expect(try ElapsedTime(iso8601: span.iso8601) == span, "\(span.iso8601)")
        }
    }
}
