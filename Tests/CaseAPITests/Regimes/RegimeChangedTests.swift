import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A case whose regime was a mistake")
struct RegimeChangedTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
        try putOther(days: 30)
        try desk.client.post(
            "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","regime":"Two steps"}"#)
        desk.clock.advance(by: .days(1))
        #expect(try desk.client.post("/v1/promises/1/keep", #"{"evidence":"Letter"}"#).status == 200)
    }

    private func putOther(days: Int) throws {
        let clock = { (name: String, days: Int, makes: String) in
            #"{"name":"\#(name)","anchor":"received","count":\#(days),"unit":"days","makes":"\#(makes)"}"#
        }
        let clocks = [
            clock("receipt", 2, "acknowledge"), clock("reply", days, "answer"), clock("limit", 60, "hard_deadline"),
        ]
        let regime = #"""
            {"title":"Other","authority":"Nobody","source":"Rule 3","calendar":"London","stages":[
            {"name":"only","clocks":[\#(clocks.joined(separator: ","))]}]}
            """#
        #expect(try [200, 201].contains(client.put("/v1/regimes/Other", regime).status))
    }

    private func patch(_ regime: String) throws -> JSONAnswer {
        try client.patch("/v1/cases/1", #"{"regime":\#(regime)}"#)
    }

    private func promises(_ answer: JSONAnswer) -> [String] {
        answer["promises"].items.map { promise in
            "\(promise["clock"].text ?? "-") \(promise["state"].text ?? "") \(promise["due_at"].text?.prefix(10) ?? "")"
        }
    }

    private func clock(_ regime: String, _ name: String) throws -> [Int64?] {
        let clocks = try client.get("/v1/reports/regime?regime=\(regime)")["total"]["clocks"].items
        let clock = clocks.first { $0["clock"].text == name }
        return ["started", "within", "late"].map { clock?[$0].integer }
    }

    private func verified() throws { #expect(try desk.store.makeReader().verify().findings == []) }

    @Test(
        "what was kept meets the clocks of the other one, what is open goes on as theirs, and the rest is void with why"
    )
    func changed() throws {
        let then = desk.clock.tick().rfc3339
        let answer = try patch(#""other""#)
        #expect(
            promises(answer) == [
                "acknowledge kept 2026-03-03", "news void 2026-03-07", "answer void 2026-03-13",
                "reply open 2026-03-31",
            ])
        #expect(answer["stages"].items.map { $0["stage"].text } == ["only"] && answer["stage"].text == "only")
        #expect(answer["hard_deadline"].text == "2026-04-30T23:00:00Z", "the clock's takes the place of the clock's")
        #expect(answer["ever_broken"].flag == false)
        let log = try client.get("/v1/cases/1/log")["items"].items
        let voided = try #require(log.last { $0["kind"].text == "promise_voided" })
        #expect(voided["reason"].text?.hasPrefix("The regime of the case was changed: Other, version") == true)
        #expect(log.contains { $0["kind"].text == "stage_undone" && $0["stage"].text == "first" })
        #expect(try clock("other", "receipt") == [1, 1, 0], "met by what was kept, without a second promise")
        #expect(try clock("other", "reply") == [1, 0, 0])
        #expect(try client.get("/v1/cases/1?as_of=\(then)")["stages"].items.map { $0["stage"].text } == ["first"])
        try verified()
    }

    @Test("none, and back, gives nothing twice")
    func noneAndBack() throws {
        let none = try patch("null")
        #expect(none["regime"] == .null && none["stages"].items.isEmpty && none["hard_deadline"] == .null)
        #expect(none["promise_counts"]["open"].integer == 1, "the policy's: nobody is left without a word")
        let back = try patch(#""two steps""#)
        #expect(back["stages"].items.count == 1 && back["hard_deadline"].text == "2026-04-10T23:00:00Z")
        let open = back["promises"].items.filter { $0["state"].text == "open" && $0["clock"] != .null }
        #expect(open.map { $0["clock"].text } == ["answer", "news"])
        #expect(open.first?["due_at"].text == "2026-03-13T00:00:00Z", "from when it was acknowledged")
        #expect(try clock("two+steps", "acknowledge") == [1, 1, 0])
        #expect(try clock("two+steps", "answer") == [1, 0, 0])
        try verified()
    }

    @Test("its own name moves a case to the version that holds for its receipt by now")
    func version() throws {
        _ = try patch(#""other""#)
        try putOther(days: 40)
        let moved = try patch(#""Other""#)
        #expect(moved.status == 200)
        #expect(moved["promises"].items.last?["due_at"].text == "2026-04-10T23:00:00Z")
        #expect(moved["promises"].items.count { $0["state"].text == "open" } == 1)
        let again = try patch(#""Other""#)
        #expect(again["version"] == moved["version"], "it is under that")
        #expect(try clock("other", "reply") == [1, 0, 0])
        try verified()
    }

    @Test("a date that the customer was told of does not move behind their back")
    func told() throws {
        let entry = #"{"kind":"customer_notified","promise_id":3,"channel":"phone","outcome":"reached"}"#
        #expect(try client.post("/v1/cases/1/log", entry).status == 201)
        let answer = try patch(#""other""#)
        let last = try #require(answer["promises"].items.last)
        #expect(last["clock"].text == "reply" && last["due_at"].text == "2026-03-13T00:00:00Z")
        #expect(last["supersedes"].integer == 3)
        #expect(last["due_explained"].text?.hasPrefix("As the customer was told") == true)
        try verified()
    }

    @Test("of a case that is over the clocks are reckoned by the other one, and nothing is promised")
    func resolved() throws {
        let resolved = try client.post(
            "/v1/cases/1/resolve", #"{"summary":"Done","customer_accepted":true,"outcome":"upheld"}"#)
        #expect(resolved.status == 200, "in time for the clock that stands in for the answer")
        let answer = try patch(#""other""#)
        #expect(answer["stage"].text == "only" && answer["promises"].items.count == resolved["promises"].items.count)
        #expect(try clock("other", "receipt") == [1, 1, 0])
        #expect(try clock("other", "limit") == [1, 1, 0])
        try verified()
    }

    @Test("reopened, what the resolution had spared is promised again, due as before, and runs once")
    func reopened() throws {
        _ = try client.post("/v1/cases/1/resolve", #"{"summary":"Done","customer_accepted":true,"outcome":"upheld"}"#)
        #expect(try clock("two+steps", "answer") == [1, 0, 0])
        desk.clock.advance(by: .days(2))
        let answer = try client.post("/v1/cases/1/reopen", #"{"reason":"It leaks again"}"#)
        #expect(
            promises(answer).suffix(3).dropLast() == ["news open 2026-03-07", "answer open 2026-03-13"]
                || promises(answer).suffix(3).dropLast() == ["answer open 2026-03-13", "news open 2026-03-07"])
        #expect(try clock("two+steps", "answer") == [1, 0, 0] && clock("two+steps", "news") == [1, 0, 0])
        try verified()
    }

    @Test("to change it takes a manager, but at once, while nothing of it is past due")
    func whoMay() throws {
        var agent = client
        agent.standing["Authorization"] = try desk.token(.agent, name: "kim").field
        #expect(try agent.patch("/v1/cases/1", #"{"regime":"other"}"#).status == 403)
        #expect(try agent.patch("/v1/cases/1", #"{"regime":null}"#).status == 403)
        let body = #"{"complaint":"It leaks.","customer":{"name":"Bo"},"regime":"Two steps"}"#
        #expect(try agent.post("/v1/cases", body).status == 201)
        #expect(try agent.patch("/v1/cases/2", #"{"regime":"other"}"#)["stage"].text == "only")
        try verified()
    }

    @Test(
        "its own name counts its clocks anew where their calendar was put right, and nothing else puts a deadline off")
    func calendarPutRight() throws {
        let opened = try client.post(
            "/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"},"regime":"fca-payments"}"#)
        let due = { (answer: JSONAnswer) in
            answer["promises"].items.last { $0["clock"].text == "response" && $0["state"].text == "open" }?["due_at"]
                .text
        }
        #expect(due(opened) == "2026-03-24T00:00:00Z" && opened["hard_deadline"].text != nil)
        #expect(try client.patch("/v1/cases/2", #"{"regime":"fca-payments"}"#)["version"] == opened["version"])
        desk.clock.advance(by: .days(1))
        let file = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20260310", "SUMMARY:Forgotten",
            "END:VEVENT",
            "END:VCALENDAR",
        ].map { "\($0)\r\n" }.joined()
        let added = try client.post(
            "/v1/calendars/england-and-wales/holidays", file, fields: ["Content-Type": "text/calendar"])
        #expect(added["added"].items.count == 1, "\(added.response.text)")
        // The deadline of the stage is as it was, whatever the calendar says by now.
        #expect(try client.patch("/v1/cases/2", #"{"hard_deadline":"2026-04-23T00:00:00Z"}"#).status == 422)
        let counted = try client.patch("/v1/cases/2", #"{"regime":"FCA-payments"}"#)
        #expect(due(counted) == "2026-03-25T00:00:00Z")
        let deadline = try #require(counted["hard_deadline"].text)
        #expect(deadline > opened["hard_deadline"].text ?? "z")
        #expect(counted["stages"].items.last?["hard_deadline"].text == deadline)
        #expect(try client.patch("/v1/cases/2", #"{"regime":"fca-payments"}"#)["version"] == counted["version"])
        try verified()
    }

    @Test("put under none and back, a case is at the stage where it was")
    func noneAndBackAtStage() throws {
        _ = try client.post("/v1/cases/1/resolve", #"{"summary":"Done","customer_accepted":true,"outcome":"upheld"}"#)
        desk.clock.advance(by: .days(1))
        #expect(try client.post("/v1/cases/1/stage", #"{"stage":"second","reason":"Not content"}"#).status == 200)
        let due = try client.get("/v1/cases/1")["promises"].items.last?["due_at"].text
        desk.clock.advance(by: .days(1))
        #expect(try client.patch("/v1/cases/1", #"{"regime":null}"#)["stage"] == .null)
        desk.clock.advance(by: .days(1))
        let back = try client.patch("/v1/cases/1", #"{"regime":"two steps"}"#)
        #expect(back["stage"].text == "second" && back["stages"].items.count == 2)
        #expect(back["promises"].items.last?["due_at"].text == due)
        try verified()
    }

    @Test(
        "nobody's own miss goes with its stage: another manager says that it was a mistake, or oneself where there is none"
    )
    func ownMiss() throws {
        var ann = client
        ann.standing["Authorization"] = try desk.token(.manager, name: "ann").field
        let body = #"{"complaint":"It leaks.","customer":{"name":"Bo"},"owner":"ann","regime":"Two steps"}"#
        for id in 2...3 { #expect(try ann.post("/v1/cases", body)["id"].integer == Int64(id)) }
        desk.clock.advance(by: .days(40))
        // Handed over, it is one's own still.
        let missed = try ann.get("/v1/cases/2")["promises"].items.filter { $0["state"].text == "overdue" }
        let overdue = try #require(missed.first?["id"].integer)
        #expect(try ann.post("/v1/promises/\(overdue)/reassign", #"{"owner":"Lou","reason":"Shift"}"#).status == 200)
        var mia = client
        mia.standing["Authorization"] = try desk.token(.manager, name: "mia").field
        for (id, edit) in [(2, #"{"regime":"other"}"#), (3, #"{"regime":null}"#)] {
            let refused = try ann.patch("/v1/cases/\(id)", edit)
            #expect(refused.status == 403 && refused["detail"].text?.contains("another manager") == true)
        }
        #expect(try mia.patch("/v1/cases/2", #"{"regime":"other"}"#)["stage"].text == "only")
        try verified()
    }

    @Test("nor does an agent's, whatever became of it since, nor a deadline that went past")
    func agentsMiss() throws {
        var (kim, ann, mia) = (client, client, client)
        kim.standing["Authorization"] = try desk.token(.agent, name: "kim").field
        ann.standing["Authorization"] = try desk.token(.manager, name: "ann").field
        mia.standing["Authorization"] = try desk.token(.manager, name: "mia").field
        func open(_ owner: String, _ receivedAt: Instant, _ id: Int64) throws {
            let body =
                #"{"complaint":"x","customer":{"name":"Bo"},"owner":"\#(owner)","regime":"Two steps","received_at":"\#(receivedAt.rfc3339)"}"#
            #expect(try kim.post("/v1/cases", body)["id"].integer == id)
        }
        // The acknowledgement is due at the end of the next day, and falls due within the minute.
        try open("kim", try #require(try? Instant(rfc3339: "2026-02-27T12:00:00Z")), 2)
        desk.clock.advance(by: .minutes(1))
        let overdue = try kim.get("/v1/cases/2")["promises"].items.first { $0["state"].text == "overdue" }
        let id = try #require(overdue?["id"].integer)
        #expect(try kim.patch("/v1/cases/2", #"{"regime":null}"#).status == 403)
        #expect(try kim.post("/v1/promises/\(id)/keep", #"{}"#).status == 200)
        #expect(try kim.patch("/v1/cases/2", #"{"regime":null}"#).status == 403)
        // 40 days were over as it came in; what its clocks promised is settled.
        try open("ann", try #require(try? Instant(rfc3339: "2026-01-15T12:00:00Z")), 3)
        for promise in try ann.get("/v1/cases/3")["promises"].items where promise["state"].text == "overdue" {
            let body = #"""
                {"reason":"Settled","customer_agreed":true,"customer_notified":{"channel":"phone","outcome":"reached"},
                "next_promise":{"what":"Call","due_in":"P1D"}}
                """#
            #expect(try mia.post("/v1/promises/\(promise["id"].integer ?? 0)/withdraw", body).status == 200)
        }
        #expect(try kim.patch("/v1/cases/3", #"{"regime":null}"#).status == 403)
        let refused = try ann.patch("/v1/cases/3", #"{"regime":null}"#)
        #expect(refused.status == 403 && refused["detail"].text?.contains("another manager") == true)
        #expect(try mia.patch("/v1/cases/3", #"{"regime":null}"#).status == 200)
        try verified()
    }

    @Test("a deadline that somebody gave holds again once the stage that had another one is undone")
    func givenDeadline() throws {
        func undo(_ id: Int64) throws -> JSONAnswer {
            for stage in ["second", "first"] {
                let answer = try client.post("/v1/cases/\(id)/stage", #"{"stage":"\#(stage)","reason":"By mistake"}"#)
                #expect(answer.status == 200, "\(answer.response.text)")
            }
            return try client.get("/v1/cases/\(id)")
        }
        let clocks = try client.get("/v1/cases/1")["hard_deadline"]
        #expect(try undo(1)["hard_deadline"] == clocks)
        // Given later, and as the case was opened.
        let given = "2026-03-10T00:00:00Z"
        #expect(try client.patch("/v1/cases/1", #"{"hard_deadline":"\#(given)"}"#).status == 200)
        #expect(try undo(1)["hard_deadline"].text == given)
        let body =
            #"{"complaint":"x","customer":{"name":"Bo"},"regime":"Two steps","hard_deadline":"\#(given)"}"#
        #expect(try client.post("/v1/cases", body)["id"].integer == 2)
        #expect(try undo(2)["hard_deadline"].text == given)
        try verified()
    }

    @Test("a stage that was a mistake is undone by a manager: the case is as it was")
    func undone() throws {
        let body = #"""
            {"summary":"Done","customer_accepted":true,"outcome":"partly_upheld","redress":{"amount":500,"currency":"GBP"},
            "final_response":{"channel":"email"}}
            """#
        let before = try client.post("/v1/cases/1/resolve", body)
        let figures = try client.get("/v1/reports/regime?regime=two+steps")["total"]
        desk.clock.advance(by: .days(3))
        let opened = try client.post("/v1/cases/1/stage", #"{"stage":"second","reason":"The wrong case"}"#)
        #expect(opened["status"].text == "open")
        let back = #"{"stage":"first","reason":"It was Bo's"}"#
        var agent = client
        agent.standing["Authorization"] = try desk.token(.agent, name: "kim").field
        #expect(try agent.post("/v1/cases/1/stage", back).status == 403)
        agent.standing["Authorization"] = try desk.token(.manager, name: "ann").field
        let answer = try agent.post("/v1/cases/1/stage", back)
        #expect(answer.status == 200 && answer["status"].text == "resolved" && answer["stage"].text == "first")
        #expect(before["final_response"]["sent_at"].text != nil)
        for member in ["resolved_at", "outcome", "redress", "final_response", "customer_accepted", "hard_deadline"] {
            #expect(answer[member] == before[member], "\(member)")
        }
        #expect(answer["promises"].items.last?["state"].text == "void")
        #expect(answer["stages"].items == before["stages"].items)
        agent.standing["Authorization"] = nil
        agent.standing["Authorization"] = try desk.token(.admin, name: "root").field
        let now = try agent.get("/v1/reports/regime?regime=two+steps")["total"]
        #expect(now["stages"] == figures["stages"] && now["settled_days"] == figures["settled_days"])
        #expect(now["clocks"] == figures["clocks"])
        try verified()
    }
}
