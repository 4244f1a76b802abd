import Foundation
import TestSupport
import Testing

@testable import Complaints

@Suite("Days of the Gregorian calendar")
struct CivilDateTests {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }()

    @Test("any day of the years 1 to 9999 is the one that Foundation's calendar has")
    func agreesWithFoundation() throws {
        var random = SeededRandom(3)
        let firstDay = try #require(CivilDate(year: 1, month: 1, day: 1)).daysSince1970
        let lastDay = try #require(CivilDate(year: 9999, month: 12, day: 31)).daysSince1970
        let days =
            [firstDay, lastDay, -1, 0] + (0..<5000).map { _ in Int.random(in: firstDay...lastDay, using: &random) }
        for day in days {
            let date = CivilDate(daysSince1970: day)
            // Foundation's calendar is Julian before 1582-10-15, so it is asked for the day 1600 years later: the
            // Gregorian calendar repeats itself every 400 years, weekdays included.
            let parts = Self.calendar.dateComponents(
                [.year, .month, .day, .weekOfYear, .yearForWeekOfYear],
                from: Date(timeIntervalSince1970: Double(day + 4 * 146_097) * 86_400))
            #expect([date.year + 1600, date.month, date.day] == [parts.year, parts.month, parts.day], "day \(day)")
            #expect(CivilDate(year: date.year, month: date.month, day: date.day)?.daysSince1970 == day)

            let week = ISOWeek(ofDay: day)
            #expect([week.year + 1600, week.number] == [parts.yearForWeekOfYear, parts.weekOfYear], "day \(day)")
        }
    }

    @Test("each day is followed by the next, through four centuries of leap years")
    func counts() throws {
        var day = try #require(CivilDate(year: 1900, month: 1, day: 1)).daysSince1970
        for year in 1900..<2300 {
            for month in 1...12 {
                for dayOfMonth in 1...31 {
                    guard let date = CivilDate(year: year, month: month, day: dayOfMonth) else { continue }
                    #expect(date.daysSince1970 == day)
                    day += 1
                }
            }
        }
        #expect(day - 146_097 == -25_567)
    }

    @Test(
        "there is no such day",
        arguments: [
            (2026, 2, 29), (1900, 2, 29), (2100, 2, 29), (2024, 2, 30), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1),
            (2026, 1, 0), (2026, 1, 32), (2026, -1, 1), (2026, 1, -1),
        ])
    func refuses(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }
}
