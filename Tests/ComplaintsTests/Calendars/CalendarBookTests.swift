import Testing

@testable import Complaints

@Suite("Which calendar is a team's")
struct CalendarBookTests {
    @Test("is that of the version in force, from when its own clocks show its first date, as its hours are")
    func zones() throws {
        var book = CalendarBook()
        let first = CivilDate("2026-04-12")
        let versions = [
            CalendarVersion(number: 1, effectiveFrom: nil, recordedAt: .earliest),
            CalendarVersion(number: 2, effectiveFrom: first, recordedAt: .earliest),
        ]
        book.add(id: 1, name: "west", versions[0], timeZone: "America/New_York", teams: ["Night"])
        book.add(id: 1, name: "west", versions[1], timeZone: "Pacific/Apia", teams: [])
        // Its clocks are 13 hours ahead.
        let start = try Instant(rfc3339: "2026-04-11T11:00:00Z")
        #expect(book.calendar(ofTeam: "night", at: start.lastBeforeDue)?.name == "west")
        #expect(book.calendar(ofTeam: "night", at: start) == nil)
    }
}
