import CaseStore
import Complaints
import Testing

@testable import CaseAPI

/// What `POST /v1/cases/{id}/duplicate-of` does over HTTP, and the tricks that it could be, each by its name.
@Suite("A duplicate costs the desk nothing, and hides nothing")
struct DuplicateTests {
    private let first: Story
    private let second: Story
    private var desk: TestDesk { first.desk }
    private var client: TestClient { first.client }

    init() throws {
        first = try Story(#""owner":"Kim","#)
        second = try Story(#""owner":"Lou","#, on: first.desk)
    }

    @discardableResult
    private func duplicate(
        _ story: Story, of id: Int64, fields: [String: String] = [:]
    ) throws -> JSONAnswer {
        try client.post(
            "\(story.path)/duplicate-of", #"{"case_id":\#(id),"reason":"They called, and wrote"}"#, fields: fields)
    }

    private func events() throws -> [String] {
        try client.get("/v1/events?limit=500")["items"].items.compactMap { $0["type"].text }
    }

    private func ids(_ query: String) throws -> [Int64?] {
        try client.get("/v1/promises?\(query)")["items"].items.map { $0["id"].integer }
    }

    private func verified() throws { #expect(try desk.store.makeReader().verify().findings == []) }

    @Test("the answer is the case that is resolved, with what goes on; the other one has it, and both logs say so")
    func answer() throws {
        let call = try #require(try first.promise("Call", #""due_in":"P1D","next_step":"Look for it""#)["id"].integer)
        try first.promise("Send the bill", #""due_in":"P1D","by":"customer","to":"us""#)
        let answer = try duplicate(first, of: second.id)
        #expect(answer.status == 200)
        #expect(answer["id"].integer == first.id && answer["status"].text == "resolved")
        #expect(answer["duplicate_of"].integer == second.id && answer["customer_accepted"] == .null)
        let transferred = answer["transferred"].items
        #expect(transferred.count == 3, "of any parties")
        #expect(transferred.allSatisfy { $0["case_id"].integer == second.id && $0["state"].text == "open" })
        #expect(answer["promise_counts"]["transferred"].integer == 2 && answer["promise_counts"]["open"].integer == 0)
        #expect(
            try first.log().suffix(4) == [
                "promise_transferred", "promise_transferred", "promise_transferred", "case_resolved",
            ])
        #expect(
            try second.log() == [
                "case_opened", "promise_made", "duplicate", "promise_made", "promise_made", "promise_made",
            ])
        let new = try #require(transferred.first { $0["transferred_from"].integer == call })
        let old = try client.get("/v1/promises/\(call)")
        #expect(old["state"].text == "transferred" && old["transferred_to"] == new["id"])
        #expect(old["late_seconds"] == .null && old["superseded_by"] == .null)
        for field in ["what", "owner", "accountable", "made_by", "due_at", "original_due_at", "told_at", "next_step"] {
            #expect(new[field] == old.json[field], "\(field)")
        }
        #expect(new["first_made_at"] == old.json["made_at"] && new["made_at"] == old.json["recorded_at"])
        #expect(try ids("state=transferred&case_id=\(first.id)").count == 2)
        #expect(try ids("state=open&case_id=\(second.id)").count == 3, "with its own")
        #expect(try second.now()["promise_counts"]["open"].integer == 3)
        #expect(try events().filter { $0 == "promise.transferred" }.count == 3)
        let list = try client.get("/v1/promises?state=transferred&format=csv").response.text
        #expect(list.contains("transferred_from,transferred_to") && list.contains(",transferred,"))
        try verified()
    }

    @Test("no follow-up is made for it, whatever the policy wants")
    func noFollowUp() throws {
        try client.patch("/v1/policies/normal", #"{"follow_up_in":"P7D"}"#)
        let answer = try duplicate(first, of: second.id)
        #expect(answer["promises"].items.map { $0["kind"].text } == ["acknowledge"])
        #expect(try client.post("\(first.path)/close").status == 200)
    }

    @Test("a case is no duplicate of itself, of nothing, of what is over, of another customer's, or in a ring")
    func refusals() throws {
        #expect(try duplicate(first, of: first.id).code == "not_a_duplicate")
        #expect(try duplicate(first, of: 99).errors == ["#/case_id invalid_value"])
        #expect(
            try client.post("\(first.path)/duplicate-of", "{}").errors == ["#/case_id required", "#/reason required"])
        let stranger = try Story(on: desk, customer: "C-2")
        let refused = try duplicate(first, of: stranger.id)
        #expect(refused.status == 409 && refused.code == "not_a_duplicate" && refused["case_id"].integer == stranger.id)
        #expect(try duplicate(first, of: second.id).status == 200)
        #expect(try duplicate(second, of: first.id).code == "not_a_duplicate", "it is resolved")
        #expect(try duplicate(first, of: second.id).code == "case_not_open")
        let third = try Story(on: desk)
        #expect(try duplicate(second, of: third.id).status == 200)
        #expect(try client.post("\(first.path)/reopen", #"{"reason":"Another kettle"}"#).status == 200)
        #expect(try duplicate(third, of: first.id).code == "not_a_duplicate", "a ring through two others")
        #expect(try duplicate(first, of: third.id).status == 200, "the other way round it is none")
        try verified()
    }

    @Test("hiding an overdue promise: it is overdue in the list, in the same place, and announced once")
    func hidingOverdue() throws {
        desk.clock.advance(by: .days(3))
        #expect(try ids("state=overdue") == [1, 2])
        let before = try client.get("/v1/promises?state=overdue")["items"].items.map { $0["due_at"] }
        #expect(try duplicate(first, of: second.id)["ever_broken"].flag == true)
        let after = try client.get("/v1/promises?state=overdue")["items"].items
        #expect(after.map { $0["due_at"] } == before && after.map { $0["case_id"].integer } == [second.id, second.id])
        #expect(try second.now()["overdue"].flag == true)
        desk.clock.advance(by: .days(3))
        try desk.store.write { _ = try $0.announce(limit: 100) }
        #expect(try events().filter { $0 == "promise.overdue" }.count == 2, "announced once")
        let recovered = try client.post(
            "/v1/promises/3/renegotiate",
            #"{"due_in":"P1D","reason":"r","next_step":"n","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        )
        #expect(recovered.code == "promise_broken")
        try verified()
    }

    @Test("what came up the ladder leaves the queue with the duplicate, and comes up where it goes on")
    func ladder() throws {
        func broughtUp() throws -> [Int64?] {
            desk.clock.advance(by: .seconds(1))
            try desk.store.write { _ = try $0.announce(limit: 100) }
            return try client.get("/v1/queue?kind=ladder")["items"].items.map { $0["case"]["id"].integer }
        }
        try client.patch("/v1/policies/normal", #"{"ladder":["PT0S manager"]}"#)
        let third = try Story(on: desk)
        desk.clock.advance(by: .days(3))
        #expect(try Set(broughtUp()) == [third.id])
        #expect(try duplicate(third, of: second.id).status == 200)
        #expect(try client.get("/v1/queue?kind=ladder")["items"].items == [])
        #expect(try Set(broughtUp()) == [second.id])
        try verified()
    }

    @Test("doubling or losing counts: the chain counts once in the report, with its first date, and for whom it did")
    func counts() throws {
        try client.post(
            "/v1/promises/1/renegotiate",
            #"{"due_in":"P5D","reason":"r","next_step":"n","customer_notified":{"channel":"phone","outcome":"reached"}}"#,
            fields: ["Casekeeper-Actor": "Kim"])
        desk.clock.advance(by: .days(6))
        func report() throws -> JSONValue { try client.get("/v1/reports/promises?group_by=owner").json }
        let before = try report()["total"]
        // Given away once it is too late, it still counts for who had it at its due instant.
        try client.post(
            "/v1/promises/3/reassign", #"{"owner":"Max","reason":"Not mine"}"#, fields: ["Casekeeper-Actor": "Kim"])
        try client.post("/v1/promises/3/accept", "{}", fields: ["Casekeeper-Actor": "Max"])
        try duplicate(first, of: second.id)
        let after = try report()
        #expect(after["total"]["transferred"].integer == 1)
        for column in ["due", "overdue", "renegotiated", "kept_rate", "kept_at_original_due_rate", "untold"] {
            #expect(after["total"][column] == before[column], "\(column)")
        }
        let kims = try #require(after["groups"].items.first { $0["key"].text == "Kim" })
        #expect(kims["overdue"].integer == 1, "moving it to another case moves no blame")
        #expect(!after["groups"].items.contains { $0["key"].text == "Max" })
        let load = try client.get("/v1/reports/load")["total"]
        #expect(load["overdue"].integer == 2 && load["hard_cases"].integer == 1)
        try verified()
    }

    @Test("resetting made_at: it may have been kept since the first making, and no keep is instant for being moved")
    func madeAt() throws {
        let made = desk.clock.now
        desk.clock.advance(by: .hours(2))
        try duplicate(first, of: second.id)
        desk.clock.advance(by: .seconds(5))
        let early = (made + .hours(-1)).rfc3339
        #expect(
            try client.post("/v1/promises/3/keep", #"{"kept_at":"\#(early)"}"#).errors == ["#/kept_at before_made_at"])
        let between = (made + .hours(1)).rfc3339
        #expect(
            try client.post("/v1/promises/3/keep", #"{"kept_at":"\#(between)"}"#)["promise"]["state"].text == "kept")
        let total = try client.get("/v1/reports/promises")["total"]
        #expect(total["instant"].integer == 0 && total["kept"].integer == 1)
        try verified()
    }

    @Test("voiding early: a transfer opens nobody's quarter of an hour again, and takes nobody's away")
    func voiding() throws {
        let desk = try TestDesk()
        let kim = try desk.token(.agent, name: "Kim")
        _ = try desk.token(.manager, name: "Mia")
        var client = desk.client
        client.standing = ["Authorization": kim.field]
        let first = try Story(with: client, on: desk)
        let second = try Story(with: client, on: desk)
        let third = try Story(with: client, on: desk)
        func transfer(_ from: Story, to other: Story, after span: ElapsedTime) throws -> JSONAnswer {
            let made = try from.promise("Call", #""due_in":"PT20M""#)["id"].integer
            desk.clock.advance(by: span)
            let answer = try client.post(
                "\(from.path)/duplicate-of", #"{"case_id":\#(other.id),"reason":"They called, and wrote"}"#)
            let new = answer["transferred"].items.first { $0["transferred_from"].integer == made }
            return try client.post(
                "/v1/promises/\(new?["id"].integer ?? 0)/void",
                #"{"reason":"Typed twice","customer_notified":{"channel":"phone","outcome":"reached"}}"#)
        }
        #expect(try transfer(first, to: second, after: .minutes(16)).status == 403)
        #expect(try transfer(second, to: third, after: .minutes(14)).status == 200)
    }

    @Test("escaping a pending concession: it is kept only once a manager has said yes in the first case")
    func concession() throws {
        let concession = try first.write(
            "concession", #""what":"A new one","amount":999999,"currency":"USD""#, as: "Kim")
        let seq = try #require(concession["seq"].integer)
        try first.promise("Send it", #""due_in":"P1D","concession":\#(seq)"#, as: "Kim")
        let answer = try duplicate(first, of: second.id)
        let new = try #require(answer["transferred"].items.first { $0["concession"] != .null })
        #expect(new["concession_case_id"].integer == first.id && new["concession"].integer == seq)
        let keep = "/v1/promises/\(new["id"].integer ?? 0)/keep"
        let refused = try client.post(keep, "{}", fields: ["Casekeeper-Actor": "Kim"])
        #expect(refused.code == "concession_pending" && refused["case_id"].integer == first.id)
        #expect(try client.get("/v1/queue?kind=concession")["items"].items.count == 1)
        let guidance = try client.get("\(second.path)/guidance").response.text
        #expect(!guidance.contains("/v1/promises/\(new["id"].integer ?? 0)/keep"), "nobody is told to keep it")
        let decided = try first.write(
            "concession_decision", #""of":\#(seq),"approved":true,"reason":"Once""#, as: "Mia")
        #expect(decided.status == 201, "in the case that is resolved")
        #expect(try client.post(keep, "{}", fields: ["Casekeeper-Actor": "Kim"]).status == 200)
        try verified()
    }

    @Test("both cases change together or not at all: If-Match is the duplicate's, and a retry is answered as before")
    func together() throws {
        let tag = try #require(try first.now().fields["etag"])
        try first.write("note", #""text":"Somebody else was here.""#)
        #expect(try duplicate(first, of: second.id, fields: ["If-Match": tag]).status == 412)
        #expect(try second.log().count == 2)
        let now = try #require(try first.now().fields["etag"])
        let fields = ["If-Match": now, "Idempotency-Key": "k-1"]
        let done = try duplicate(first, of: second.id, fields: fields)
        #expect(done.status == 200)
        #expect(try first.now().fields["etag"] == done.fields["etag"])
        let again = try duplicate(first, of: second.id, fields: fields)
        #expect(again.fields["idempotency-replayed"] == "true" && again.response.text == done.response.text)
        #expect(try second.now()["version"].integer == 4)
    }

    @Test("a chain over three cases: reopened, resolved further on, kept at the end; as of before, it is where it was")
    func threeCases() throws {
        let start = desk.clock.now
        desk.clock.advance(by: .hours(1))
        try duplicate(first, of: second.id)
        let between = desk.clock.now
        desk.clock.advance(by: .hours(1))
        let third = try Story(on: desk)
        let moved = try duplicate(second, of: third.id)["transferred"].items
        #expect(moved.map { $0["first_made_at"].text }.allSatisfy { $0 != nil })
        let last = try #require(moved.first { $0["transferred_from"].integer == 3 }?["id"].integer)
        #expect(
            try client.post("/v1/promises/\(last)/keep", #"{"next_promise":{"what":"Call","due_in":"P1D"}}"#).status
                == 200)
        func then(_ path: String, _ instant: Instant) throws -> JSONAnswer {
            try client.get("\(path)?as_of=\(instant.rfc3339)")
        }
        #expect(try then(first.path, start)["status"].text == "open")
        #expect(try then(first.path, start)["duplicate_of"] == .null)
        #expect(try then("/v1/promises/1", start)["state"].text == "open")
        #expect(try then("/v1/promises/3", start).status == 404)
        #expect(try then("/v1/promises/3", between)["state"].text == "open")
        #expect(try then("/v1/promises/1", between)["state"].text == "transferred")
        for story in [first, second, third] {
            let page = try client.get("\(story.path)/customer-page")
            let chain = page["promises"].items.filter {
                $0["made_at"].text == (try? client.get("/v1/promises/1"))?["made_at"].text
            }
            #expect(chain.map { $0["state"].text } == ["kept"], "one, from every side")
        }
        try verified()
    }

    @Test("the customer's page has another tag once what went on elsewhere is another")
    func pageTag() throws {
        try duplicate(first, of: second.id)
        let page = "\(first.path)/customer-page"
        let tag = try client.get(page).fields["etag"] ?? ""
        #expect(try client.get(page, fields: ["If-None-Match": tag]).status == 304)
        try client.post("/v1/promises/3/keep", "{}")
        let changed = try client.get(page, fields: ["If-None-Match": tag])
        #expect(changed.status == 200 && changed["promises"][0]["state"].text == "kept")
    }

    @Test("an erasure takes the words of both, and what went on is settled first")
    func erasure() throws {
        try first.promise("Send the blue kettle")
        try duplicate(first, of: second.id)
        let erase = "/v1/customers/1/erase"
        #expect(try client.post(erase, #"{"reason":"Asked for it"}"#).code == "promises_unsettled")
        let unsettled = try client.get("/v1/promises?case_id=\(second.id)&state=open,overdue")["items"].items
        let settle = unsettled.compactMap { $0["id"].integer }.map {
            #"{"promise_id":\#($0),"action":"keep"}"#
        }.joined(separator: ",")
        let resolved = try client.post(
            "\(second.path)/resolve", #"{"summary":"Done","customer_accepted":true,"settle":[\#(settle)]}"#)
        #expect(resolved.status == 200)
        #expect(try client.post(erase, #"{"reason":"Asked for it"}"#).status == 200)
        for story in [first, second] {
            let text = try client.get("\(story.path)/log?limit=500").response.text
            #expect(!text.contains("blue") && !text.contains("They called"))
        }
        #expect(try duplicate(first, of: second.id).code == "customer_erased")
        try verified()
    }

    @Test("raising twice: an escalation goes with what it is about, and waits once")
    func escalation() throws {
        try client.patch("/v1/policies/normal", #"{"escalate_after":1,"supervisor":"Sue"}"#)
        desk.clock.advance(by: .days(3))
        try desk.store.write { _ = try $0.announce(limit: 100) }
        #expect(try client.get("/v1/queue?kind=escalation")["items"].items.count == 2)
        try duplicate(first, of: second.id)
        #expect(try client.get("/v1/queue?kind=escalation")["items"].items.count == 1)
        try verified()
    }

    @Test("raising twice: whom the supervisor joined for already needs none again")
    func joined() throws {
        try client.patch("/v1/policies/normal", #"{"escalate_after":1,"supervisor":"Sue"}"#)
        let other = try Story(
            #""promise":{"what":"Call","due_in":"P30D","customer_notified":{"channel":"phone","outcome":"reached"}},"#,
            on: desk)
        desk.clock.advance(by: .days(3))
        try desk.store.write { _ = try $0.announce(limit: 100) }
        try first.write("supervisor_joined", as: "Sue")
        try duplicate(first, of: other.id)
        #expect(try other.now()["escalated"].flag == false)
        try other.write("note", #""text":"Looked into it.""#)
        #expect(try other.now()["escalated"].flag == false, "later on neither")
        try verified()
    }

    @Test("hiding: what was broken in a duplicate counts where it went on, when a supervisor is to be asked")
    func brokenBefore() throws {
        try client.patch("/v1/policies/normal", #"{"escalate_after":2,"supervisor":"Sue"}"#)
        desk.clock.advance(by: .days(3))
        try desk.store.write { _ = try $0.announce(limit: 100) }
        let late = try #require(try ids("case_id=\(first.id)").first ?? nil)
        let kept = try client.post(
            "/v1/promises/\(late)/keep", #"{"next_promise":{"what":"Call","due_in":"P30D"}}"#)
        #expect(kept.status == 200, "\(kept.response.text)")
        let other = try Story(
            #""promise":{"what":"Call","due_in":"P20D","customer_notified":{"channel":"phone","outcome":"reached"}},"#,
            on: desk)
        try duplicate(first, of: other.id)
        #expect(try other.now()["escalated"].flag == false, "one was broken")
        desk.clock.advance(by: .days(21))
        try desk.store.write { _ = try $0.announce(limit: 100) }
        #expect(try other.now()["escalated"].flag == true, "one there, and one here")
        try verified()
    }
}
