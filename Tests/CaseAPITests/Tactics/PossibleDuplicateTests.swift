import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("T17: the mark of an ended relationship is shown on who may be the same customer")
struct PossibleDuplicateTests {
    private let desk: TestDesk

    /// A desk that has parted with Ann.
    init() throws {
        desk = try TestDesk()
        try open(#""name":"Ann Lee","phone":"+46 8 123 45 67","email":"ann@example.org""#)
        let settle = #"[{"promise_id":1,"action":"withdraw","reason":"x","customer_agreed":false,"cause":"ended"}]"#
        let ended = try desk.client.post(
            "/v1/cases/1/relationship", #"{"decision":"end","reason":"Threats","settle":\#(settle)}"#)
        #expect(ended["status"].text == "closed")
    }

    @discardableResult
    private func open(_ customer: String) throws -> JSONAnswer {
        try desk.client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{\#(customer)}}"#)
    }

    @Test(
        "by phone or e-mail, however it is written, and never by name",
        arguments: [
            (#""name":"A. Lee","phone":"0046-8 1234567""#, true),
            (#""name":"A. Lee","email":"Ann@Example.ORG""#, true),
            (#""name":"Ann Lee""#, false), (#""name":"Ann Lee","phone":"+46 8 123 45 68""#, false),
            (#""name":"Bo","phone":"n/a","email":"bo@example.org""#, false),
        ])
    func marked(_ customer: String, _ isMarked: Bool) throws {
        let answer = try open(customer)
        #expect(answer.status == 201 && answer["customer"]["id"].integer == 2, "it is not matched by that")
        #expect(answer["relationship"].text == (isMarked ? "end" : nil))
        #expect(answer["promises"].items.count == 1, "the timeline goes first")
        let queue = try desk.client.get("/v1/queue?kind=return")["items"].items
        #expect(queue.count == (isMarked ? 1 : 0))
        let entry = try desk.client.get("/v1/cases/2/log/1")
        #expect(entry["possible_duplicate_of"].integer == (isMarked ? 1 : nil))
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("until it is decided about them, or about whom it was ended with")
    func decided() throws {
        let opened = try open(#""name":"A. Lee","phone":"+4681234567""#)
        let instant = desk.clock.now
        desk.clock.advance(by: .hours(1))
        let kept = try desk.client.post("/v1/cases/2/relationship", #"{"decision":"keep","reason":"Her sister"}"#)
        #expect(kept["relationship"].text == "keep")
        #expect(try desk.client.get("/v1/cases/2?as_of=\(instant.rfc3339)")["relationship"].text == "end")
        #expect(opened["relationship"].text == "end")
        #expect(try desk.client.get("/v1/queue?kind=return")["items"].items.isEmpty)
        let again = try desk.client.post("/v1/cases", #"{"complaint":"Again.","customer":{"id":2}}"#)
        #expect(again["relationship"].text == "keep", "what was decided about themselves goes first")

        try desk.client.post("/v1/cases/1/relationship", #"{"decision":"keep","reason":"She said sorry"}"#)
        #expect(try open(#""name":"Third","phone":"+4681234567""#)["relationship"] == .null)
    }

    @Test("by what they have today: what was taken away marks nobody, and what was added does")
    func edited() throws {
        try desk.client.patch("/v1/customers/1", #"{"phone":"+49 30 5555555","email":null}"#)
        #expect(try open(#""name":"B","phone":"+46 8 1234567","email":"ann@example.org""#)["relationship"] == .null)
        #expect(try open(#""name":"C","phone":"+49 (30) 555 55 55""#)["relationship"].text == "end")
        try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked for it"}"#)
        #expect(try open(#""name":"D","phone":"+49 30 5555555""#)["relationship"] == .null)
    }
}
