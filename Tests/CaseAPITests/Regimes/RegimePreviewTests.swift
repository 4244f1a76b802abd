import Complaints
import Testing

@testable import CaseAPI

@Suite("What a case would be promised by its regime")
struct RegimePreviewTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    /// Sunday 2026-03-01, about nine in the morning.
    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
    }

    private func preview(_ question: String) throws -> JSONAnswer {
        try client.post("/v1/policies/preview", question)
    }

    @Test("is shown beforehand as the case then has it, by the regime that it names, or by its policy's")
    func shown() throws {
        let policy = #"{"position":1,"match":{"category":["Cards"]},"acknowledge_in":"P2D","regime":"Two steps"}"#
        #expect(try client.put("/v1/policies/cards", policy).status == 201)
        for named in [#""regime":"two STEPS""#, #""category":"Cards""#] {
            let regime = try preview("{\(named)}")["regime"]
            let opened = try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"},\#(named)}"#)
            let made = opened["promises"].items.filter { $0["clock"] != .null }
            #expect(
                regime["name"].text == "Two steps" && regime["stage"].text == "first" && regime["version"].integer == 1)
            #expect(!made.isEmpty && regime["clocks"].items.map { $0["clock"] } == made.map { $0["clock"] })
            #expect(regime["clocks"].items.map { $0["makes"] } == made.map { $0["kind"] })
            let dates = regime["clocks"].items.compactMap { $0["due_at"].text?.prefix(16) }
            #expect(dates == made.compactMap { $0["due_at"].text?.prefix(16) })
            #expect(regime["hard_deadline"] == opened["hard_deadline"])
        }
        let none = try preview(#"{"category":"Loans"}"#)
        #expect(none["regime"] == .null && none["regime_reason"] == .null)
    }

    @Test("is refused for a regime that there is not, or that does not hold; of a policy's it is said why it does not")
    func refused() throws {
        let unknown = try preview(#"{"regime":"Two stepps"}"#)
        #expect(unknown.status == 422 && unknown.response.text.contains("did you mean two steps?"))
        let early = try preview(#"{"regime":"lgsco"}"#)
        #expect(early.status == 422 && early.response.text.contains("from 2026-04-01"))
        #expect(try client.put("/v1/policies/council", #"{"position":1,"match":{},"regime":"lgsco"}"#).status == 201)
        let answer = try preview("{}")
        #expect(answer["regime"] == .null && answer["policy"].text == "council")
        #expect(answer["regime_reason"].text?.contains("lgsco holds from 2026-04-01") == true)
    }

    @Test("that a policy is a rule for, or names, is one that there is")
    func policies() throws {
        let refused = try client.put(
            "/v1/policies/x", #"{"match":{"regime":["Two steps","fca-dips"]},"acknowledge_in":"P1D"}"#)
        #expect(refused.status == 422 && refused.response.text.contains("did you mean fca-disp?"))
        #expect(refused["errors"].items.map { $0["pointer"].text } == ["#/match/regime/1"])
        #expect(try client.put("/v1/policies/x", #"{"match":{"regime":["TWO steps"]}}"#).status == 201)
    }

    @Test("by a policy stops no complaint where its calendar is never open; named by the case it is refused")
    func neverOpen() throws {
        #expect(try client.patch("/v1/policies/normal", #"{"regime":"Two steps"}"#).status == 200)
        #expect(try client.put("/v1/calendars/London", #"{"time_zone":"Europe/London","weekly":{}}"#).status == 200)
        let days =
            #"[{"name":"only","clocks":[{"name":"a","anchor":"received","count":3,"unit":"business_days","makes":"answer"}]}]"#
        let regime = #"{"title":"T","authority":"A","source":"S","calendar":"London","stages":\#(days)}"#
        #expect(try client.put("/v1/regimes/Two%20steps", regime).status == 200)
        let opened = try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"}}"#)
        #expect(opened.status == 201 && opened["regime"] == .null && opened["promises"].items.count == 1)
        let named = try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"},"regime":"Two steps"}"#)
        #expect(named.status == 422)
        #expect(try preview("{}")["regime"] == .null)
    }
}
