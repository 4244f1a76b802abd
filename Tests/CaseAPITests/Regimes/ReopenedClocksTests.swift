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

    @Test("what a dispute has found not to have been kept is not kept before that, however the clock runs on")
    func upheld() throws {
        let then = desk.clock.now
        desk.clock.advance(by: .hours(1))
        try post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#)
        desk.clock.advance(by: .days(1))
        let dispute = try client.post(
            "/v1/cases/1/log", #"{"kind":"dispute","promise_id":1,"reason":"Nothing came"}"#)
        let mia = ["Casekeeper-Actor": "mia"]
        let decision =
            #"{"kind":"dispute_decision","of":\#(dispute["seq"].integer ?? 0),"upheld":true,"reason":"No letter left"}"#
        let decided = try client.post("/v1/cases/1/log", decision, fields: mia)
        #expect(decided.status == 201, "\(decided.response.text)")
        let decidedAt = try #require(decided["recorded_at"].text)
        desk.clock.advance(by: .minutes(1))
        try post("/v1/cases/1/resolve", #"{"summary":"s","customer_accepted":true}"#)
        try post("/v1/cases/1/reopen", #"{"reason":"Once more"}"#)
        let again = try #require(try promises("acknowledge").last)
        #expect(again["id"].integer != 1)
        func keep(_ at: String) throws -> JSONAnswer {
            try client.post(
                "/v1/promises/\(again["id"].integer ?? 0)/keep", #"{"evidence":"A letter","kept_at":"\#(at)"}"#)
        }
        #expect(try keep(then.rfc3339).errors == ["#/kept_at before_made_at"])
        #expect(try keep(decidedAt).status == 200)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("what was given up because nobody could be reached is not kept before that, once the case is open again")
    func givenUp() throws {
        let then = desk.clock.now
        desk.clock.advance(by: .days(30))
        let withdrawals = try client.get("/v1/cases/1")["promises"].items.filter { $0["recorded_at"] == .null }.map {
            #"{"promise_id":\#($0["id"].integer ?? 0),"action":"withdraw","reason":"x","customer_agreed":false,"cause":"unreachable"}"#
        }
        let resolution =
            #"{"summary":"s","customer_accepted":true,"settle":[\#(withdrawals.joined(separator: ","))]}"#
        try post("/v1/cases/1/resolve", resolution)
        let givenUpAt = try #require(try promises("acknowledge").first?["recorded_at"].text)
        desk.clock.advance(by: .minutes(1))
        try post("/v1/cases/1/reopen", #"{"reason":"They called"}"#)
        let again = try #require(try promises("acknowledge").last)
        #expect(again["id"].integer != 1)
        func keep(_ at: String) throws -> JSONAnswer {
            try client.post(
                "/v1/promises/\(again["id"].integer ?? 0)/keep", #"{"evidence":"A letter","kept_at":"\#(at)"}"#)
        }
        #expect(try keep(then.rfc3339).errors == ["#/kept_at before_made_at"])
        #expect(try keep(givenUpAt).status == 200)
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

    @Test(
        "a clock runs on as the case is opened again, whatever had become of what it had promised",
        arguments: [
            #"""
            {"action":"withdraw","reason":"Let go","customer_agreed":true,
            "customer_notified":{"channel":"phone","outcome":"reached"}
            """#, #"{"action":"keep","evidence":"Sent""#,
        ])
    func runsOn(settled: String) throws {
        try post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#)
        let answer = try #require(try promises("answer").first)
        let body =
            #"{"summary":"s","customer_accepted":true,"settle":[\#(settled),"promise_id":\#(answer["id"].integer ?? 0)}]}"#
        try post("/v1/cases/1/resolve", body)
        desk.clock.advance(by: .days(2))
        try post("/v1/cases/1/reopen", #"{"reason":"She phoned back"}"#)
        let now = try promises("answer")
        if settled.contains("keep") {
            #expect(now.count == 1, "it was met")
        } else {
            #expect(now.map { $0["state"].text } == ["withdrawn", "open"] && now[1]["due_at"] == now[0]["due_at"])
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("what came up the ladder leaves the queue as it is given up, and comes up for what is promised again")
    func ladder() throws {
        func broughtUp() throws -> [Int64?] {
            desk.clock.advance(by: .seconds(1))
            try desk.store.write { _ = try $0.announce(limit: 100) }
            return try client.get("/v1/queue?kind=ladder")["items"].items.map { $0["promise_id"].integer }
        }
        try client.patch("/v1/policies/normal", #"{"ladder":["PT1H manager"]}"#)
        try post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#)
        let answer = try #require(try promises("answer").first?["id"].integer)
        desk.clock.advance(by: .days(12))
        #expect(try broughtUp() == [answer])
        let told = #""customer_agreed":true,"customer_notified":{"channel":"phone","outcome":"reached"}"#
        let settled = [2, answer].map {
            #"{"promise_id":\#($0),"action":"withdraw","reason":"Let go",\#(told)}"#
        }.joined(separator: ",")
        try post("/v1/cases/1/resolve", #"{"summary":"s","customer_accepted":true,"settle":[\#(settled)]}"#)
        #expect(try broughtUp() == [])
        try post("/v1/cases/1/reopen", #"{"reason":"She phoned back"}"#)
        let again = try [promises("answer"), promises("news")].map { $0.last?["id"].integer }
        #expect(try !again.contains(answer) && Set(broughtUp()) == Set(again), "they are due when they were")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test(
        "what was kept meanwhile starts the clocks of the stage that the case is back at, and nobody is left without a word"
    )
    func stageUndone() throws {
        try post("/v1/cases/1/stage", #"{"stage":"second","reason":"Another case was meant"}"#)
        try post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#)
        #expect(try promises("answer").isEmpty)
        try post("/v1/cases/1/stage", #"{"stage":"first","reason":"It was Bo's"}"#)
        let answers = try promises("answer")
        #expect(answers.count == 1 && answers[0]["due_at"].text == "2026-03-12T00:00:00Z")
        #expect(try desk.store.makeReader().verify().findings == [])
        let opened = try client.post(
            "/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"},"regime":"housing-ombudsman"}"#)
        try post("/v1/cases/2/stage", #"{"stage":"stage 2","reason":"Another case was meant"}"#)
        let acknowledgement = try #require(opened["promises"].items.first?["id"].integer)
        try post("/v1/promises/\(acknowledgement)/keep", #"{"evidence":"Sent"}"#)
        try post("/v1/cases/2/stage", #"{"stage":"stage 1","reason":"It was Ann's"}"#)
        let open = try client.get("/v1/cases/2")["promises"].items.filter { $0["state"].text == "open" }
        #expect(open.map { $0["clock"].text } == ["response"])
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

    @Test("whoever promises more is told of a miss that goes on once, while it does and when it is kept")
    func advisedOnce() throws {
        let kim = ["Casekeeper-Actor": "Kim"]
        let more =
            #"{"complaint":"y","customer":{"name":"Bo"},"owner":"Kim","promise":{"what":"x","due_in":"P1D"}}"#
        func rate() throws -> JSONValue {
            try client.post("/v1/cases", more, fields: kim)["promises"][0]["load"]["kept_rate"]
        }
        let kept = try client.post("/v1/cases", more, fields: kim)["promises"][0]["id"].integer ?? 0
        desk.clock.advance(by: .hours(1))
        let end = #"{"evidence":"Sent","resolve":{"summary":"s","customer_accepted":true}}"#
        #expect(try client.post("/v1/promises/\(kept)/keep", end, fields: kim).status == 200)
        #expect(try rate() != .null)
        desk.clock.advance(by: .days(3))
        let id = try #require(try promises("acknowledge").last?["id"].integer)
        let settled =
            #"{"promise_id":\#(id),"action":"withdraw","reason":"x","customer_agreed":false,"cause":"unreachable"}"#
        try post("/v1/cases/1/resolve", #"{"summary":"s","customer_accepted":true,"settle":[\#(settled)]}"#)
        let told = try rate()
        desk.clock.advance(by: .minutes(1))
        try post("/v1/cases/1/reopen", #"{"reason":"She phoned back"}"#)
        #expect(try client.get("/v1/cases/1")["overdue"].flag == true)
        #expect(try rate() == told)
        let again = try #require(try promises("acknowledge").last?["id"].integer)
        try post("/v1/promises/\(again)/keep", #"{"evidence":"Sent"}"#)
        #expect(try rate() == told)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("what was missed, and is promised again, is told and counted as missed once")
    func missedOnce() throws {
        func announced() throws -> Int {
            desk.clock.advance(by: .seconds(1))
            try desk.store.write { _ = try $0.announce(limit: 100) }
            return try client.get("/v1/events?type=promise.overdue")["items"].items.count
        }
        func counts() throws -> [Int64?] {
            let total = try client.get("/v1/reports/promises")["total"]
            return ["broken", "overdue", "due"].map { total[$0].integer }
        }
        desk.clock.advance(by: .days(3))
        #expect(try announced() == 1)
        #expect(try counts() == [0, 1, 2])
        for round in 1...2 {
            let id = try #require(try promises("acknowledge").last?["id"].integer)
            let settled =
                #"{"promise_id":\#(id),"action":"withdraw","reason":"x","customer_agreed":false,"cause":"unreachable"}"#
            try post("/v1/cases/1/resolve", #"{"summary":"s","customer_accepted":true,"settle":[\#(settled)]}"#)
            #expect(try counts()[0] == 1)
            desk.clock.advance(by: .minutes(1))
            try post("/v1/cases/1/reopen", #"{"reason":"She phoned back"}"#)
            let open = try client.get("/v1/cases/1")["promises"].items.filter {
                ["open", "overdue"].contains($0["state"].text)
            }
            #expect(open.count { $0["kind"].text == "acknowledge" } == 1, "the policy promises no second one")
            #expect(try client.get("/v1/promises?state=overdue")["items"].items.count == 1)
            #expect(try announced() == 1, "round \(round)")
            #expect(try counts()[0] == 1 && counts()[1] == 0)
        }
        #expect(try client.get("/v1/cases/1/log?kind=escalated")["items"].items.isEmpty, "one is not two")
        let shown = try client.get("/v1/cases/1/customer-page")["promises"].items
        let acknowledged = "We confirm that we have your complaint, and tell you what happens next"
        #expect(shown.count { $0["what"].text == acknowledged } == 1)
        let last = try #require(try promises("acknowledge").last?["id"].integer)
        try post("/v1/promises/\(last)/keep", #"{"evidence":"Sent"}"#)
        #expect(try counts()[0] == 1)
        #expect(try desk.store.makeReader().verify().findings == [])
        // Another regime that has the same date for it.
        var second = client
        second.standing["Casekeeper-Actor"] = "mia"
        let clock = #"{"name":"receipt","anchor":"received","count":1,"unit":"days","makes":"acknowledge"}"#
        let other = #"""
            {"title":"Other","authority":"Nobody","source":"Rule 3","calendar":"London","stages":[
            {"name":"only","clocks":[\#(clock)]}]}
            """#
        #expect(try client.put("/v1/regimes/Other", other).status == 201)
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Bo"},"owner":"Kim","regime":"Two steps"}"#)
        desk.clock.advance(by: .days(3))
        let (before, counted) = (try announced(), try counts())
        #expect(try second.patch("/v1/cases/2", #"{"regime":"Other"}"#)["stage"].text == "only")
        let again = try client.get("/v1/cases/2")["promises"].items.filter { $0["clock"].text == "receipt" }
        #expect(again.map { $0["state"].text } == ["overdue"])
        #expect(try announced() == before)
        #expect(try counts()[0] == counted[0] && counts()[1] == counted[1])
        #expect(try desk.store.makeReader().verify().findings == [])
    }
}
