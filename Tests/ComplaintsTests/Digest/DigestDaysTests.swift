import Complaints
import Testing

@Suite("The days of a digest")
struct DigestDaysTests {
    private func days(_ now: String, _ zone: String) throws -> DigestDays {
        DigestDays(at: try Instant(rfc3339: now), in: try #require(ZoneDatabase.system.zone(named: zone)))
    }

    @Test(
        "end where the clocks of the zone say so, today and the week with the midnight after them",
        arguments: [
            ("2026-03-04T09:00:00Z", "UTC", "2026-03-05T00:00:00.001Z", "2026-03-08", "2026-03-09T00:00:00.001Z"),
            // Still Tuesday there, and the week ends after the clocks were set.
            (
                "2026-03-04T03:00:00Z", "America/New_York", "2026-03-04T05:00:00.001Z", "2026-03-08",
                "2026-03-09T04:00:00.001Z"
            ),
            // Sunday: nothing of the week comes after it. It has 23 hours.
            (
                "2026-03-29T00:30:00Z", "Europe/Berlin", "2026-03-29T22:00:00.001Z", "2026-03-29",
                "2026-03-29T22:00:00.001Z"
            ),
            // The first instant of a day is of it, though what was due then was due the day before.
            ("2026-03-02T00:00:00Z", "UTC", "2026-03-03T00:00:00.001Z", "2026-03-08", "2026-03-09T00:00:00.001Z"),
            // Midnight comes twice on this Sunday (in later years Cuba has left the clocks alone): after the first one, and after the second.
            (
                "2024-11-03T04:30:00Z", "America/Havana", "2024-11-04T05:00:00.001Z", "2024-11-03",
                "2024-11-04T05:00:00.001Z"
            ),
            (
                "2024-11-03T05:30:00Z", "America/Havana", "2024-11-04T05:00:00.001Z", "2024-11-03",
                "2024-11-04T05:00:00.001Z"
            ),
            // The week ends with a Saturday of 24 hours, and the Sunday that has 25.
            (
                "2024-11-02T12:00:00Z", "America/Havana", "2024-11-03T04:00:00.001Z", "2024-11-03",
                "2024-11-04T05:00:00.001Z"
            ),
        ])
    func ends(_ now: String, _ zone: String, _ today: String, _ sunday: String, _ week: String) throws {
        let days = try days(now, zone)
        #expect(days.endOfToday.rfc3339 == today)
        #expect(days.lastOfWeek.iso8601 == sunday)
        #expect(days.endOfWeek.rfc3339 == week)
    }
}
