import Complaints
import Testing

@testable import CaseAPI

@Suite("Tactics: promises")
struct PromiseTacticTests {
    @Test("T1: an open case always has a dated promise, and finding a solution adds one of its own")
    func t1() throws {
        let story = try Story()
        #expect(try story.now()["promises"][0]["kind"].text == "acknowledge")
        let silent = try story.client.post("/v1/promises/1/keep", "{}")
        #expect(silent.status == 409 && silent.code == "timeline_required")
        try story.client.patch(story.path, #"{"estimate":{"from":"P5D","to":"P10D"}}"#)
        let next = #"{"next_promise":{"kind":"remedy","what":"Send a new one","due_in":"P3D","next_step":"A parcel"}}"#
        #expect(try story.client.post("/v1/promises/1/keep", next)["next_promise"]["kind"].text == "remedy")
        #expect(try story.now()["next_due_at"].text == story.now()["promises"][1]["due_at"].text)
        #expect(try story.client.get("/v1/cases?silent=true")["total"].integer == 0)
    }

    @Test("T1: a critical case that is first promised for 89 days on is acknowledged within hours, and warned about")
    func firstPromiseFarOff() throws {
        let story = try Story(#""severity":"critical","promise":{"what":"Look into it","due_in":"P89D"},"#)
        let promises = try story.now()["promises"].items
        #expect(promises.map { $0["kind"].text } == ["other", "acknowledge"])
        #expect(promises.map { $0["made_by"].text == "policy" } == [false, true])
        #expect(promises.map { $0["told_at"] == .null } == [false, true])
        #expect(try story.now()["next_due_at"] == promises[1]["due_at"])
        // Keeping it in name only leaves the acknowledgement as it is.
        #expect(try story.client.post("/v1/promises/1/keep", "{}").status == 200)
        story.desk.clock.advance(by: .hours(5))
        #expect(try story.client.get("/v1/promises?state=overdue")["items"].items.map { $0["id"].integer } == [2])

        let told = #""promise":{"what":"x","due_in":"P89D","customer_notified":{"channel":"letter","outcome":"sent"}},"#
        let second = try Story(#""severity":"critical",\#(told)"#, on: story.desk, customer: "C-2")
        #expect(try second.now()["promises"].items.count == 1)
    }

    @Test("T1: a late letter is seen to be late, whatever is promised as it is opened")
    func lateLetter() throws {
        let desk = try TestDesk()
        let received = (desk.clock.now + .days(-5)).rfc3339
        let made = try desk.openCase(
            #"""
            {"complaint":"x","customer":{"name":"Ann"},"received_at":"\#(received)",
            "promise":{"what":"Answer the letter","due_in":"P60D"}}
            """#)
        #expect(made["promises"][0]["warnings"].items.compactMap { $0["code"].text } == ["unowned", "far_off"])
        #expect(made["overdue"].flag == true)
        #expect(made["promises"][1]["state"].text == "overdue")
    }

    @Test("T2: what became of a promise follows from instants that nobody can edit")
    func t2() throws {
        let story = try Story()
        #expect(try story.client.send("PATCH", "/v1/promises/1", body: Array("{}".utf8)).status == 405)
        story.desk.clock.advance(by: .days(3))
        #expect(try story.client.get("/v1/promises/1")["state"].text == "overdue")
        let end = #"{"resolve":{"summary":"Called","customer_accepted":true}}"#
        #expect(try story.client.post("/v1/promises/1/keep", end)["promise"]["state"].text == "kept_late")
        #expect(try story.now()["ever_broken"].flag == true)
    }

    @Test("T3: a date moves before it has passed, with a reason and with the customer's knowledge")
    func t3() throws {
        let story = try Story()
        let due = #""due_in":"P2D","reason":"No stock","next_step":"We call""#
        #expect(
            try story.client.post("/v1/promises/1/renegotiate", "{\(due)}").errors == ["#/customer_notified required"])
        let told = #","customer_notified":{"channel":"phone","outcome":"reached"}"#
        let moved = try story.client.post("/v1/promises/1/renegotiate", "{\(due)\(told)}")
        #expect(moved["slips"].integer == 1 && moved["supersedes"].integer == 1)
        story.desk.clock.advance(by: .days(3))
        let late = try story.client.post("/v1/promises/2/renegotiate", "{\(due)\(told)}")
        #expect(late.status == 409 && late.code == "promise_broken")
        #expect(try story.client.post("/v1/promises/2/recover", "{\(due)\(told)}")["slips"].integer == 2)
    }

    @Test("T4: who promises for somebody learns what they carry; they accept it, and what waits for that is listed")
    func t4() throws {
        let story = try Story()
        try story.client.patch("/v1/policies/normal", #"{"load_cap":2}"#)
        let mine = try story.promise("Call", #""due_in":"P1D","owner":"kim""#, as: "Kim")
        #expect(mine["waits_for_acceptance"].flag == false && mine.warnings.isEmpty)
        #expect(mine["load"]["due_that_day"].integer == 1 && mine["load"]["kept_rate"] == .null)
        let second = try story.promise("Call again", #""due_in":"P1D","owner":"Kim""#, as: "Lou")
        #expect(second["load"]["due_that_day"].integer == 2, "names compare without case")
        #expect(second.warnings == ["waits_for_acceptance"])
        let third = try story.promise("Write", #""due_in":"P1D","owner":"Kim""#, as: "Lou")
        #expect(third.status == 201 && third.warnings == ["over_cap", "waits_for_acceptance"], "never a refusal")
        #expect(try story.promise("Fax", #""due_in":"P1D""#).warnings == ["unowned"])

        let unaccepted = "/v1/promises?unaccepted=true"
        #expect(try story.client.get(unaccepted)["items"].items.map { $0["id"].integer } == [3, 4])
        let stranger = try story.client.post("/v1/promises/3/accept", "{}", fields: ["Casekeeper-Actor": "Lou"])
        #expect(stranger.status == 409 && stranger.code == "not_the_owner")
        let instant = story.desk.clock.now.rfc3339
        let accepted = try story.client.post("/v1/promises/3/accept", "{}", fields: ["Casekeeper-Actor": "KIM"])
        #expect(accepted["promise"]["waits_for_acceptance"].flag == false)
        #expect(accepted["promise"]["accepted_at"].text != nil)
        #expect(try story.client.get(unaccepted)["items"].items.map { $0["id"].integer } == [4])
        #expect(
            try story.client.get("\(unaccepted)&as_of=\(instant)")["items"].items.map { $0["id"].integer } == [3, 4])
        let again = try story.client.post("/v1/promises/3/accept", "{}", fields: ["Casekeeper-Actor": "Kim"])
        #expect(again.status == 200 && again["case"]["version"] == accepted["case"]["version"])

        // Handed on, it is the next owner's to accept, and what the one before said stays on record.
        try story.client.post(
            "/v1/promises/3/reassign", #"{"owner":"Bo","reason":"Shift"}"#, fields: ["Casekeeper-Actor": "Kim"])
        #expect(try story.client.get("/v1/promises/3")["waits_for_acceptance"].flag == true)
        let before = try story.client.get("/v1/promises/3?as_of=\(try #require(accepted["case"]["updated_at"].text))")
        #expect(before["owner"].text == "Kim" && before["accepted_at"] == accepted["promise"]["accepted_at"])
        try story.client.post("/v1/promises/3/keep", "{}", fields: ["Casekeeper-Actor": "Bo"])
        #expect(
            try story.client.get(unaccepted)["items"].items.map { $0["id"].integer } == [4],
            "what is settled waits no more")
    }

    @Test("T4: the kept rate that is told is the report's")
    func keptRate() throws {
        let story = try Story(#""owner":"Kim","#)
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        for day in 1...4 { try story.promise("Call \(day)", #""due_in":"P\#(day)D","owner":"Kim""#, as: "Kim") }
        try story.client.post("/v1/promises/2/keep", "{}")
        story.desk.clock.advance(by: .hours(49))
        try story.client.post("/v1/promises/3/keep", "{}")
        try story.client.post(
            "/v1/promises/1/recover", #"{"due_in":"P1D","reason":"x","next_step":"y",\#(told)}"#,
            fields: ["Casekeeper-Actor": "Kim"])
        story.desk.clock.advance(by: .days(1))
        let load = try story.promise("One more", #""due_in":"P9D","owner":"Kim""#)["load"]
        let report = try story.client.get("/v1/reports/promises")["groups"].items.first { $0["key"].text == "Kim" }
        #expect(load["kept_rate"] == report?["kept_rate"] && load["kept_rate"] != .null)
        #expect(load["overdue"] == report?["overdue"])
    }

    @Test("T5: the complaint stays in the customer's words, and what follows is added")
    func t5() throws {
        let story = try Story()
        let edit = try story.client.patch(story.path, #"{"complaint":"It is fine."}"#)
        #expect(edit.errors == ["#/complaint read_only_field"])
        try story.write("statement", #""text":"  It smokes, too!\n""#)
        let entry = try story.client.get("\(story.path)/log/3")
        #expect(entry["text"].text == "  It smokes, too!\n" && entry["said_by"].text == "customer")
        #expect(try story.client.send("DELETE", "\(story.path)/log/3").status == 405)
        #expect(try story.client.get("/v1/cases?q=smokes")["total"].integer == 1)
    }

    @Test("T21: the customer's page says what was promised, by when, what moved and why, and nothing internal")
    func t21Page() throws {
        let story = try Story(#""owner":"Kim","mood":"angry","severity":"high","#)
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        let moved = try story.client.post(
            "/v1/promises/1/renegotiate",
            #"{"due_in":"P2D","reason":"Lou forgot","explanation":"No stock","next_step":"We call",\#(told)}"#)
        try story.promise("Look into it", #""due_in":"P3D","to":"us","owner":"Secret Sue""#)
        try story.promise(
            "A mistake", #""due_in":"P4D","customer_notified":{"channel":"phone","outcome":"attempted"}"#)
        try story.client.post("/v1/promises/4/void", #"{"reason":"Typo"}"#)
        try story.write("note", #""text":"He is a nuisance""#)
        let page = try story.client.get("\(story.path)/customer-page")
        #expect(page["promises"].items.count == 1)
        let promise = page["promises"][0]
        #expect(promise["due_at"] == moved["due_at"] && page["next_due_at"] == moved["due_at"])
        #expect(promise["next_step"].text == "We call" && promise["state"].text == "open")
        #expect(promise["moved"].items.map { $0["explanation"].text } == ["No stock"])
        #expect(promise["moved"][0]["from"] == moved["original_due_at"] && promise["moved"][0]["to"] == moved["due_at"])
        for secret in ["Kim", "Sue", "angry", "high", "nuisance", "mistake", "local", "policy", "forgot"] {
            #expect(!page.response.text.contains(secret), "\(secret)")
        }
        let before = try story.client.get("\(story.path)/customer-page?as_of=\(story.desk.instant(in: .zero))")
        #expect(before.json == page.json)
        let tag = try #require(page.fields["etag"])
        #expect(
            try story.client.get("\(story.path)/customer-page", fields: ["If-None-Match": tag]).status == 304)
        story.desk.clock.advance(by: .days(3))
        let late = try story.client.get("\(story.path)/customer-page", fields: ["If-None-Match": tag])
        #expect(late.status == 200 && late["promises"][0]["state"].text == "overdue")
    }

    @Test("T21: the policy follows up after a case is resolved, unless somebody promised to themselves")
    func t21() throws {
        let story = try Story(#""owner":"Kim","#)
        try story.client.patch("/v1/policies/normal", #"{"follow_up_in":"P14D"}"#)
        let end = #"{"summary":"New one","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"}]}"#
        let resolved = try story.client.post("\(story.path)/resolve", end)
        let followUp = resolved["promises"][1]
        #expect(followUp["kind"].text == "follow_up" && followUp["made_by"].text == "policy")
        #expect(followUp["owner"].text == "Kim" && followUp["to"].text == "customer")
        #expect(try story.client.post("\(story.path)/close", "{}").code == "promises_unsettled")
        try story.client.post("/v1/promises/2/keep", "{}")
        #expect(try story.client.post("\(story.path)/close", "{}")["status"].text == "closed")
    }
}
