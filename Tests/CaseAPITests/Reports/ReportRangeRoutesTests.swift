import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Reports of days and periods")
struct ReportRangeRoutesTests {
    private let desk: TestDesk

    /// Promises that are due on three days, around midnight in Berlin.
    init() throws {
        desk = try TestDesk()
        for due in ["2026-03-01T22:30:00Z", "2026-03-01T23:30:00Z", "2026-03-02T23:30:00Z", "2026-03-09T10:00:00Z"] {
            try desk.openCase(
                "{\"complaint\":\"x\",\"customer\":{\"name\":\"Ann\"},\"promise\":{\"what\":\"Call\",\"due_at\":\"\(due)\","
                    + "\"customer_notified\":{\"channel\":\"phone\",\"outcome\":\"reached\"}}}")
        }
    }

    private func due(_ query: String) throws -> Int64? {
        let report = try desk.client.get("/v1/reports/promises?\(query)")
        #expect(report.status == 200, "\(report.response.text)")
        return report["total"]["due"].integer
    }

    @Test("from and to may be days, which begin by the clocks of tz")
    func days() throws {
        #expect(try due("from=2026-03-02&to=2026-03-03") == 1)
        #expect(try due("from=2026-03-02&to=2026-03-03&tz=Europe/Berlin") == 1)
        #expect(try due("from=2026-03-01&to=2026-03-02&tz=Europe/Berlin") == 1)
        #expect(try due("from=2026-03-02&tz=Europe/Berlin") == 3)
        #expect(try due("from=2026-03-02T00:30:00+01:00&to=2026-03-03&tz=Europe/Berlin") == 1)
        let report = try desk.client.get("/v1/reports/load?from=2026-03-02&to=2026-03-03&tz=europe/berlin")
        #expect(report["from"].text == "2026-03-01T23:00:00Z" && report["to"].text == "2026-03-02T23:00:00Z")
        #expect(report["tz"].text == "Europe/Berlin")
    }

    @Test(
        "days, periods and groups go by the desk's own clocks where nobody says by whose, and so do filters and spreadsheets"
    )
    func desksOwn() throws {
        let zone = try #require(ZoneDatabase.system.zone(named: "Pacific/Auckland"))
        let desk = try TestDesk(owners: OwnerRules(timeZone: zone))
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"Call","due_at":"2026-03-02T12:00:00Z"}}"#)
        let report = try desk.client.get("/v1/reports/load?period=today")
        #expect(report["tz"].text == "Pacific/Auckland" && report["from"].text == "2026-02-28T11:00:00Z")
        let days = try desk.client.get("/v1/reports/promises?group_by=day&from=2026-03-03")
        #expect(days["groups"].items.contains { $0["key"].text == "2026-03-03" }, "\(days.response.text)")
        #expect(try desk.client.get("/v1/reports/load?period=today&tz=UTC")["from"].text == "2026-03-01T00:00:00Z")
        func due(_ query: String) throws -> Int64? {
            try desk.client.get("/v1/promises?kind=other&\(query)")["total"].integer
        }
        #expect(try due("due_after=2026-03-03&due_before=2026-03-04") == 1)
        #expect(try due("due_after=2026-03-03&due_before=2026-03-04&tz=UTC") == 0)
        #expect(try due("due_after=2026-03-02&due_before=2026-03-03&tz=UTC") == 1)
        let sheet = try desk.client.get("/v1/promises?kind=other&format=csv&for=spreadsheet&fields=due_at")
        #expect(sheet.response.text.contains("2026-03-03 01:00:00"), "\(sheet.response.text)")
    }

    @Test("a period is that of as_of, and says where it begins and ends", arguments: ReadTarget.reports)
    func periods(path: String) throws {
        // The clock stands on Sunday, 2026-03-01.
        let asOf = desk.clock.tick().rfc3339
        desk.clock.advance(by: .days(1))
        for (query, from, to) in [
            ("period=today", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
            ("period=today&as_of=\(asOf)", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
            ("period=this_week", "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z"),
            ("period=this_week&as_of=\(asOf)", "2026-02-23T00:00:00Z", "2026-03-02T00:00:00Z"),
            ("period=last_month&tz=Europe/Berlin", "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z"),
        ] {
            let report = try desk.client.get(ReadTarget.report(path, query))
            #expect(report["from"].text == from && report["to"].text == to, "\(query): \(report.response.text)")
        }
        let csv = try desk.client.send("GET", ReadTarget.report(path, "period=this_month&format=csv"))
        #expect(csv.status == 200)
    }

    @Test("a period counts the same as the days that it stands for")
    func counted() throws {
        for (period, from, to) in [
            ("today", "2026-03-01", "2026-03-02"), ("this_week", "2026-02-23", "2026-03-02"),
            ("this_month", "2026-03-01", "2026-04-01"), ("this_year", "2026-01-01", "2027-01-01"),
        ] {
            for zone in ["UTC", "Europe/Berlin", "America/New_York"] {
                #expect(try due("period=\(period)&tz=\(zone)") == due("from=\(from)&to=\(to)&tz=\(zone)"), "\(period)")
            }
        }
        #expect(try due("period=this_month&tz=Europe/Berlin") == 4)
    }

    @Test("what is wrong is told at once", arguments: ReadTarget.reports)
    func wrong(path: String) throws {
        for (query, errors) in [
            ("period=today&from=2026-03-01", ["period conflicting_fields"]),
            ("period=today&to=2026-03-01", ["period conflicting_fields"]),
            ("period=next_week", ["period invalid_value"]),
            ("from=2026-03-02&to=2026-03-02", ["to invalid_parameter"]),
            ("from=2026-02-30", ["from invalid_instant"]), ("from=2026-03", ["from invalid_instant"]),
            ("from=2026-03-01&from=2026-03-01", ["from invalid_parameter"]),
        ] {
            #expect(try desk.client.get(ReadTarget.report(path, query)).errors == errors, "\(query)")
        }
    }
}
