import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// Ways around a rule that somebody has tried from outside.
@Suite("No promise is talked away by a detour")
struct EvasionTests {
    private let story: Story
    private let clients: [String: TestClient]
    private static let reached = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
    private static let attempted = #""customer_notified":{"channel":"phone","outcome":"attempted"}"#

    /// A desk with two agents and two managers, each with a token of their own.
    init() throws {
        let story = try Story(#""owner":"Kim","#)
        self.story = story
        clients = try story.clients()
    }

    @discardableResult
    private func post(_ path: String, _ body: String, as name: String = "Kim") throws -> JSONAnswer {
        try #require(clients[name]).post(path, body)
    }

    private func get(_ path: String) throws -> JSONAnswer { try #require(clients["Max"]).get(path) }

    /// A further promise, which the customer knows of.
    private func promise(_ more: String = #""due_in":"P5D""#, as name: String = "Kim") throws -> Int64 {
        let made = try post("\(story.path)/promises", #"{"what":"A new one","kind":"remedy",\#(more)}"#, as: name)
        return try #require(made["id"].integer, "\(made.response.text)")
    }

    private func move(_ id: Int64, _ how: String, to due: String, _ notice: String) throws -> Int64 {
        let moved = try post(
            "/v1/promises/\(id)/\(how)", #"{"due_in":"\#(due)","reason":"Late","next_step":"We ask",\#(notice)}"#)
        return try #require(moved["id"].integer, "\(moved.response.text)")
    }

    private func pointers(_ answer: JSONAnswer) -> [String] {
        answer["errors"].items.compactMap { $0["pointer"].text }
    }

    @Test("what the customer knows of is not moved to where nobody told them, and taken back there unheard")
    func untoldDate() throws {
        let known = try promise()
        let untold = try move(known, "renegotiate", to: "P9D", Self.attempted)
        let unheard = try post("/v1/promises/\(untold)/void", #"{"reason":"Oops"}"#)
        #expect(unheard.status == 422 && pointers(unheard) == ["#/customer_notified"])
        let heard = try post("/v1/promises/\(untold)/void", #"{"reason":"Oops",\#(Self.reached)}"#)
        #expect(heard.status == 200)
        let page = try get("\(story.path)/customer-page")["promises"].items
        #expect(page.contains { $0["state"].text == "void" && $0["moved"].items.count == 1 }, "\(page)")
    }

    @Test("a missed promise is not made good to be taken back by whoever made it good")
    func recovered() throws {
        let missed = try promise(#""due_in":"PT1H""#)
        story.desk.clock.advance(by: .hours(2))
        let next = try move(missed, "recover", to: "P3D", Self.reached)
        let void = #"{"reason":"Oops",\#(Self.reached)}"#
        #expect(try post("/v1/promises/\(next)/void", void).status == 403)
        #expect(try post("/v1/promises/\(next)/void", void, as: "Max").status == 200)
    }

    @Test(
        "what outlives the resolution is promised to the customer, by us",
        arguments: [#""to":"us""#, #""by":"customer""#])
    func followUp(_ parties: String) throws {
        let settle = #""settle":[{"promise_id":1,"action":"keep"}]"#
        let answer = try post(
            "\(story.path)/resolve",
            #"{"summary":"x","customer_accepted":true,\#(settle),"follow_up":{"what":"Ask","due_in":"P9D",\#(parties)}}"#
        )
        #expect(answer.status == 422, "\(answer.response.text)")
    }

    @Test("a credible threat to somebody's safety waits for a supervisor, whatever an agent says then")
    func danger() throws {
        let log = "\(story.path)/log"
        let seq = try #require(
            try post(log, #"{"kind":"threat","threat_kind":"safety"}"#)["seq"].integer)
        func assess(_ verdict: String, as name: String) throws -> Int {
            try post(
                log, #"{"kind":"threat_assessment","of":\#(seq),"verdict":"\#(verdict)","reason":"x"}"#, as: name
            ).status
        }
        #expect(try assess("credible", as: "Lou") == 201)
        for verdict in ["unknown", "unfounded"] { #expect(try assess(verdict, as: "Kim") == 403) }
        #expect(try get("/v1/queue?kind=danger")["items"].items.count == 1)
        #expect(try assess("unknown", as: "Mia") == 201)
        #expect(try get("/v1/queue?kind=danger")["items"].items.isEmpty)
    }

    @Test("who a promise counts for does not void it past due, whomever they gave it to, nor end the relationship")
    func givenAway() throws {
        let id = try promise(#""due_in":"PT1H","owner":"Mia""#)
        #expect(try post("/v1/promises/\(id)/accept", "{}", as: "Mia").status == 200)
        #expect(try post("/v1/promises/\(id)/reassign", #"{"owner":"Lou","reason":"x"}"#, as: "Mia").status == 200)
        #expect(try get("/v1/promises/\(id)")["accountable"].text == "Mia")
        let settle =
            #"[{"promise_id":1,"action":"keep"},{"promise_id":\#(id),"action":"withdraw","customer_agreed":false}]"#
        let end = #"{"decision":"end","reason":"x","settle":\#(settle)}"#
        #expect(try post("\(story.path)/relationship", end, as: "Mia").status == 403)
        story.desk.clock.advance(by: .hours(2))
        let void = #"{"reason":"Oops",\#(Self.reached)}"#
        #expect(try post("/v1/promises/\(id)/void", void, as: "Mia").status == 403)
        #expect(try post("/v1/promises/\(id)/void", void, as: "Max").status == 200)
    }

    @Test("a chain that is kept within a minute of its beginning is in no rate, late by its last date too")
    func keptAtOnce() throws {
        let id = try promise()
        let near = try move(id, "renegotiate", to: "PT1S", Self.reached)
        story.desk.clock.advance(by: .seconds(5))
        #expect(try post("/v1/promises/\(near)/keep", #"{"evidence":"Sent"}"#)["promise"]["state"].text == "kept_late")
        story.desk.clock.advance(by: .days(30))
        let report = try get(
            "/v1/reports/promises?group_by=kind&from=\(TestDesk.start.rfc3339)&to=\((TestDesk.start + .days(20)).rfc3339)"
        )
        let remedies = report["groups"].items.first { $0["key"].text == "remedy" }
        #expect(remedies?["kept_at_original_due_rate"] == .null, "\(report.response.text)")
    }

    @Test("a date that is moved, and kept within a minute of that, is in no rate; one that was missed by then stays so")
    func keptAtOnceAfterAMove() throws {
        func remedies() throws -> JSONValue {
            let report = try get(
                "/v1/reports/promises?group_by=kind&from=\(TestDesk.start.rfc3339)"
                    + "&to=\((TestDesk.start + .days(20)).rfc3339)")
            return report["groups"].items.first { $0["key"].text == "remedy" } ?? .null
        }
        func keepAtOnce(_ id: Int64, movedTo due: String) throws {
            let moved = try move(id, "renegotiate", to: due, Self.reached)
            story.desk.clock.advance(by: .seconds(5))
            #expect(
                try post("/v1/promises/\(moved)/keep", #"{"evidence":"Sent"}"#)["promise"]["state"].text == "kept")
        }
        let early = try promise(#""due_in":"P2D""#)
        story.desk.clock.advance(by: .hours(3))
        try keepAtOnce(early, movedTo: "P3D")
        let alone = try remedies()
        #expect(alone["kept_rate"] == .null && alone["kept_at_original_due_rate"] == .null, "\(alone)")
        let late = try promise(#""due_in":"PT2H""#)
        let moved = try move(late, "renegotiate", to: "P3D", Self.reached)
        story.desk.clock.advance(by: .days(1))
        try keepAtOnce(moved, movedTo: "P4D")
        let both = try remedies()
        #expect(both["kept_rate"] == .null && [0, .fraction(0)].contains(both["kept_at_original_due_rate"]), "\(both)")
    }

    @Test("an end of the relationship says what a body lacks, and nothing else")
    func endLacks() throws {
        let end = #"{"decision":"end","reason":"x","settle":[{"promise_id":1,"action":"withdraw","reason":"x"}]}"#
        let answer = try post("\(story.path)/relationship", end, as: "Max")
        #expect(pointers(answer) == ["#/settle/0/customer_agreed"])
    }

    @Test("a concession is not waited for by whoever made it")
    func ownConcession() throws {
        try #require(clients["Max"]).patch(story.path, #"{"supervisor":"Mia"}"#)
        for (name, expected) in [("Mia", nil), ("Kim", "Mia")] as [(String, String?)] {
            try post(
                "\(story.path)/log", #"{"kind":"concession","what":"x","amount":999999,"currency":"USD"}"#, as: name)
            let items = try get("/v1/queue?kind=concession")["items"].items
            #expect(items.last?["waits_for"].text == expected)
        }
    }
}
