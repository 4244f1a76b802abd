import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Deadlines in the queue")
struct DeadlineQueueTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    /// Sunday 2026-03-01, about nine in the morning.
    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
    }

    private func open(_ deadline: String, _ more: String = "") throws {
        let body = #"{"complaint":"x","customer":{"name":"Ann"},"hard_deadline":"\#(deadline)"\#(more)}"#
        #expect(try client.post("/v1/cases", body).status == 201)
    }

    private func deadlines(_ query: String = "") throws -> [JSONValue] {
        try client.get("/v1/queue?kind=deadline\(query)")["items"].items
    }

    private func ids(_ query: String = "") throws -> [Int64?] { try deadlines(query).map { $0["case"]["id"].integer } }

    @Test("an open case whose deadline is within 14 days, or past, is in it, the soonest first")
    func order() throws {
        try open("2026-03-20T00:00:00Z", #","owner":"Kim""#)
        try open("2026-03-12T00:00:00Z", #","owner":"Lou""#)
        try open("2026-03-09T00:00:00Z", #","team":"North""#)
        try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#)
        #expect(try ids() == [3, 2])
        let early = desk.clock.now.rfc3339
        desk.clock.advance(by: .days(9))
        #expect(try ids() == [3, 2, 1])
        #expect(try ids("&owner=lou") == [2] && ids("&team=north") == [3])
        #expect(try ids("&limit=1") == [3])
        let next = try #require(try client.get("/v1/queue?kind=deadline&limit=1")["next"].text)
        #expect(try ids("&limit=1&cursor=\(next)") == [2])
        let first = try #require(try deadlines().first)
        #expect(first["days_left"].integer == -2 && first["hard_deadline"].text == "2026-03-09T00:00:00Z")
        #expect(first["since"].text == "2026-02-23T00:00:00Z" && first["business_days_left"] == .null)
        #expect(try deadlines()[1]["waits_for"].text == "Lou")
        #expect(try client.get("/v1/queue")["items"].items.map { $0["kind"].text }.contains("deadline"))
        // What has another deadline is not in it any more; as of then it was.
        #expect(try client.patch("/v1/cases/2", #"{"hard_deadline":"2026-05-01T00:00:00Z"}"#).status == 200)
        #expect(try ids().contains(2) == false)
        #expect(try ids("&as_of=\(early)") == [3, 2])
    }

    @Test("business days are counted on the calendar of the regime, else on the team's, else not at all")
    func businessDays() throws {
        let week = #"{"time_zone":"Europe/Berlin","weekly":{"tue":[["09:00","17:00"]]},"teams":["North"]}"#
        #expect(try client.put("/v1/calendars/North", week).status == 201)
        try open("2026-03-12T00:00:00Z", #","regime":"Two steps","team":"North""#)
        try open("2026-03-12T00:00:00Z", #","team":"North""#)
        try open("2026-03-12T00:00:00Z")
        #expect(try deadlines().map { $0["business_days_left"].integer } == [8, 2, nil])
        #expect(try deadlines().map { $0["days_left"].integer } == [10, 10, 10])
        desk.clock.advance(by: .days(12))
        #expect(try deadlines().map { $0["business_days_left"].integer } == [-2, 0, nil])
        let guidance = try client.get("/v1/cases/1/guidance").response.text
        #expect(guidance.contains("The case was to be settled by Wed 2026-03-11 24:00, 2 business days ago."))
    }

    @Test(
        "a deadline that a regime's clocks set is nobody's to put off; an earlier one can be given, and other cases' as before"
    )
    func movedDeadline() throws {
        let set = "2026-04-10T23:00:00Z"
        func body(_ deadline: String) -> String {
            #"{"complaint":"x","customer":{"name":"Ann"},"regime":"Two steps","hard_deadline":"\#(deadline)"}"#
        }
        #expect(try client.post("/v1/cases", body(set)).status == 201)
        let refused = try client.patch("/v1/cases/1", #"{"hard_deadline":"2026-04-10T23:00:00.001Z"}"#)
        #expect(refused.status == 422 && refused.response.text.contains("must not lie after \(set)"))
        func patched(_ edit: String) throws -> Int { try client.patch("/v1/cases/1", edit).status }
        #expect(try patched(#"{"hard_deadline":"2026-05-01T00:00:00Z"}"#) == 422)
        #expect(try patched(#"{"hard_deadline":null}"#) == 422)
        #expect(try client.get("/v1/cases/1")["hard_deadline"].text == set)
        #expect(try patched(#"{"hard_deadline":"2026-03-20T00:00:00Z"}"#) == 200)
        #expect(try patched(#"{"hard_deadline":"2026-04-10T23:00:00.001Z"}"#) == 422)
        #expect(try patched(#"{"hard_deadline":"\#(set)","subject":"Kettle"}"#) == 200)
        #expect(try patched(#"{"hard_deadline":"2026-05-01T00:00:00Z","regime":null}"#) == 200)
        #expect(try patched(#"{"regime":"Two steps","hard_deadline":"2026-06-01T00:00:00Z"}"#) == 422)
        #expect(try patched(#"{"hard_deadline":null}"#) == 200)
    }
}
