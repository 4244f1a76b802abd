import Complaints
import Foundation
import TestSupport
import Testing

@Suite("The day where somebody is")
struct LocalDayTests {
    private func zone(_ name: String) throws -> Zone { try #require(ZoneDatabase.system.zone(named: name)) }

    @Test(
        "begins and ends by the clocks there, also when they are changed",
        arguments: [
            ("UTC", "2026-03-01T23:59:59.999Z", "2026-03-01", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
            ("Asia/Singapore", "2026-03-01T16:00:00Z", "2026-03-02", "2026-03-01T16:00:00Z", "2026-03-02T16:00:00Z"),
            ("Europe/Berlin", "2026-03-29T10:00:00Z", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
            ("Europe/Berlin", "2026-10-25T10:00:00Z", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
            // Midnight is left out.
            ("Africa/Cairo", "2026-04-24T10:00:00Z", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"),
            // From midnight back to eleven: the date comes twice.
            ("Africa/Cairo", "2026-10-29T12:00:00Z", "2026-10-29", "2026-10-28T21:00:00Z", "2026-10-29T22:00:00Z"),
            ("Pacific/Auckland", "1969-12-31T23:00:00Z", "1970-01-01", "1969-12-31T12:00:00Z", "1970-01-01T12:00:00Z"),
        ])
    func bounds(name: String, instant: String, date: String, start: String, end: String) throws {
        let day = LocalDay(of: try Instant(rfc3339: instant), in: try zone(name))
        #expect(day.date == date && day.start.rfc3339 == start && day.end.rfc3339 == end, "\(day)")
    }

    @Test(
        "holds the instant it is asked for, and follows the one before without a gap",
        arguments: [
            "Europe/Berlin", "America/Sao_Paulo", "Africa/Cairo", "America/Havana", "Asia/Kathmandu", "Pacific/Apia",
        ])
    func gapless(name: String) throws {
        let zone = try zone(name)
        var random = SeededRandom(7)
        for _ in 0..<200 {
            let instant = Instant(milliseconds: Int64.random(in: 0...2_000_000_000_000, using: &random))
            let day = LocalDay(of: instant, in: zone)
            #expect(day.contains(instant), "\(name) \(instant.rfc3339)")
            #expect(LocalDay(of: day.end, in: zone).start == day.end, "\(name) \(instant.rfc3339)")
            #expect(day.end - day.start >= .hours(22) && day.end - day.start <= .hours(26), "\(name) \(day.date)")
        }
    }
}
