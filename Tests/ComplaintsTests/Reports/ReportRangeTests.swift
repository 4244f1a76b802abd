import Foundation
import TestSupport
import Testing

@testable import Complaints

@Suite("Ranges of reports by the calendar")
struct ReportRangeTests {
    private func zone(_ name: String) throws -> Zone { try #require(ZoneDatabase.system.zone(named: name)) }

    private func instant(_ text: String) throws -> Instant { try Instant(rfc3339: text) }

    static let days: [(day: String, zone: String, start: String)] = [
        ("2026-11-23", "UTC", "2026-11-23T00:00:00Z"), ("2026-11-23", "Europe/Berlin", "2026-11-22T23:00:00Z"),
        ("2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00Z"),
        ("2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z"),
        ("2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00Z"),
        ("2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00Z"),
        ("2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00Z"),
        // Clocks are set at midnight: to one o'clock, and back to eleven.
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"),
        ("2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00Z"),
        ("2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00:00Z"),
        // A day that was left out.
        ("2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00Z"), ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z"),
        ("2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z"), ("2012-01-01", "Pacific/Apia", "2011-12-31T10:00:00Z"),
        ("2026-02-28", "Pacific/Kiritimati", "2026-02-27T10:00:00Z"),
        ("0001-01-01", "Asia/Tokyo", "0001-01-01T00:00:00Z"), ("2024-02-29", "Asia/Kathmandu", "2024-02-28T18:15:00Z"),
    ]

    @Test("a day begins with the first instant of which the clocks of a zone show it", arguments: days)
    func starts(day: String, zone: String, start: String) throws {
        let date = try #require(CivilDate(day))
        #expect(date.start(in: try self.zone(zone)).rfc3339 == start)
    }

    @Test(
        "an instant lies in the day that began last",
        arguments: ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"])
    func dayOf(name: String) throws {
        let zone = try zone(name)
        var random = SeededRandom(18)
        for _ in 0..<300 {
            let instant = Instant(milliseconds: Int64.random(in: 1_400_000_000_000...1_900_000_000_000, using: &random))
            let day = CivilDate(of: instant, in: zone)
            let next = CivilDate(daysSince1970: day.daysSince1970 + 1)
            #expect(day.start(in: zone) <= instant, "\(instant.rfc3339)")
            #expect(instant < next.start(in: zone), "\(instant.rfc3339)")
        }
    }

    @Test(
        "a day is written in one way",
        arguments: [
            "2026-1-1", "2026-02-29", "2026-13-01", "0000-01-01", "20260101", "2026-01-01T00:00:00Z", "2026-01-01 ", "",
            "2026-W01", "２０２６-01-01",
        ])
    func written(text: String) {
        #expect(CivilDate(text) == nil)
    }

    static let periods: [(period: NamedPeriod, now: String, zone: String, from: String, to: String)] = [
        (.today, "2026-11-23T23:30:00Z", "Europe/Berlin", "2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z"),
        (.today, "2026-11-23T23:30:00Z", "UTC", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"),
        (.today, "2026-11-23T00:00:00Z", "UTC", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"),
        (.today, "2026-11-22T23:59:59.999Z", "UTC", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"),
        (.yesterday, "2026-03-30T10:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        (.yesterday, "2011-12-31T00:00:00Z", "Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"),
        (.yesterday, "2026-01-01T10:00:00Z", "UTC", "2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z"),
        // A Sunday, and the Monday after it.
        (.thisWeek, "2026-11-29T12:00:00Z", "UTC", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"),
        (.thisWeek, "2026-11-30T00:00:00Z", "UTC", "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"),
        (.lastWeek, "2026-11-29T12:00:00Z", "UTC", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"),
        (.lastWeek, "2027-01-01T12:00:00Z", "UTC", "2026-12-21T00:00:00Z", "2026-12-28T00:00:00Z"),
        (.thisMonth, "2026-02-10T12:00:00Z", "America/New_York", "2026-02-01T05:00:00Z", "2026-03-01T05:00:00Z"),
        (.thisMonth, "2026-12-31T23:00:00Z", "UTC", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        (.lastMonth, "2026-01-31T12:00:00Z", "UTC", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        (.lastMonth, "2026-03-31T12:00:00Z", "UTC", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
        (.thisYear, "2026-12-31T23:30:00Z", "Asia/Tokyo", "2026-12-31T15:00:00Z", "2027-12-31T15:00:00Z"),
        (.thisYear, "2024-02-29T12:00:00Z", "UTC", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
    ]

    @Test("a period is told from now, by the clocks of a zone", arguments: periods)
    func ends(period: NamedPeriod, now: String, zone: String, from: String, to: String) throws {
        let range = ReportRange.period(period, try self.zone(zone))
        let ends = range.ends(at: try instant(now))
        #expect(try ends.from == .day(instant(from)) && ends.to == .day(instant(to)), "\(ends)")
    }

    @Test("every period is in the table, and is never empty")
    func complete() throws {
        #expect(Set(Self.periods.map(\.period)) == Set(NamedPeriod.allCases))
        var random = SeededRandom(3)
        let zones = try ["UTC", "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca"].map(zone)
        for _ in 0..<200 {
            let now = Instant(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &random))
            for zone in zones {
                for period in NamedPeriod.allCases {
                    let range = ReportRange.period(period, zone).ends(at: now)
                    let ends = (from: range.from.instant, to: range.to.instant)
                    #expect(ends.from < ends.to, "\(period) \(zone.name) \(now.rfc3339)")
                    let isOver = [.yesterday, .lastWeek, .lastMonth].contains(period)
                    #expect(isOver ? ends.to <= now : ends.from <= now && now < ends.to, "\(period) \(now.rfc3339)")
                }
            }
        }
    }
}
