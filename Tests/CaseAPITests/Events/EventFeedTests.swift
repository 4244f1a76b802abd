import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("GET /v1/events")
struct EventFeedTests {
    private func ids(_ answer: JSONAnswer) -> [Int64] { answer["items"].items.compactMap { $0["id"].integer } }

    private func types(_ answer: JSONAnswer) -> [String] { answer["items"].items.compactMap { $0["type"].text } }

    @Test("tells everything that happened in the order in which it did, page by page")
    func all() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let client = desk.client
        try client.patch("/v1/cases/1", #"{"owner":"Kim","severity":"high"}"#)
        try client.post("/v1/cases/1/log", #"{"kind":"note","text":"Called."}"#)
        let due = #""due_in":"P1D","reason":"Stock","next_step":"We call","customer_notified":"#
        let told = #"{"channel":"phone","outcome":"reached"}"#
        try client.post("/v1/promises/1/renegotiate", "{\(due)\(told)}")
        try client.post("/v1/promises/2/reassign", #"{"owner":"Lou","reason":"Shift"}"#)
        desk.clock.advance(by: .days(2))
        try client.post("/v1/promises/2/recover", "{\(due)\(told)}")
        try client.post("/v1/promises/3/keep", #"{"next_promise":{"what":"Send it","due_in":"P1D"}}"#)
        try client.post(
            "/v1/promises/4/withdraw",
            #"{"reason":"No need","customer_agreed":true,"customer_notified":\#(told),"#
                + #""next_promise":{"kind":"check_in","what":"Call","due_in":"P1D"}}"#)
        try client.post(
            "/v1/promises/5/void",
            #"{"reason":"Typo","customer_notified":\#(told),"resolve":{"summary":"Done","customer_accepted":true}}"#)
        try client.post("/v1/cases/1/close", "{}")
        try client.post("/v1/cases/1/reopen", #"{"reason":"Again"}"#)
        try client.post("/v1/cases/1/escalate", #"{"supervisor":"Sue","reason":"She asks for one"}"#)
        try client.post("/v1/cases/1/promises", #"{"what":"Call","due_in":"P1D","owner":"Lou"}"#)
        try client.post("/v1/promises/7/accept", "{}", fields: ["Casekeeper-Actor": "Lou"])
        try client.post("/v1/promises/6/decline", #"{"reason":"Away"}"#, fields: ["Casekeeper-Actor": "Kim"])
        try client.post("/v1/cases", #"{"complaint":"It leaks, as I said.","customer":{"id":1}}"#)
        try client.post("/v1/cases/2/duplicate-of", #"{"case_id":1,"reason":"They called, and wrote"}"#)
        let all = try client.get("/v1/events?limit=500")
        #expect(all.status == 200 && all.response.fields["cache-control"] == "no-store")
        #expect(
            types(all) == [
                "case.opened", "promise.made", "case.updated", "promise.reassigned", "case.updated",
                "promise.renegotiated", "promise.made", "promise.reassigned", "promise.overdue", "promise.recovered",
                "promise.made", "promise.kept", "promise.made", "promise.withdrawn", "promise.made", "promise.voided",
                "case.resolved", "case.closed", "case.reopened", "promise.made", "case.escalated", "promise.made",
                "promise.accepted", "promise.declined", "case.opened", "promise.made", "case.updated", "promise.made",
                "promise.transferred", "case.resolved",
            ])
        #expect(ids(all) == Array(1...30) && all["next"].integer == 30)
        let ofOthers = LogKind.allCases.filter { $0.form.about != .case || LogKind.machine.contains($0) }
            .map(\.form.event.rawValue)
        #expect(Set(types(all) + ofOthers) == Set(EventType.allCases.map(\.rawValue)), "every type has happened")
        #expect(
            all["items"].items.compactMap { $0["promise"]["state"].text } == [
                "open", "open", "renegotiated", "open", "open", "overdue", "broken", "open", "kept", "open",
                "withdrawn", "open", "void", "open", "open", "open", "open", "open", "open", "transferred",
            ])
        // Page by page, by the links.
        var target = "/v1/events?limit=3"
        var paged: [JSONValue] = []
        for _ in 0..<10 {
            let page = try client.get(target)
            paged += page["items"].items
            let link = try #require(page.fields["link"]?.firstMatch(of: /^<(.*)>; rel="next"$/))
            #expect(link.1 == "/v1/events?limit=3&after=\(try #require(page["next"].integer))")
            target = String(link.1)
        }
        #expect(paged == all["items"].items)
        #expect(try client.get(target).json == client.get("/v1/events?after=30").json)
        // By type: what is passed over is not looked at again.
        let some = try client.get("/v1/events?type=case.closed,promise.kept&limit=1")
        #expect(types(some) == ["promise.kept"] && some["next"].integer == 12)
        let rest = try client.get("/v1/events?type=case.closed,promise.kept&after=12")
        #expect(types(rest) == ["case.closed"] && rest["next"].integer == 30)
    }

    @Test("says enough to act on without asking for more")
    func shape() throws {
        let desk = try TestDesk()
        let customer = #"{"name":"Ann","phone":"+46 8 1","email":"ann@lee.example"}"#
        try desk.openCase(#"{"complaint":"It leaks.","customer":\#(customer),"owner":"Kim","external_id":"K-1"}"#)
        let promise = try desk.client.get("/v1/promises/1")
        let events = try desk.client.get("/v1/events")["items"]
        let made = events[1]
        #expect(
            made.names == [
                "id", "type", "at", "recorded_at", "case_id", "about", "about_id", "promise_id", "actor", "token",
                "imported", "log", "promise", "hearer", "stand_in", "case", "entry",
            ])
        #expect(made["about"].text == "case" && made["about_id"].integer == 1 && made["entry"] == .null)
        for name in ["id", "kind", "what", "by", "to", "owner", "due_at", "state"] {
            #expect(made["promise"][name] == promise[name], "\(name)")
        }
        for name in ["id", "external_id", "subject", "severity", "mood", "customer"] {
            #expect(made["case"][name] == promise["case"][name], "\(name)")
        }
        #expect(made["case"]["status"].text == "open" && made["case"]["owner"].text == "Kim")
        #expect(made["log"]["seq"].integer == 2 && made["log"]["kind"].text == "promise_made")
        #expect(events[0]["promise"] == .null && events[0]["promise_id"] == .null)
        #expect(events[0]["case_id"].integer == 1 && events[0]["at"] == events[0]["recorded_at"])
    }

    @Test("a promise that fell due is one event, and no change of its case")
    func overdue() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let before = try desk.client.get("/v1/cases/1")
        desk.clock.advance(by: .days(3))
        let due = try desk.client.get("/v1/cases/1")
        #expect(due.fields["etag"] != before.fields["etag"], "it is overdue from its instant on")
        // A change elsewhere shows that the instant has come: the clock here is the test's.
        try desk.openCase()
        let told = try desk.client.get("/v1/events?type=promise.overdue&wait=60")
        #expect(told["items"].items.count == 1 && told["items"][0]["promise_id"].integer == 1)
        #expect(told["items"][0]["at"] == before["promises"][0]["due_at"])
        let after = try desk.client.get("/v1/cases/1")
        #expect(after.json == due.json && after.fields["etag"] == due.fields["etag"])
        let tag = try #require(due.fields["etag"])
        #expect(try desk.client.patch("/v1/cases/1", #"{"owner":"Kim"}"#, fields: ["If-Match": tag]).status == 200)
        #expect(try desk.client.get("/v1/cases/1")["version"].integer == 4, "opened, made, updated, reassigned")
        let log = try desk.client.get("/v1/cases/1/log")["items"].items
        #expect(log.map { $0["seq"].integer } == [1, 2, 3, 4, 5])
        #expect(log[2]["kind"].text == "promise_overdue" && log[2]["actor"].text == "clock")
        let noted = try desk.client.post("/v1/cases/1/log", #"{"kind":"note","text":"Called."}"#)
        #expect(noted["seq"].integer == 6 && noted.fields["location"] == "/v1/cases/1/log/6")
    }

    @Test("a warning and a reminder are events, and no change of their case: an If-Match survives them")
    func warned() throws {
        let desk = try TestDesk()
        let policy = try desk.client.patch("/v1/policies/normal", #"{"warn_at":["75%","PT60M"]}"#)
        #expect(policy["warn_at"] == ["75%", "PT1H"])
        try desk.openCase()
        let before = try desk.client.get("/v1/cases/1")
        // Changes elsewhere show that the instant has come: the clock here is the test's.
        func told(_ type: String) throws -> [JSONValue] {
            let isTold = try eventually {
                try desk.openCase()
                return try desk.client.get("/v1/events?type=\(type)")["items"].items != []
            }
            #expect(isTold)
            return try desk.client.get("/v1/events?type=\(type)")["items"].items
        }
        desk.clock.advance(by: .hours(40))
        let warnings = try told("promise.due_soon")
        #expect(warnings.map { $0["promise_id"].integer } == [1] && warnings[0]["promise"]["state"].text == "open")
        #expect(warnings[0]["log"]["kind"].text == "promise_due_soon" && warnings[0]["actor"].text == "clock")
        let warned = try desk.client.get("/v1/cases/1")
        #expect(warned.json == before.json && warned.fields["etag"] == before.fields["etag"])
        let tag = try #require(before.fields["etag"])
        #expect(try desk.client.patch("/v1/cases/1", #"{"owner":"Kim"}"#, fields: ["If-Match": tag]).status == 200)
        desk.clock.advance(by: .hours(9))
        #expect(try told("promise.overdue").count == 1)
        let overdue = try desk.client.get("/v1/cases/1")
        desk.clock.advance(by: .hours(24))
        let reminders = try told("promise.reminder")
        #expect(reminders.map { $0["promise_id"].integer } == [1] && reminders[0]["promise"]["owner"].text == "Kim")
        let reminded = try desk.client.get("/v1/cases/1")
        #expect(reminded.json == overdue.json && reminded.fields["etag"] == overdue.fields["etag"])
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    static let mistakes: [(query: String, errors: [String])] = [
        ("after=-1", ["after invalid_value"]), ("after=x", ["after invalid_value"]),
        ("after=", ["after invalid_parameter"]), ("limit=0", ["limit invalid_value"]),
        ("limit=501", ["limit invalid_value"]), ("wait=61", ["wait invalid_value"]),
        ("wait=1.5", ["wait invalid_value"]), ("type=promise.keept", ["type invalid_value"]),
        ("type=promise.kept,", ["type invalid_value"]), ("type=promise_kept", ["type invalid_value"]),
        ("cursor=x", ["cursor unknown_parameter"]), ("as_of=2026-01-01T00:00:00Z", ["as_of unknown_parameter"]),
        ("wait=99&type=x&after=y", ["after invalid_value", "type invalid_value", "wait invalid_value"]),
        ("after=3", ["after out_of_range"]), ("after=3&wait=60", ["after out_of_range"]),
        ("after=9223372036854775807", ["after out_of_range"]),
    ]

    @Test("refuses what it does not know, at once", arguments: mistakes)
    func refused(query: String, errors: [String]) throws {
        let desk = try TestDesk()
        try desk.openCase()
        let answer = try desk.client.get("/v1/events?\(query)")
        #expect(answer.status == 400 && answer.errors == errors, "\(answer.response.text)")
    }

    @Test("a type that is mistyped gets the one that was likely meant")
    func nearest() throws {
        let desk = try TestDesk()
        let answer = try desk.client.get("/v1/events?type=promise.keept")
        #expect(answer["errors"][0]["detail"].text?.hasSuffix("Did you mean promise.kept?") == true)
    }

    @Test("is empty as long as nothing has happened")
    func empty() throws {
        let desk = try TestDesk()
        let answer = try desk.client.get("/v1/events")
        #expect(answer.status == 200 && answer["items"].items == [] && answer["next"].integer == 0)
    }
}
