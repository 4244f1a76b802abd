import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A duplicate under a regime")
struct RegimeDuplicateTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
        for customer in [#"{"name":"Ann"}"#, #"{"id":1}"#] {
            let body = #"{"complaint":"It leaks.","customer":\#(customer),"owner":"Kim","regime":"Two steps"}"#
            #expect(try client.post("/v1/cases", body).status == 201)
            desk.clock.advance(by: .hours(1))
        }
    }

    private func now(_ id: Int64) throws -> JSONAnswer { try client.get("/v1/cases/\(id)") }

    private func clocks(_ answer: JSONAnswer) -> [String] {
        answer["promises"].items.map { promise in
            "\(promise["kind"].text ?? "") \(promise["clock"].text ?? "-") \(promise["state"].text ?? "")"
        }
    }

    private func duplicate() throws -> JSONAnswer {
        try client.post("/v1/cases/2/duplicate-of", #"{"case_id":1,"reason":"The same leak"}"#)
    }

    @Test("what goes on keeps its date and is no clock of that case, whose own clocks and deadline stay as they are")
    func goesOn() throws {
        let (first, second) = (try now(1), try now(2))
        #expect(try duplicate().status == 200)
        let (other, mine) = (try now(1), try now(2))
        #expect(
            clocks(other) == [
                "acknowledge acknowledge open", "update news open", "acknowledge - open", "update - open",
            ])
        #expect(clocks(mine) == ["acknowledge acknowledge transferred", "update news transferred"])
        let dues = { (answer: JSONAnswer) in answer["promises"].items.map { $0["due_at"].text } }
        #expect(dues(other) == dues(first) + dues(second))
        #expect(other["stages"] == first["stages"] && other["hard_deadline"] == first["hard_deadline"])
        #expect(mine["stages"].items.count == 1 && mine["stages"][0]["answered_at"] == .null, "that is no answer")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("kept there, it starts the clocks of that case that wait for its kind")
    func starts() throws {
        _ = try duplicate()
        let kept = try client.post("/v1/promises/5/keep", #"{"evidence":"By phone"}"#)
        #expect(kept["next_promise"]["clock"].text == "answer", "\(kept.response.text)")
        #expect(kept["next_promise"]["stage"].integer == 1)
        // What was not that clock's own begins none anew.
        #expect(try client.post("/v1/promises/6/keep", #"{"evidence":"By phone"}"#)["next_promise"] == .null)
    }

    @Test("what the customer is told of in the duplicate, once it goes on elsewhere, is no fault of the record")
    func toldAfterwards() throws {
        _ = try duplicate()
        let told = #"{"kind":"customer_notified","channel":"phone","outcome":"reached","promise_id":3}"#
        let answer = try client.post("/v1/cases/2/log", told)
        #expect(answer.status == 201, "\(answer.response.text)")
        #expect(try now(2)["promises"].items.first?["told_at"] != .null)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("its clocks are dropped in the report, and the other case's run on")
    func report() throws {
        _ = try duplicate()
        let report = try client.get("/v1/reports/regime?regime=two%20steps")
        #expect(report["total"]["duplicates"].integer == 1)
        let clock = report["total"]["clocks"].items.first { $0["clock"].text == "acknowledge" }
        #expect(clock?["started"].integer == 2 && clock?["dropped"].integer == 1 && clock?["running"].integer == 1)
    }

    @Test("a stage of the duplicate opens it again, with that stage's clocks")
    func reopened() throws {
        _ = try duplicate()
        let again = try client.post("/v1/cases/2/stage", #"{"stage":"second","reason":"Another leak after all"}"#)
        #expect(again["status"].text == "open" && again["duplicate_of"] == .null, "\(again.response.text)")
        #expect(clocks(again).last == "answer review open")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("what meets a clock is told of in guidance, once it is kept, with what can be kept by the same evidence")
    func met() throws {
        func words() throws -> String { try client.get("/v1/cases/1/guidance").response.text }
        let sentence = "meets the clock news: promise 2 can be kept with the same evidence."
        #expect(try !words().contains(sentence))
        // Of another kind than the clock asks for.
        let remedy = try client.post("/v1/cases/1/promises", #"{"kind":"remedy","what":"Mend it","due_in":"PT4H"}"#)
        _ = try client.post("/v1/promises/\(remedy["id"].integer ?? 0)/keep", #"{"evidence":"Mended"}"#)
        #expect(try !words().contains(sentence))
        let call = try client.post("/v1/cases/1/promises", #"{"kind":"callback","what":"Call","due_in":"PT4H"}"#)
        #expect(try !words().contains(sentence), "it is not kept yet")
        let id = call["id"].integer ?? 0
        _ = try client.post("/v1/promises/\(id)/keep", #"{"evidence":"Called"}"#)
        #expect(try words().contains("Promise \(id), which was kept, \(sentence)"))
        _ = try client.post("/v1/promises/2/keep", #"{"evidence":"Called"}"#)
        #expect(try !words().contains(sentence), "nothing is left to be kept")
    }
}
