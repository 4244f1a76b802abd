import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("The stages of a case under a regime")
struct CaseStageTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
        try desk.client.post(
            "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","regime":"Two steps"}"#)
    }

    private func stage(_ name: String, _ more: String = "") throws -> JSONAnswer {
        try client.post("/v1/cases/1/stage", #"{"stage":"\#(name)","reason":"Ann does not agree"\#(more)}"#)
    }

    private func keep(_ id: Int64, as actor: String = "") throws -> JSONAnswer {
        try client.post("/v1/promises/\(id)/keep", #"{"evidence":"By phone"}"#, fields: ["Casekeeper-Actor": actor])
    }

    private func resolve(_ ids: [Int64], as actor: String = "") throws -> JSONAnswer {
        let settle = ids.map { #"{"promise_id":\#($0),"action":"keep","evidence":"By phone"}"# }.joined(separator: ",")
        return try client.post(
            "/v1/cases/1/resolve", #"{"summary":"Done","customer_accepted":false,"settle":[\#(settle)]}"#,
            fields: ["Casekeeper-Actor": actor])
    }

    private func verified() throws { #expect(try desk.store.makeReader().verify().findings == []) }

    @Test("the second stage opens a closed case again, and its clock makes the promise")
    func secondStage() throws {
        #expect(try resolve([1, 2], as: "Kim").status == 200)
        #expect(try client.post("/v1/cases/1/close").status == 200)
        desk.clock.advance(by: .days(30))
        let answer = try stage("SECOND", #","requested_at":"2026-03-30T10:00:00Z""#)
        #expect(answer.status == 200 && answer["status"].text == "open" && answer["stage"].text == "second")
        let promise = try #require(answer["promises"].items.last)
        #expect(promise["kind"].text == "answer" && promise["clock"].text == "review" && promise["stage"].integer == 2)
        #expect(promise["due_at"].text == "2026-04-14T23:00:00Z", "counted from when it was asked for")
        #expect(promise["made_by"].text == "policy" && promise["owner"].text == "Kim")
        let stages = answer["stages"].items
        #expect(stages.map { $0["number"].integer } == [1, 2] && stages.last?["reason"].text == "Ann does not agree")
        #expect(stages.first?["answered_by"].text == "Kim" && stages.last?["answered_at"] == .null)
        let log = try client.get("/v1/cases/1/log")["items"].items
        #expect(
            log.suffix(4).map { $0["kind"].text } == ["case_reopened", "stage_opened", "case_updated", "promise_made"])
        #expect(log.suffix(3).first?["stage"].text == "second" && log.suffix(3).first?["regime"].text == "Two steps")
        #expect(log.suffix(2).first?["hard_deadline"].text == "", "it was met")
        try verified()
    }

    @Test("a stage that there is not, or that the case is past, is refused, and so is another time")
    func refusals() throws {
        let unknown = try stage("secnd")
        #expect(unknown.errors == ["#/stage invalid_value"])
        #expect(unknown.response.text.contains("Did you mean second?"))
        #expect(try stage("first").code == "stage_passed")
        #expect(
            try stage("second", #","requested_at":"2026-02-01T00:00:00Z""#).errors == ["#/requested_at before_made_at"])
        #expect(
            try stage("second", #","requested_at":"2027-02-01T00:00:00Z""#).errors == ["#/requested_at in_the_future"])
        #expect(
            try client.post("/v1/cases/1/stage", "{}").errors == ["#/reason required", "#/stage required"]
                || client.post("/v1/cases/1/stage", "{}").errors == ["#/stage required", "#/reason required"])
        #expect(try stage("second").status == 200)
        #expect(try stage("second").code == "stage_passed")
        try client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Bo"}}"#)
        let none = try client.post("/v1/cases/2/stage", #"{"stage":"second","reason":"r"}"#)
        #expect(none.status == 409 && none.code == "no_regime" && none["case_id"].integer == 2)
        try verified()
    }

    @Test("who answered before is flagged with the answer, in the stages, and in guidance beforehand")
    func samePerson() throws {
        #expect(try keep(1).status == 200)
        let first = try keep(3, as: "Kim")
        #expect(first["case"]["stages"].items.first?["answered_by"].text == "Kim")
        #expect(first["case"]["warnings"] == nil || first["case"]["warnings"].items.isEmpty)
        let answer = try stage("second")
        let id = try #require(answer["promises"].items.last?["id"].integer)
        let guidance = try client.get("/v1/cases/1/guidance").response.text
        #expect(guidance.contains("had answered at an earlier stage"))
        let second = try keep(id, as: "Lou")
        #expect(second["case"]["warnings"].items.map { $0["code"].text } == ["same_person"], "the promise was Kim's")
        #expect(second["case"]["stages"].items.last?["same_person"].flag == true)
        try verified()
    }

    @Test("somebody else's answer is not flagged")
    func otherPerson() throws {
        _ = try keep(1)
        _ = try keep(3, as: "Kim")
        let id = try #require(try stage("second")["promises"].items.last?["id"].integer)
        #expect(
            try client.post("/v1/promises/\(id)/reassign", #"{"owner":"Lou","reason":"A second look"}"#).status == 200)
        let second = try keep(id, as: "Lou")
        #expect(second["case"]["stages"].items.last?["same_person"].flag == false)
        #expect(second["case"]["warnings"] == nil || second["case"]["warnings"].items.isEmpty)
    }

    @Test("an erasure takes why it came to a stage, and leaves which one that was")
    func erased() throws {
        _ = try resolve([1, 2])
        let id = try #require(try stage("second")["promises"].items.last?["id"].integer)
        #expect(try resolve([id]).status == 200)
        try verified()
        #expect(try client.post("/v1/customers/1/erase", #"{"reason":"At their wish"}"#).status == 200)
        #expect(try client.get("/v1/cases/1")["stages"].items.last?["reason"].text == "[erased]")
        try verified()
    }
}
