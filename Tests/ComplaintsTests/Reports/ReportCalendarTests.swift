import Complaints
import Testing

@Suite("Days, weeks and months of a report begin where its time zone has them")
struct ReportCalendarTests {
    @Test(
        "each instant falls in one of them",
        arguments: [
            ("2026-03-01T00:00:00Z", "GMT", "2026-03-01", "2026-W09", "2026-03"),
            ("2026-02-28T23:59:59.999Z", "GMT", "2026-02-28", "2026-W09", "2026-02"),
            // Berlin is an hour ahead in winter, and two in summer.
            ("2026-02-28T22:59:59.999Z", "Europe/Berlin", "2026-02-28", "2026-W09", "2026-02"),
            ("2026-02-28T23:00:00Z", "Europe/Berlin", "2026-03-01", "2026-W09", "2026-03"),
            ("2026-03-28T22:59:59Z", "Europe/Berlin", "2026-03-28", "2026-W13", "2026-03"),
            ("2026-03-28T23:00:00Z", "Europe/Berlin", "2026-03-29", "2026-W13", "2026-03"),
            // The day that has 23 hours: clocks go forward at 01:00Z.
            ("2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29", "2026-W13", "2026-03"),
            ("2026-03-29T21:59:59Z", "Europe/Berlin", "2026-03-29", "2026-W13", "2026-03"),
            ("2026-03-29T22:00:00Z", "Europe/Berlin", "2026-03-30", "2026-W14", "2026-03"),
            // The day that has 25 hours: clocks go back at 01:00Z.
            ("2026-10-24T22:00:00Z", "Europe/Berlin", "2026-10-25", "2026-W43", "2026-10"),
            ("2026-10-25T22:59:59Z", "Europe/Berlin", "2026-10-25", "2026-W43", "2026-10"),
            ("2026-10-25T23:00:00Z", "Europe/Berlin", "2026-10-26", "2026-W44", "2026-10"),
            // Years with a week 53, and the days around New Year.
            ("2020-12-31T12:00:00Z", "GMT", "2020-12-31", "2020-W53", "2020-12"),
            ("2021-01-03T12:00:00Z", "GMT", "2021-01-03", "2020-W53", "2021-01"),
            ("2021-01-04T12:00:00Z", "GMT", "2021-01-04", "2021-W01", "2021-01"),
            ("2026-12-31T12:00:00Z", "GMT", "2026-12-31", "2026-W53", "2026-12"),
            ("2024-12-30T12:00:00Z", "GMT", "2024-12-30", "2025-W01", "2024-12"),
            ("2023-01-01T12:00:00Z", "GMT", "2023-01-01", "2022-W52", "2023-01"),
            // Before 1970, and half and quarter hours.
            ("1969-12-31T23:59:59.999Z", "GMT", "1969-12-31", "1970-W01", "1969-12"),
            ("2026-03-01T18:14:59Z", "Asia/Kathmandu", "2026-03-01", "2026-W09", "2026-03"),
            ("2026-03-01T18:15:00Z", "Asia/Kathmandu", "2026-03-02", "2026-W10", "2026-03"),
            // Samoa left out 2011-12-30.
            ("2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29", "2011-W52", "2011-12"),
            ("2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31", "2011-W52", "2011-12"),
        ])
    func periods(_ due: String, _ timeZone: String, _ day: String, _ week: String, _ month: String) throws {
        // What is due at the first instant of a day is of the day before: see DueTextTests.
        let dueAt = instant(due).firstDueOfDay
        let zone = try #require(ZoneDatabase.system.zone(named: timeZone))
        for (grouping, key) in [(PromiseGrouping.day, day), (.week, week), (.month, month)] {
            let request = try #require(
                PromiseReportRequest(from: .earliest, to: .latest, groupBy: grouping, timeZone: zone))
            var builder = PromiseReportBuilder(request, asOf: dueAt)
            builder.add(
                PromiseFact(
                    key: "ignored", countedFrom: dueAt, dueAt: dueAt, originalDueAt: dueAt, isTold: true, outcome: nil,
                    recordedAt: nil))
            #expect(builder.report().groups.map(\.key) == [key])
        }
    }

    @Test("they come in order of time, across years")
    func order() throws {
        let dues = ["2026-01-05T00:00:00Z", "2025-12-28T00:00:00Z", "2025-12-29T00:00:00Z", "2026-10-01T00:00:00Z"]
        let request = try #require(PromiseReportRequest(from: .earliest, to: .latest, groupBy: .week))
        var builder = PromiseReportBuilder(request, asOf: Desk.due)
        for due in dues.map({ instant($0).firstDueOfDay }) {
            builder.add(
                PromiseFact(
                    key: nil, countedFrom: due, dueAt: due, originalDueAt: due, isTold: true, outcome: nil,
                    recordedAt: nil))
        }
        #expect(builder.report().groups.map(\.key) == ["2025-W52", "2026-W01", "2026-W02", "2026-W40"])
    }

    @Test(
        "names all days, weeks and months of which some lies in a range",
        arguments: [
            (ReportPeriod.day, "2026-02-27T23:00:00Z", "2026-03-01T00:00:00Z", ["2026-02-27", "2026-02-28"]),
            (.week, "2026-12-27T00:00:00Z", "2027-01-04T00:00:00.001Z", ["2026-W52", "2026-W53", "2027-W01"]),
            (.week, "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z", ["2026-W10"]),
            (.month, "2023-12-31T00:00:00Z", "2024-03-31T00:00:00Z", ["2023-12", "2024-01", "2024-02", "2024-03"]),
            (.month, "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", []),
        ])
    func names(period: ReportPeriod, from: String, to: String, names: [String]) throws {
        let (from, to) = (try Instant(rfc3339: from), try Instant(rfc3339: to))
        #expect(period.names(from: from, to: to, in: .utc, upTo: 10) == names)
        #expect(period.names(from: from, to: to, in: .utc, upTo: names.count) == names)
        if !names.isEmpty { #expect(period.names(from: from, to: to, in: .utc, upTo: names.count - 1) == nil) }
    }

    @Test("names the months of four hundred years once each, in order")
    func months() throws {
        let (from, to) = (try Instant(rfc3339: "1601-01-01T00:00:00Z"), try Instant(rfc3339: "2001-01-01T00:00:00Z"))
        let names = try #require(ReportPeriod.month.names(from: from, to: to, in: .utc, upTo: 5000))
        #expect(names.count == 4800 && Set(names).count == 4800 && names == names.sorted())
        #expect(ReportPeriod.week.names(from: .earliest, to: .latest, in: .utc, upTo: 520) == nil)
    }
}
