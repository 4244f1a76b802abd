import Complaints
import Testing

@testable import CaseAPI

@Suite("How often a customer hears something")
struct CadenceTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try client.patch("/v1/policies/normal", #"{"update_every":"P5D"}"#)
    }

    /// A case with an update that is promised, and nothing else.
    @discardableResult
    private func open(_ more: String = "") throws -> JSONAnswer {
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        return try desk.openCase(
            #"{"complaint":"It drips","customer":{"name":"Ida"},"promise":{"kind":"update","what":"Say where we are","#
                + #""due_in":"P2D",\#(told)}\#(more)}"#)
    }

    private func text(_ body: JSONValue) -> String {
        var writer = JSONWriter()
        writer.write(body)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func found(_ query: String) throws -> [Int64] {
        try client.get("/v1/cases?sort=opened_at&\(query)")["items"].items.compactMap { $0["id"].integer }
    }

    @Test("an update that is kept with nothing after it is refused, with the next one as it is to be sent")
    func refused() throws {
        try open()
        desk.clock.advance(by: .days(1))
        let refused = try client.post("/v1/promises/1/keep", "{}")
        #expect(refused.status == 409 && refused.code == "timeline_required")
        let next = refused["next_promise"]
        #expect(next["kind"].text == "update" && next["what"].text == "Say where we are")
        #expect(refused["detail"].text?.contains(next["due_at"].text ?? "-") == true)
        let kept = try client.post("/v1/promises/1/keep", #"{"next_promise":\#(text(next))}"#)
        #expect(kept.status == 200 && kept["proposal"] == .null)
        #expect(kept["next_promise"]["due_at"] == next["due_at"])
        #expect(kept["case"]["update_due_at"].text != nil)
        try client.patch("/v1/policies/normal", #"{"update_every":null}"#)
        let plain = try client.post("/v1/promises/2/keep", "{}")
        #expect(plain.code == "timeline_required" && plain["next_promise"] == .null)
    }

    @Test("where what else was promised is overdue, the answer proposes the next")
    func proposed() throws {
        try open()
        try client.post("/v1/cases/1/promises", #"{"kind":"remedy","what":"Mend it","due_in":"PT1H"}"#)
        desk.clock.advance(by: .hours(3))
        let kept = try client.post("/v1/promises/1/keep", "{}")
        #expect(kept.status == 200 && kept["proposal"]["kind"].text == "update")
        let due = try #require(kept["proposal"]["due_at"].text)
        #expect(due == kept["case"]["update_due_at"].text)
        let made = try client.post("/v1/cases/1/promises", text(kept["proposal"]))
        #expect(made.status == 201 && made["due_at"].text == due)
        try client.post(
            "/v1/promises/2/recover",
            #"{"due_in":"P2D","reason":"x","next_step":"x","customer_notified":{"channel":"phone","outcome":"sent"}}"#)
        let again = try client.post("/v1/promises/3/keep", "{}")
        #expect(again.status == 200 && again["proposal"] == .null, "something is open")
    }

    @Test("a case shows when its customer heard something, and is to again; its tag goes with it")
    func shown() throws {
        let opened = try open()
        let heard = try #require(opened["heard_at"].text)
        #expect(heard == opened["opened_at"].text)
        let five = try client.get("/v1/cases/1")
        try client.patch("/v1/policies/normal", #"{"update_every":"P6D"}"#)
        let six = try client.get("/v1/cases/1")
        #expect(five["update_due_at"] != six["update_due_at"] && five.fields["etag"] != six.fields["etag"])
        #expect(five["version"] == six["version"])
        let unheard = try desk.openCase(#"{"complaint":"x","customer":{"name":"Bo"},"severity":"high"}"#)
        #expect(unheard["heard_at"] == .null && unheard["update_due_at"] == .null)
    }

    @Test("a list has those who have heard nothing for so long, and says what is wrong with a span")
    func unheard() throws {
        try open()
        desk.clock.advance(by: .days(3))
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Bo"}}"#)
        let target = "unheard_for=P3D"
        #expect(try found(target) == [1] && found("unheard_for=P4D") == [] && found("unheard_for=PT1S") == [1])
        for _ in 0..<3 { #expect(try found("unheard_for=P4D") == []) }
        desk.clock.advance(by: .days(1))
        #expect(try found("unheard_for=P4D") == [1], "it follows from the time alone")
        let before = desk.clock.tick().rfc3339
        try client.post("/v1/cases/1/log", #"{"kind":"customer_notified","channel":"email","outcome":"sent"}"#)
        #expect(try found(target) == [] && found("\(target)&as_of=\(before)") == [1])
        for (span, code) in [
            ("5", "invalid_value"), ("P1M", "invalid_value"), ("PT0S", "out_of_range"), ("P4000D", "out_of_range"),
        ] {
            let refused = try client.get("/v1/cases?unheard_for=\(span)")
            #expect(
                refused.status == 400 && refused["errors"][0]["code"].text == code, "\(span) \(refused.response.text)")
        }
    }

    @Test("guidance has the customer told how far it is, once they have heard nothing for so long")
    func guided() throws {
        try open()
        func timeline() throws -> JSONValue {
            try client.get("/v1/cases/1/guidance")["items"].items.first { $0["tactic"].text == "T1" } ?? .null
        }
        let before = try client.get("/v1/cases/1/guidance").fields["etag"]
        #expect(try timeline()["call"]["body"]["kind"] == .null)
        desk.clock.advance(by: .days(6))
        #expect(try timeline()["call"]["example"]["kind"].text == "customer_notified")
        #expect(try client.get("/v1/cases/1/guidance").fields["etag"] != before)
    }

    @Test("a policy says how often within what may be promised at all")
    func policy() throws {
        #expect(
            try client.patch("/v1/policies/normal", #"{"update_every":"P91D"}"#).errors == [
                "#/update_every out_of_range"
            ])
        #expect(try client.patch("/v1/policies/normal", #"{"max_span":"P4D"}"#).errors == ["#/max_span out_of_range"])
    }
}
