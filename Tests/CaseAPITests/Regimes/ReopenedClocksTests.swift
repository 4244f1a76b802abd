import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Clocks of a case that goes on, and of what is told late")
struct ReopenedClocksTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    /// Sunday 2026-03-01, about nine in the morning.
    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"owner":"Kim","regime":"Two steps"}"#)
    }

    private func promises(_ clock: String) throws -> [JSONValue] {
        try client.get("/v1/cases/1")["promises"].items.filter { $0["clock"].text == clock }
    }

    private func post(_ path: String, _ body: String, _ status: Int = 200) throws {
        let answer = try client.post(path, body)
        #expect(answer.status == status, "\(path) \(answer.response.text)")
    }

    @Test("what was kept with a resolution starts its clocks as the case is opened again, from when it was kept")
    func reopened() throws {
        try post("/v1/promises/1/keep", #"{"evidence":"Sent","resolve":{"summary":"s","customer_accepted":true}}"#)
        #expect(try promises("answer").isEmpty)
        desk.clock.advance(by: .days(2))
        try post("/v1/cases/1/reopen", #"{"reason":"It leaks again"}"#)
        let answers = try promises("answer")
        #expect(answers.count == 1 && answers[0]["due_at"].text == "2026-03-12T00:00:00Z")
        // The policy's new acknowledgement starts no second one.
        let open = try client.get("/v1/cases/1")["promises"].items.filter { $0["state"].text == "open" }
        let again = try #require(open.first { $0["kind"].text == "acknowledge" })
        try post("/v1/promises/\(again["id"].integer ?? 0)/keep", #"{"evidence":"Sent"}"#)
        #expect(try promises("answer").count == 1)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("what begins anew each time does so after the case is opened again, from the last time")
    func every() throws {
        try post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#)
        let answer = try #require(try promises("answer").first?["id"].integer)
        try post("/v1/promises/\(answer)/keep", #"{"evidence":"Sent"}"#)
        desk.clock.advance(by: .days(1))
        let news = try #require(try promises("news").first?["id"].integer)
        let body = #"{"evidence":"Told","resolve":{"summary":"s","customer_accepted":true}}"#
        try post("/v1/promises/\(news)/keep", body)
        #expect(try promises("news").count == 1)
        try post("/v1/cases/1/reopen", #"{"reason":"Not done"}"#)
        #expect(try promises("news").map { $0["due_at"].text } == ["2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z"])
    }

    @Test("what was kept before the next stage was asked for, and is told of later, is of the one before")
    func toldLate() throws {
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        let own = #"{"kind":"answer","what":"Write","owner":"Kim","due_in":"P2D",\#(told)}"#
        try post("/v1/cases/1/promises", own, 201)
        let id = try #require(
            try client.get("/v1/cases/1")["promises"].items.first { $0["what"].text == "Write" }?["id"].integer)
        desk.clock.advance(by: .hours(3))
        let keptAt = desk.clock.now.rfc3339
        desk.clock.advance(by: .hours(3))
        try post("/v1/cases/1/stage", #"{"stage":"second","reason":"They asked"}"#)
        desk.clock.advance(by: .hours(1))
        try post("/v1/promises/\(id)/keep", #"{"evidence":"The letter","kept_at":"\#(keptAt)"}"#)
        let stages = try client.get("/v1/cases/1")["stages"].items
        #expect(stages.map { $0["answered_at"].text } == [keptAt, nil])
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("what an earlier stage's clock promised starts none of the later stage")
    func earlierStage() throws {
        let opened = try client.post(
            "/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"},"regime":"housing-ombudsman"}"#)
        let id = opened["id"].integer ?? 0
        func clocks(_ name: String, _ stage: Int64) throws -> [Int64] {
            try client.get("/v1/cases/\(id)")["promises"].items
                .filter { $0["clock"].text == name && $0["stage"].integer == stage }.compactMap(\.["id"].integer)
        }
        try post("/v1/cases/\(id)/stage", #"{"stage":"stage 2","reason":"They asked"}"#)
        for (stage, expected) in [(Int64(1), 0), (2, 1)] {
            let acknowledgement = try #require(try clocks("acknowledgement", stage).first)
            try post("/v1/promises/\(acknowledgement)/keep", #"{"evidence":"Sent"}"#)
            #expect(try clocks("response", 2).count == expected)
        }
    }

    @Test("a deadline that a resolution met is not the next stage's")
    func deadline() throws {
        try post("/v1/promises/1/keep", #"{"evidence":"Sent","resolve":{"summary":"s","customer_accepted":true}}"#)
        try post("/v1/cases/1/stage", #"{"stage":"second","reason":"They asked"}"#)
        #expect(try client.get("/v1/cases/1")["hard_deadline"] == .null)
    }
}
