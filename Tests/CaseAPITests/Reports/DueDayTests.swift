import Complaints
import Testing

@testable import CaseAPI

/// "By the end of the 2nd" is stored as the first instant of the 3rd, and is on the 2nd in all that goes by days.
@Suite("What is due at the end of a day")
struct DueDayTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    /// Sunday 2026-03-01, about nine in the morning.
    init() throws {
        desk = try TestDesk()
        let promise = #"{"kind":"callback","what":"Call","owner":"Kim","due_at":"2026-03-03T00:00:00Z"}"#
        let body = #"{"complaint":"x","customer":{"name":"Ann"},"promise":\#(promise)}"#
        let answer = try client.post("/v1/cases", body)
        #expect(answer.status == 201)
        #expect(answer["promises"][0]["load"]["day"].text == "2026-03-02")
    }

    private func found(_ query: String) throws -> Int {
        try client.get("/v1/promises?\(query)")["items"].items.count
    }

    @Test("is of that day where a list is asked by days, and at its instant where it is asked by instants")
    func lists() throws {
        #expect(try found("due_after=2026-03-02&due_before=2026-03-03") == 1)
        #expect(try found("due_after=2026-03-03&due_before=2026-03-04") == 0)
        #expect(try found("due_after=2026-03-03T00:00:00Z") == 1)
        #expect(try found("due_before=2026-03-03T00:00:00Z") == 0)
        #expect(try found("due_after=2026-03-03&due_before=2026-03-04&tz=Europe/Berlin") == 1)
    }

    @Test("is of that day in reports, grouped or asked by days, periods and instants")
    func reports() throws {
        func total(_ report: String, _ query: String) throws -> Int64? {
            let total = try client.get("/v1/reports/\(report)?\(query)")["total"]
            return total[report == "load" ? "hard_cases" : "overdue"].integer
        }
        let groups = try client.get("/v1/reports/promises?group_by=day")["groups"].items
        #expect(groups.map { $0["key"].text } == ["2026-03-02"])
        desk.clock.advance(by: .days(2))
        for report in ["promises", "load"] {
            #expect(try total(report, "from=2026-03-02&to=2026-03-03") == 1)
            #expect(try total(report, "from=2026-03-03&to=2026-03-04") == 0)
            #expect(try total(report, "period=yesterday") == 1 && total(report, "period=today") == 0)
            #expect(try total(report, "from=2026-03-03T00:00:00Z") == 1)
        }
        let answer = try client.get("/v1/reports/promises?from=2026-03-02&to=2026-03-03")
        #expect(answer["from"].text == "2026-03-02T00:00:00Z" && answer["to"].text == "2026-03-03T00:00:00Z")
    }

    @Test("is of that day in what somebody carries")
    func load() throws {
        func today() throws -> Int64? { try client.get("/v1/owners/Kim")["due_today"].integer }
        #expect(try today() == 0)
        desk.clock.advance(by: .days(1))
        #expect(try today() == 1)
        let then = desk.clock.now.rfc3339
        desk.clock.advance(by: .days(1))
        #expect(try today() == 0)
        #expect(try client.get("/v1/owners/Kim?as_of=\(then)")["due_today"].integer == 1)
    }
}
