import Complaints
import Testing

@testable import Board

@Suite("What the page of reports is asked for")
struct ReportsQueryTests {
    private static func range(_ given: [String: String], at now: String, in zone: Zone = .utc) throws -> [String:
        String]
    {
        let query = ReportsQuery({ given[$0] }, now: try Instant(rfc3339: now), deskZone: zone)
        return Dictionary(uniqueKeysWithValues: query.range.compactMap { name, value in value.map { (name, $0) } })
    }

    @Test(
        "is eight weeks where nobody says more, the last one being that of the page",
        arguments: [
            ("2026-03-02T00:00:00Z", "2026-01-12", "2026-03-09"), ("2026-03-08T23:59:59Z", "2026-01-12", "2026-03-09"),
            ("2026-03-09T00:00:00Z", "2026-01-19", "2026-03-16"), ("1969-12-28T12:00:00Z", "1969-11-03", "1969-12-29"),
        ])
    func usual(now: String, from: String, to: String) throws {
        #expect(try Self.range([:], at: now) == ["from": from, "to": to])
    }

    @Test("begins its weeks by the clocks of the zone that was given, else by the desk's")
    func zones() throws {
        let sunday = "2026-03-08T20:00:00Z"
        let tokyo = try #require(ZoneDatabase.system.zone(named: "Asia/Tokyo"))
        #expect(try Self.range([:], at: sunday)["to"] == "2026-03-09")
        #expect(try Self.range([:], at: sunday, in: tokyo)["to"] == "2026-03-16")
        #expect(
            try Self.range(["tz": "Asia/Tokyo"], at: sunday)
                == ["from": "2026-01-19", "to": "2026-03-16", "tz": "Asia/Tokyo"])
    }

    @Test(
        "is what was given, as it was given",
        arguments: [["period": "last_month"], ["from": "2026-01-01", "tz": "UTC"], ["to": "x"]])
    func given(parameters: [String: String]) throws {
        #expect(try Self.range(parameters, at: "2026-03-02T00:00:00Z") == parameters)
    }
}
