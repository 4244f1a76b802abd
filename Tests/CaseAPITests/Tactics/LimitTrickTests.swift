import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Tricks: limits")
struct LimitTrickTests {
    private func concede(_ amount: Int, in story: Story, _ currency: String = "USD") throws -> JSONAnswer {
        try story.write("concession", #""what":"Money","amount":\#(amount),"currency":"\#(currency)""#)
    }

    private func decide(_ seq: Int64, _ isApproved: Bool, in story: Story) throws -> JSONAnswer {
        try story.write("concession_decision", #""of":\#(seq),"approved":\#(isApproved),"reason":"x""#, as: "Mia")
    }

    @Test("T15: what a promise gives away can't be handed over before a manager says yes, in whatever way it is kept")
    func keptBeforeGranted() throws {
        let story = try Story()
        #expect(try concede(20_000, in: story)["seq"].integer == 3)
        #expect(
            try story.promise("Pay", #""due_in":"P3D","kind":"remedy","concession":3"#).warnings.contains(
                "concession_pending"), "the timeline goes first")
        let before = try story.now()
        for (path, body) in [
            ("/v1/promises/2/keep", "{}"),
            ("/v1/promises/2/keep", #"{"resolve":{"summary":"s","customer_accepted":true}}"#),
            ("\(story.path)/promises", #"{"what":"Call","due_in":"P1D","keeps":2}"#),
            (
                "\(story.path)/resolve",
                #"{"summary":"s","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"},"#
                    + #"{"promise_id":2,"action":"keep"}]}"#
            ),
        ] {
            let refused = try story.client.post(path, body)
            #expect(refused.status == 409 && refused.code == "concession_pending", "\(path) \(refused.response.text)")
            #expect(refused["promise_ids"].items.map { $0.integer } == [2])
        }
        #expect(try story.now().json == before.json, "nothing has changed")
        #expect(
            try story.client.post("/v1/promises/2/keep", #"{"kept_at":"2020-01-01T00:00:00Z"}"#).status == 422,
            "what is wrong with the body is told first")

        let no = try decide(3, false, in: story)
        #expect(no.status == 201)
        #expect(try story.client.post("/v1/promises/2/keep", "{}").code == "concession_pending")
        #expect(try decide(3, true, in: story).status == 201, "a refused one may be decided again")
        #expect(try decide(3, true, in: story).code == "concession_decided")
        #expect(try story.client.post("/v1/promises/2/keep", "{}").status == 200)
        let kept = try story.client.post("/v1/promises/2/keep", "{}")
        #expect(kept.code == "promise_settled", "that it is settled is told before all else")

        let then = try #require(no["recorded_at"].text)
        let report = try story.client.get("/v1/reports/concessions?group_by=state&as_of=\(then)")
        #expect(report["groups"].items.map { $0["key"].text } == ["refused"])
        let now = try story.client.get("/v1/reports/concessions?group_by=state")
        #expect(now["groups"].items.map { $0["key"].text } == ["approved"])
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("T15: a concession in two halves is above the limit together; what was refused is not given away")
    func halves() throws {
        let story = try Story()
        #expect(try concede(6_000, in: story)["state"].text == "granted")
        let second = try concede(6_000, in: story)
        #expect(second["state"].text == "pending" && second["above_limit"].flag == true)
        #expect(try concede(1, in: story)["state"].text == "pending", "what waits counts too")
        #expect(try decide(4, false, in: story).status == 201)
        #expect(try concede(3_999, in: story)["state"].text == "granted", "6,000, 1 that waits, and 3,999")
        #expect(try concede(1, in: story)["above_limit"].flag == true)
        #expect(try concede(0, in: story)["state"].text == "granted")
        #expect(try concede(1, in: story, "EUR")["above_limit"].flag == true)
        let other = try Story(on: story.desk, customer: "C-2")
        #expect(try concede(10_000, in: other)["state"].text == "granted", "each case by itself")
    }

    @Test("T15: what was above the limit of then stays so, whatever the policy says since")
    func limitOfThen() throws {
        let story = try Story()
        _ = try concede(20_000, in: story)
        try story.client.patch("/v1/policies/normal", #"{"concession_limit":50000}"#)
        #expect(try story.client.get("\(story.path)/log/3")["above_limit"].flag == true)
        let queued = try story.client.get("/v1/queue?kind=concession")["items"][0]
        #expect(queued["why"].text?.contains("above the limit") == true)
        #expect(try story.client.get("/v1/reports/concessions")["total"]["above_limit"].integer == 1)
        #expect(try concede(30_000, in: story)["state"].text == "granted", "together 50,000")
    }

    @Test("T15: a promise can be moved on to another concession of the case, before it is due and after")
    func otherConcession() throws {
        let story = try Story()
        _ = try concede(20_000, in: story)
        _ = try concede(5_000, in: story)
        try story.promise("Pay", #""due_in":"P1D","concession":3"#)
        let told = #""reason":"r","next_step":"n","customer_notified":{"channel":"phone","outcome":"reached"}"#
        let wrong = try story.client.post("/v1/promises/2/renegotiate", #"{"due_in":"P2D","concession":1,\#(told)}"#)
        #expect(wrong.errors == ["#/concession invalid_value"])
        let moved = try story.client.post("/v1/promises/2/renegotiate", #"{"due_in":"P2D","concession":4,\#(told)}"#)
        #expect(moved["concession"].integer == 4)
        story.desk.clock.advance(by: .days(3))
        let again = try story.client.post("/v1/promises/3/recover", #"{"due_in":"P2D",\#(told)}"#)
        #expect(again["concession"].integer == 4, "without another one it stays")
    }

    @Test("T16: who threatens with nothing gets nothing unseen: after an unfounded verdict a concession waits")
    func afterUnfounded() throws {
        let story = try Story()
        try story.write("threat", #""threat_kind":"publicity""#)
        try story.write("threat_assessment", #""of":3,"verdict":"unfounded","reason":"No followers""#)
        let given = try concede(1, in: story)
        #expect(given["state"].text == "pending" && given["under_threat"].text == "unfounded")
        #expect(given["above_limit"] == .null)
        let queued = try story.client.get("/v1/queue?kind=concession")["items"][0]
        #expect(queued["why"].text?.contains("unfounded") == true)
        #expect(try story.client.get("/v1/reports/concessions")["total"]["under_threat"].integer == 1)
        // The latest verdict counts.
        try story.write("threat_assessment", #""of":3,"verdict":"unknown","reason":"A reporter called""#)
        #expect(try concede(1, in: story)["state"].text == "granted")
    }

    @Test("T16: a threat to safety has a supervisor asked at once, and stands first in the queue until one has joined")
    func safety() throws {
        let story = try Story()
        try story.write("threat", #""threat_kind":"legal""#)
        let second = try Story(on: story.desk, customer: "C-2")
        try second.write("threat", #""threat_kind":"safety","text":"I know where you live""#)
        #expect(try story.now()["escalated"].flag == false)
        #expect(try second.now()["escalated"].flag == true)
        #expect(try second.log().suffix(2) == ["threat", "escalated"])
        func queue(_ more: String = "") throws -> [String] {
            try story.client.get("/v1/queue\(more)")["items"].items.map {
                "\($0["kind"].text ?? "") \($0["case"]["id"].integer ?? 0)"
            }
        }
        #expect(try queue() == ["threat 2", "threat 1", "escalation 2"])
        #expect(try queue("?kind=threat") == ["threat 2", "threat 1"])
        #expect(try story.client.get("/v1/queue?limit=1")["items"][0]["seq"].integer == 3)
        var seen: [String] = []
        var next: String? = "/v1/queue?limit=1"
        while let target = next {
            let page = try story.client.get(target)
            seen += page["items"].items.map { "\($0["kind"].text ?? "") \($0["case"]["id"].integer ?? 0)" }
            next = page.fields["link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
        }
        #expect(seen == ["threat 2", "threat 1", "escalation 2"], "and page by page")

        let credible = try second.write(
            "threat_assessment", #""of":3,"verdict":"credible","reason":"He has done it before""#, as: "Sue")
        #expect(try queue() == ["danger 2", "threat 1", "escalation 2"])
        let first = try story.client.get("/v1/queue")["items"][0]
        #expect(first["why"].text?.contains("He has done it before") == true)
        #expect(first["call"]["body"]["kind"].text == "supervisor_joined")
        #expect(try second.now()["unassessed_threats"].integer == 0)
        try second.write("supervisor_joined", #""supervisor":"Sue""#)
        #expect(try queue() == ["threat 1"])
        #expect(
            try queue("?as_of=\(credible["recorded_at"].text ?? "")") == ["danger 2", "threat 1", "escalation 2"])
        // Found credible once more after that, it waits once more.
        try second.write("threat_assessment", #""of":3,"verdict":"credible","reason":"A letter came""#)
        #expect(try queue() == ["danger 2", "threat 1", "escalation 2"])
        // Nor does it go by ending the case.
        try second.client.post(
            "/v1/promises/2/keep", #"{"resolve":{"summary":"Refunded","customer_accepted":true}}"#)
        #expect(try queue() == ["danger 2", "threat 1"])
        #expect(
            try story.client.get("/v1/cases/2/guidance")["items"][0]["call"]["body"]["kind"].text == "supervisor_joined"
        )
        try second.client.post("/v1/cases/2/reopen", #"{"reason":"Called again"}"#)
        try second.write("threat_assessment", #""of":3,"verdict":"unfounded","reason":"It was a joke""#)
        #expect(try queue() == ["threat 1"])
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("T11, T12, T14: a remedy and a callback are the desk's, to the customer", arguments: ["us", "customer"])
    func toWhom(parties: String) throws {
        let story = try Story(#""mood":"angry","#)
        try story.write("option", #""options":["A new one"]"#)
        let (fields, pointer) = parties == "us" ? (#""to":"us""#, "to") : (#""by":"customer""#, "by")
        let promise = #"{"what":"x","due_in":"P1D",\#(fields)}"#
        let count = try story.log().count
        for (kind, more, name) in [
            ("agreement", #""option":"A new one","accepted":true,"remedy""#, "remedy"),
            ("cool_off", #""reason":"r","callback""#, "callback"), ("refusal", #""reason":"r","callback""#, "callback"),
        ] {
            let refused = try story.write(kind, "\(more):\(promise)")
            #expect(refused.status == 422 && refused.errors == ["#/\(name)/\(pointer) invalid_value"], "\(kind)")
        }
        let cooled = try story.client.post("\(story.path)/cool-off", #"{"reason":"r","callback":\#(promise)}"#)
        #expect(cooled.errors == ["#/callback/\(pointer) invalid_value"])
        #expect(try story.log().count == count, "nothing has changed")
        let good = #""reason":"r","callback":{"what":"x","due_in":"P1D","by":"desk","to":"customer"}"#
        #expect(try story.write("refusal", good)["promise"]["kind"].text == "callback")
    }

    @Test("T14: that a customer is not content shows, and is not put out of sight by closing the case")
    func notAccepted() throws {
        let story = try Story(#""owner":"Kim","#)
        let end = #"{"resolve":{"summary":"No refund","customer_accepted":false}}"#
        #expect(try story.now()["customer_accepted"] == .null)
        let open = try #require(try story.now()["updated_at"].text)
        #expect(try story.client.post("/v1/promises/1/keep", end)["case"]["customer_accepted"].flag == false)
        let content = try Story(on: story.desk, customer: "C-2")
        try content.client.post(
            "/v1/promises/2/keep", #"{"resolve":{"summary":"Replaced","customer_accepted":true}}"#)
        _ = try Story(on: story.desk, customer: "C-3")
        func ids(_ filter: String) throws -> [Int64?] {
            try story.client.get("/v1/cases?\(filter)")["items"].items.map { $0["id"].integer }
        }
        #expect(try ids("accepted=false") == [1])
        #expect(try ids("accepted=true") == [2])
        #expect(try ids("accepted=false&as_of=\(open)").isEmpty)
        func queue() throws -> [Int64?] {
            try story.client.get("/v1/queue?kind=not_accepted")["items"].items.map { $0["case"]["id"].integer }
        }
        #expect(try queue() == [1])
        let agent = ["Authorization": try story.desk.token(.agent, name: "Lou").field]
        #expect(try story.client.post("\(story.path)/close", "{}", fields: agent).status == 200)
        var mia = story.client
        mia.standing = ["Authorization": try story.desk.token(.manager, name: "Mia").field]
        func seen() throws -> [Int64?] {
            try mia.get("/v1/queue?kind=not_accepted")["items"].items.map { $0["case"]["id"].integer }
        }
        #expect(try seen() == [1], "an agent's closing is not the last word")
        #expect(try mia.get(story.path)["customer_accepted"].flag == false, "closed, it stands on the same")
        let reopened = try mia.post("\(story.path)/reopen", #"{"reason":"They called again"}"#)
        #expect(reopened["customer_accepted"] == .null)
        #expect(try seen().isEmpty)
        #expect(try mia.get("/v1/cases?accepted=false&as_of=\(open)")["total"].integer == 0)
        let load = try mia.get("/v1/reports/load")["total"]
        #expect(load["accepted"].integer == 1 && load["not_accepted"].integer == 1)
        let last = try #require(reopened["promises"].items.last?["id"].integer)
        try mia.post(
            "/v1/promises/\(last)/keep", #"{"resolve":{"summary":"Still none","customer_accepted":false}}"#)
        #expect(try seen() == [1])
        try mia.post("\(story.path)/close", "{}")
        #expect(try seen().isEmpty, "a manager's closing is")
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("T3, T19: what we promise ourselves moves without a word to the customer, and is in the queue when overdue")
    func toUs() throws {
        let story = try Story()
        try story.promise("Look into it", #""due_in":"PT1H","to":"us","owner":"Kim""#)
        try story.promise("Send a photo", #""due_in":"PT2H","by":"customer""#)
        let moved = try story.client.post(
            "/v1/promises/2/renegotiate", #"{"due_in":"PT3H","reason":"r","next_step":"n"}"#)
        #expect(moved.status == 201 && moved["customer_notified"] == .null)
        let toCustomer = try story.client.post(
            "/v1/promises/1/renegotiate", #"{"due_in":"PT3H","reason":"r","next_step":"n"}"#)
        #expect(toCustomer.errors == ["#/customer_notified required"])
        story.desk.clock.advance(by: .hours(4))
        let items = try story.client.get("/v1/queue?kind=overdue")["items"].items
        #expect(items.map { $0["promise_id"].integer } == [3, 4])
        #expect(items[0]["why"].text == "What the customer promised is overdue: Send a photo")
        #expect(items[1]["why"].text == "A promise to ourselves is overdue: Look into it")
        let then = (story.desk.clock.now + .minutes(-5)).rfc3339
        #expect(
            try story.client.post("/v1/promises/3/recover", #"{"due_in":"P1D","reason":"r","next_step":"n"}"#).status
                == 201)
        #expect(try story.client.get("/v1/queue?kind=overdue")["total"].integer == 1)
        #expect(try story.client.get("/v1/queue?kind=overdue&as_of=\(then)")["total"].integer == 2)
        #expect(try story.client.get("/v1/promises?state=overdue")["total"].integer == 0, "lists are the customers'")
    }
}
