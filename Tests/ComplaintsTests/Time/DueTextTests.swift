import TestSupport
import Testing

@testable import Complaints

@Suite("The day of a due")
struct DueTextTests {
    @Test(
        "is told by the clocks of its zone, and its end as 24:00",
        arguments: [
            ("2026-11-02T16:30:59.999Z", "UTC", "Mon 2026-11-02 16:30"),
            ("2026-11-03T00:00:00Z", "UTC", "Mon 2026-11-02 24:00"),
            ("2026-11-03T00:00:00.001Z", "UTC", "Tue 2026-11-03 00:00"),
            ("2026-09-28T23:00:00Z", "Europe/London", "Mon 2026-09-28 24:00"),
            ("2026-09-28T23:00:00Z", "Europe/Berlin", "Tue 2026-09-29 01:00"),
            // Where there is no midnight, the day before ends as this one begins.
            ("2018-11-04T03:00:00Z", "America/Sao_Paulo", "Sat 2018-11-03 24:00"),
        ])
    func told(at: String, zone name: String, text: String) throws {
        let zone = try #require(ZoneDatabase.system.zone(named: name))
        let due = try Instant(rfc3339: at)
        #expect(due.dueText(in: zone) == text)
        #expect(LocalDay(of: due.lastBeforeDue, in: zone).date == String(text.dropFirst(4).prefix(10)))
    }
}
