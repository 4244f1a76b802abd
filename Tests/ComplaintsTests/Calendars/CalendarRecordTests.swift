import Complaints
import TestSupport
import Testing

@Suite("The versions of a calendar")
struct CalendarRecordTests {
    private func versions(_ dates: [String?]) -> [CalendarVersion] {
        dates.enumerated().map { index, date in
            CalendarVersion(
                number: Int64(index + 1), effectiveFrom: date.map(CalendarRequest.date),
                recordedAt: Instant(milliseconds: Int64(index)))
        }
    }

    @Test(
        "hold from their date on, and take the place of those before them that begin no earlier",
        arguments: [
            ([nil], nil, [1]),
            ([nil, "2026-03-01"], nil, [1, 2]),
            ([nil, "2026-03-01", "2026-02-01"], nil, [1, 3]),
            ([nil, "2026-03-01", "2026-03-01"], nil, [1, 3]),
            ([nil, "2026-03-01", "2026-06-01"], nil, [1, 2, 3]),
            ([nil, "2026-03-01", nil], nil, [3]),
            ([nil, "2026-03-01", "2026-06-01"], "2026-02-28", [1, 2, 3]),
            ([nil, "2026-03-01", "2026-06-01"], "2026-03-01", [2, 3]),
            ([nil, "2026-03-01", "2026-06-01"], "2026-07-01", [3]),
            (["2026-03-01"], "2020-01-01", [1]),
        ] as [([String?], String?, [Int64])])
    func inForce(dates: [String?], from: String?, held: [Int64]) {
        #expect(versions(dates).inForce(from: from.map(CalendarRequest.date)).map(\.number) == held)
    }

    @Test("for each date the one that holds is the last that has begun, by a look at every date")
    func byDate() {
        var random = SeededRandom(7)
        for _ in 0..<500 {
            let dates = (0..<Int(random.next() % 6 + 1)).map { _ -> String? in
                random.next() % 4 == 0 ? nil : "2026-03-1\(random.next() % 8)"
            }
            let all = versions(dates)
            for from in 8...19 {
                let start = CalendarRequest.date(from < 10 ? "2026-03-0\(from)" : "2026-03-\(from)")
                var wanted: Set<Int64> = []
                for day in 0...15 {
                    let date = CivilDate(daysSince1970: start.daysSince1970 + day)
                    let last = all.last { version in version.effectiveFrom.map { $0 <= date } ?? true }
                    if let last { wanted.insert(last.number) }
                }
                #expect(all.inForce(from: start).map(\.number) == wanted.sorted(), "\(dates) from \(start)")
            }
        }
    }

    @Test("begin from ever with the first, and with any other on the day it is made, by the clocks of its zone")
    func next() throws {
        let now = try Instant(rfc3339: "2026-03-02T23:30:00Z")
        let first = try #require(BusinessCalendar.next(.office, named: "default", after: nil, at: now))
        #expect(first.version == 1 && first.effectiveFrom == nil && first.name == "default")
        #expect(BusinessCalendar.next(.office, named: "default", after: first, at: now) == nil, "it says the same")
        var longer = CalendarRequest.office
        longer.weekly[.sat] = [CalendarRequest.hours("09:00", "12:00")]
        let second = try #require(BusinessCalendar.next(longer, named: "default", after: first, at: now))
        #expect(
            second.version == 2 && second.effectiveFrom == CalendarRequest.date("2026-03-03"), "it is the 3rd in Berlin"
        )
        var planned = longer
        planned.effectiveFrom = CalendarRequest.date("2027-01-01")
        let third = try #require(BusinessCalendar.next(planned, named: "default", after: second, at: now))
        #expect(BusinessCalendar.next(planned, named: "default", after: third, at: now) == nil)
        let fourth = try #require(BusinessCalendar.next(longer, named: "default", after: third, at: now))
        #expect(
            fourth.effectiveFrom == CalendarRequest.date("2026-03-03"), "what is still to come holds at once instead")
    }

    @Test("name each team once, however it is spelled")
    func teams() throws {
        var request = CalendarRequest.office
        request.teams = ["Nord", "NORD", "Süd", "su\u{308}d"]
        let made = try #require(BusinessCalendar.next(request, named: "x", after: nil, at: Instant(milliseconds: 0)))
        #expect(made.teams == ["Nord", "Süd"])
    }
}
