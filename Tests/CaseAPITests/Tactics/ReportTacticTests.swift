import Complaints
import Testing

@testable import CaseAPI

/// What a manager sees of the tactics: what waits, and what it all comes to.
@Suite("Tactics: what is learnt from it")
struct ReportTacticTests {
    private func queue(_ story: Story) throws -> [String?] {
        try story.client.get("/v1/queue")["items"].items.map { $0["kind"].text }
    }

    @Test("T13: a manager's queue lists a case whose supervisor has not joined")
    func t13() throws {
        let story = try Story()
        #expect(try queue(story) == [])
        try story.client.post("\(story.path)/escalate", #"{"supervisor":"Sue","reason":"Ann asks for one."}"#)
        let item = try story.client.get("/v1/queue")["items"][0]
        #expect(item["waits_for"].text == "Sue")
        #expect(item["why"].text == "Sue is asked to join: Ann asks for one.")
        try story.write("supervisor_joined")
        #expect(try queue(story) == [])
    }

    @Test("T15, T16: a threat that nobody has looked into stands first in it, and what was conceded beside it later")
    func t16() throws {
        let story = try Story()
        try story.client.post("\(story.path)/escalate", #"{"supervisor":"Sue","reason":"x"}"#)
        try story.write("threat", #""threat_kind":"legal","value_at_stake":90000,"currency":"USD""#)
        try story.write("concession", #""what":"A voucher","amount":100,"currency":"USD""#)
        #expect(try queue(story) == ["threat", "escalation", "concession"])
        let threats = try story.client.get("/v1/reports/threats")["total"]
        #expect(threats["unassessed"].integer == 1)
        #expect(threats["value_at_stake"] == [["currency": "USD", "amount": 90_000]])
        try story.write("threat_assessment", #""of":4,"verdict":"unfounded","reason":"No contract""#)
        try story.write("concession_decision", #""of":5,"approved":false,"reason":"No need""#)
        #expect(try queue(story) == ["escalation"])
        #expect(try story.client.get("/v1/reports/threats")["total"]["unfounded"].integer == 1)
        let concessions = try story.client.get("/v1/reports/concessions")["total"]
        #expect(concessions["refused"].integer == 1 && concessions["under_threat"].integer == 1)
        #expect(concessions["given"] == [])
    }

    @Test("T17: a customer whom the house let go, and who is back, is put before a manager")
    func t17() throws {
        let story = try Story()
        try story.client.post(
            "\(story.path)/relationship",
            #"{"decision":"end","reason":"Threw things","settle":[{"promise_id":1,"action":"keep"}]}"#)
        #expect(try queue(story) == [])
        let again = try Story(on: story.desk)
        #expect(try queue(story) == ["return"])
        try again.client.post("\(again.path)/relationship", #"{"decision":"keep","reason":"Sorry"}"#)
        #expect(try queue(story) == [])
    }

    @Test("T18: a report shows who had hard cases, and with how many of them no debrief")
    func t18() throws {
        let desk = try TestDesk()
        let angry = try Story(#""owner":"Kim","mood":"angry","#, on: desk)
        var lou = desk.client
        lou.standing = ["Casekeeper-Actor": "Lou"]
        let late = try Story(
            #""owner":"Lou","promise":{"what":"Call","due_in":"PT1H"},"#, with: lou, on: desk, customer: "C-2")
        _ = try Story(#""owner":"Kim","#, on: desk, customer: "C-3")
        desk.clock.advance(by: .hours(2))
        func withoutDebrief() throws -> [String: Int64] {
            let groups = try desk.client.get("/v1/reports/load")["groups"].items
            return Dictionary(
                uniqueKeysWithValues: groups.map {
                    ($0["key"].text ?? "", $0["hard_cases_without_debrief"].integer ?? -1)
                })
        }
        #expect(try withoutDebrief() == ["Kim": 0, "Lou": 1, "local": 1])
        try angry.write("debrief", #""with":"Sue""#)
        #expect(try withoutDebrief() == ["Kim": 0, "Lou": 1, "local": 0])
        try late.write("debrief", #""with":"Kim""#)
        #expect(try withoutDebrief() == ["Kim": 0, "Lou": 0, "local": 0])
        #expect(
            try desk.client.get("/v1/reports/load")["total"]["hard_cases"].integer == 2, "they were hard all the same")
    }

    @Test("T19: causes are ranked by the cases they were in, then by what was broken in them")
    func t19() throws {
        let desk = try TestDesk()
        let first = try Story(on: desk)
        let second = try Story(on: desk, customer: "C-2")
        let third = try Story(#""promise":{"what":"Call","due_in":"PT1H"},"#, on: desk, customer: "C-3")
        for story in [first, second] { try story.write("lesson", #""cause":"No stock""#) }
        try first.write("lesson", #""cause":"Courier""#)
        let review = #""review":{"what":"Look into it","due_in":"P2D","owner":"Lou"}"#
        try third.write("lesson", #""cause":"handover","process":"Night shift",\#(review)"#)
        desk.clock.advance(by: .hours(2))
        func causes() throws -> [JSONValue] { try desk.client.get("/v1/reports/causes")["groups"].items }
        #expect(try causes().map { $0["key"].text } == ["No stock", "handover", "Courier"])
        #expect(try causes().map { $0["broken_promises"].integer } == [0, 1, 0])
        #expect(try causes()[1]["reviews_open"].integer == 1)
        desk.clock.advance(by: .days(3))
        #expect(try causes().first { $0["key"].text == "handover" }?["reviews_overdue"].integer == 1)
        let id = try #require(try desk.client.get("/v1/promises?to=us")["items"][0]["id"].integer)
        try desk.client.post("/v1/promises/\(id)/keep", "{}")
        #expect(try causes().first { $0["key"].text == "handover" }?["reviews_done"].integer == 1)
    }

    @Test("T20: a report says who had how many hot contacts, how many in a row, and what is still on them")
    func t20() throws {
        let desk = try TestDesk()
        let story = try Story(#""owner":"Kim","#, on: desk)
        for mood in ["angry", "abusive"] { try story.write("mood", "\"mood\":\"\(mood)\"", as: "Kim") }
        let other = try Story(
            #""owner":"kim","promise":{"what":"Call","due_in":"PT1H"},"#, on: desk, customer: "C-2")
        try other.write("mood", #""mood":"angry""#, as: "kim")
        func kim() throws -> JSONValue { try desk.client.get("/v1/reports/load")["groups"][0] }
        #expect(try kim()["hot_contacts"].integer == 2)
        #expect(try kim()["hot_cases"].integer == 2)
        #expect(try kim()["hot_in_a_row"].integer == 2)
        desk.clock.advance(by: .hours(2))
        #expect(try kim()["open"].integer == 1)
        #expect(try kim()["overdue"].integer == 1)
        desk.clock.advance(by: .days(1))
        try other.write("mood", #""mood":"calm""#, as: "Kim")
        #expect(try kim()["hot_in_a_row"].integer == 0, "a calm one between")
        #expect(try kim()["contacts"].integer == 3)
        // Who spoke with the customer bears it, whoever has the case now.
        try desk.client.patch(story.path, #"{"owner":"Lou"}"#)
        #expect(try kim()["hot_contacts"].integer == 2)
    }
}
