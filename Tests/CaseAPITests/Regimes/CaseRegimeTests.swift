import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A case under a regime")
struct CaseRegimeTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
    }

    private func open(_ more: String = "") throws -> JSONAnswer {
        try client.post(
            "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","regime":"two  STEPS"\#(more)}"#)
    }

    private func now(_ id: Int64 = 1) throws -> JSONAnswer { try client.get("/v1/cases/\(id)") }

    private func keep(_ id: Int64, _ more: String = "") throws -> JSONAnswer {
        try client.post("/v1/promises/\(id)/keep", #"{"evidence":"By phone"\#(more)}"#)
    }

    private func log(_ id: Int64 = 1) throws -> [String?] {
        try client.get("/v1/cases/\(id)/log")["items"].items.map { $0["kind"].text }
    }

    private func promises(_ answer: JSONAnswer) -> [String] {
        answer["promises"].items.map { promise in
            "\(promise["kind"].text ?? "") \(promise["clock"].text ?? "-") \(promise["stage"].integer ?? 0) "
                + (promise["due_at"].text?.prefix(10) ?? "")
        }
    }

    private func verified() throws { #expect(try desk.store.makeReader().verify().findings == []) }

    @Test(
        "its first stage begins as it is opened: clocks make the promises and the deadline, and the policy's is not made"
    )
    func opening() throws {
        let answer = try open()
        #expect(answer.status == 201)
        #expect(answer["regime"].text == "Two steps", "as it is written")
        #expect(answer["stage"].text == "first")
        #expect(promises(answer) == ["acknowledge acknowledge 1 2026-03-03", "update news 1 2026-03-07"])
        #expect(answer["hard_deadline"].text == "2026-04-10T23:00:00Z")
        let first = try #require(answer["promises"].items.first)
        #expect(first["made_by"].text == "policy" && first["owner"].text == "Kim" && first["told_at"] == .null)
        #expect(first["after_hard_deadline"].flag == false)
        let stage = try #require(answer["stages"].items.first)
        #expect(stage["number"].integer == 1 && stage["requested_at"] == answer["received_at"])
        #expect(stage["hard_deadline"] == answer["hard_deadline"] && stage["answered_at"] == .null)
        #expect(try log() == ["case_opened", "stage_opened", "promise_made", "promise_made"])
        let update = try #require(answer["promises"].items.last)
        #expect(update["due_explained"].text?.contains("Two steps, version") == true)
        try verified()
    }

    @Test("of the policy's acknowledgement and the clock's the sooner date holds for the one promise")
    func sooner() throws {
        #expect(try client.patch("/v1/policies/normal", #"{"acknowledge_in":"PT1H"}"#).status == 200)
        let promise = try #require(try open()["promises"].items.first)
        #expect(
            promise["due_at"].text == "2026-03-01T10:00:00.003Z"
                || promise["due_at"].text?.hasPrefix("2026-03-01T10:00") == true)
        #expect(promise["clock"].text == "acknowledge")
        #expect(promise["due_explained"].text?.hasPrefix("By the policy, which acknowledges sooner") == true)
    }

    @Test("a promise and a deadline that were sent stay beside those of the clocks")
    func sent() throws {
        let answer = try open(
            #","hard_deadline":"2026-03-20T00:00:00Z","promise":{"kind":"callback","what":"Call","due_in":"PT2H"}"#)
        #expect(
            promises(answer) == [
                "callback - 0 2026-03-01", "acknowledge acknowledge 1 2026-03-03", "update news 1 2026-03-07",
            ])
        #expect(answer["hard_deadline"].text == "2026-03-20T00:00:00Z")
        #expect(answer["stages"].items.first?["hard_deadline"] == .null)
    }

    @Test("one that there is not is refused with the nearest name, and with where the list is")
    func unknown() throws {
        let refused = try client.post(
            "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"regime":"Two stebs"}"#)
        #expect(refused.errors == ["#/regime invalid_value"])
        #expect(
            refused.response.text.contains("did you mean two steps?") && refused.response.text.contains("/v1/regimes"))
        _ = try open()
        #expect(try client.patch("/v1/cases/1", #"{"regime":"Nobody's"}"#).errors == ["#/regime invalid_value"])
        #expect(try client.patch("/v1/policies/normal", #"{"regime":"Nobody's"}"#).errors == ["#/regime invalid_value"])
        #expect(try client.get("/v1/cases?regime=Nobody").status == 400)
        #expect(try client.get("/v1/cases?regime=TWO+STEPS")["total"].integer == 1)
        #expect(try client.get("/v1/cases?regime=Nobody&allow_unknown=true")["total"].integer == 0)
    }

    @Test("a clock that waits for a keep starts with the first of its kind, while the case stays open")
    func chain() throws {
        _ = try open()
        desk.clock.advance(by: .days(1))
        let kept = try keep(1)
        #expect(kept.status == 200)
        #expect(
            kept["next_promise"]["clock"].text == "answer"
                && kept["next_promise"]["due_at"].text == "2026-03-13T00:00:00Z")
        #expect(
            try promises(now()) == [
                "acknowledge acknowledge 1 2026-03-03", "update news 1 2026-03-07", "answer answer 1 2026-03-13",
            ])
        let again = try client.post("/v1/cases/1/promises", #"{"kind":"acknowledge","what":"Again","due_in":"PT1H"}"#)
        #expect(again.status == 201)
        #expect(try keep(4)["next_promise"] == .null, "it runs already")
        #expect(try keep(2)["next_promise"]["clock"].text == "news", "begins anew each time")
        #expect(try now()["promises"].items.last?["stage"].integer == 1)
        try verified()
    }

    @Test("what is kept as the case is resolved starts none")
    func resolved() throws {
        _ = try open()
        let answer = try client.post(
            "/v1/cases/1/resolve",
            #"""
            {"summary":"Done","customer_accepted":true,
            "settle":[{"promise_id":1,"action":"keep"},{"promise_id":2,"action":"keep"}]}
            """#)
        #expect(answer.status == 200 && answer["promises"].items.count == 2)
        let stage = try #require(answer["stages"].items.first)
        #expect(stage["answered_at"] == answer["resolved_at"] && stage["answered_by"].text == "local")
        #expect(stage["same_person"].flag == false)
        try verified()
    }

    @Test("a date that moves is the clock's still, and further than the regime has it extended is flagged")
    func extended() throws {
        _ = try open()
        _ = try keep(1)
        func codes(_ answer: JSONAnswer) -> [String?] { answer["warnings"].items.map { $0["code"].text } }
        func renew(_ id: Int64, _ due: String) throws -> JSONAnswer {
            try client.post(
                "/v1/promises/\(id)/renegotiate",
                #"""
                {"due_at":"\#(due)","reason":"r","next_step":"n",
                "customer_notified":{"channel":"phone","outcome":"reached"}}
                """#)
        }
        let inside = try renew(3, "2026-03-21T00:00:00Z")
        #expect(inside.status == 201 && inside["clock"].text == "answer" && inside["stage"].integer == 1)
        #expect(!codes(inside).contains("beyond_extension"))
        let beyond = try renew(4, "2026-03-23T00:00:00Z")
        #expect(codes(beyond).contains("beyond_extension"))
        #expect(beyond["warnings"].items.last?["detail"].text?.contains("2026-03-22T00:00:00Z") == true)
        let none = try renew(2, "2026-03-09T00:00:00Z")
        #expect(codes(none).contains("beyond_extension"))
        #expect(none["warnings"].items.last?["detail"].text?.contains("no extension") == true)
        let late = try renew(5, "2026-04-20T00:00:00Z")
        #expect(late["after_hard_deadline"].flag == true)
        #expect(try client.get("/v1/promises/\(late["id"].integer ?? 0)")["after_hard_deadline"].flag == true)
        try verified()
    }

    @Test("PATCH puts an open case under one, or another: its first stage begins, counted from the receipt")
    func patched() throws {
        try client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#)
        desk.clock.advance(by: .days(9))
        let answer = try client.patch("/v1/cases/1", #"{"regime":"two steps"}"#)
        #expect(answer.status == 200 && answer["regime"].text == "Two steps")
        #expect(
            promises(answer) == [
                "acknowledge - 0 2026-03-03", "acknowledge acknowledge 1 2026-03-03", "update news 1 2026-03-07",
            ])
        #expect(answer["promises"].items.first?["state"].text == "void", "the clock's takes the place of the policy's")
        #expect(answer["promise_counts"]["overdue"].integer == 2, "overdue at birth")
        #expect(answer["hard_deadline"].text == "2026-04-10T23:00:00Z")
        #expect(
            try client.patch("/v1/cases/1", #"{"regime":"TWO STEPS"}"#)["stages"].items.count == 1, "it is under it")
        let none = try client.patch("/v1/cases/1", #"{"regime":null}"#)
        #expect(none["regime"] == .null && none["stages"].items.isEmpty && none["promises"].items.count == 4)
        #expect(none["promises"].items.map { $0["state"].text } == ["void", "void", "void", "open"])
        try verified()
    }

    @Test("a policy gives it to cases that name none, and rules ask for the one that a case names")
    func byPolicy() throws {
        #expect(
            try client.put("/v1/policies/Banks", #"{"match":{"category":["Bank"]},"regime":"two steps"}"#)["regime"]
                .text
                == "Two steps")
        #expect(
            try client.put(
                "/v1/policies/Slow", #"{"match":{"regime":["Two Steps"]},"before":"Banks","load_cap":3}"#
            ).status == 201)
        let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"},"category":"Bank"}"#
        let answer = try client.post("/v1/cases", body)
        #expect(answer["regime"].text == "Two steps" && answer["stage"].text == "first")
        #expect(try client.post("/v1/policies/preview", #"{"category":"Bank"}"#)["policy"].text == "Banks")
        #expect(try client.post("/v1/policies/preview", #"{"case_id":1}"#)["policy"].text == "Slow")
        #expect(try client.post("/v1/policies/preview", #"{"regime":"two steps"}"#)["policy"].text == "Slow")
        #expect(
            try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#)["regime"] == .null)
        try verified()
    }

    @Test("as of before a stage there is none of it")
    func asOf() throws {
        _ = try open()
        let first = desk.clock.now.rfc3339
        desk.clock.advance(by: .days(3))
        #expect(
            try client.post("/v1/cases/1/stage", #"{"stage":"second","reason":"Ann does not agree"}"#)["stage"].text
                == "second")
        let then = try client.get("/v1/cases/1?as_of=\(first)")
        #expect(then["stage"].text == "first" && then["stages"].items.count == 1 && then["promises"].items.count == 2)
        #expect(
            try client.get("/v1/cases?as_of=\(first)&regime=two+steps")["items"].items.map { $0["stage"].text } == [
                "first"
            ])
        try verified()
    }
}

extension TestDesk {
    /// A regime of two stages, for whoever tests what cases do under it.
    func putTwoSteps() throws {
        func clock(_ name: String, _ anchor: String, _ days: Int, _ makes: String, _ more: String = "") -> String {
            #"{"name":"\#(name)","anchor":"\#(anchor)","count":\#(days),"unit":"days","makes":"\#(makes)"\#(more)}"#
        }
        let first = [
            clock("acknowledge", "received", 1, "acknowledge"),
            clock(
                "answer", "kept:acknowledge", 10, "answer", #","extension":{"count":20,"unit":"days","from":"anchor"}"#),
            clock("news", "stage_opened", 5, "update", #","every":true,"met_by":["update","callback"]"#),
            clock("end", "received", 40, "hard_deadline"),
            #"{"name":"at once","anchor":"received","count":3,"unit":"days","instead_of":"answer"}"#,
        ]
        let week = ["mon", "tue", "wed", "thu", "fri"].map { #""\#($0)":[["09:00","17:00"]]"# }.joined(separator: ",")
        let calendar = #"{"time_zone":"Europe/London","weekly":{\#(week)}}"#
        #expect(try client.put("/v1/calendars/London", calendar).status == 201)
        let regime = #"""
            {"title":"Two steps","authority":"Nobody","source":"Rule 1","calendar":"London","stages":[
            {"name":"first","clocks":[\#(first.joined(separator: ","))]},
            {"name":"second","clocks":[\#(clock("review", "stage_requested", 15, "answer"))]}]}
            """#
        #expect(try client.put("/v1/regimes/Two%20steps", regime).status == 201)
    }
}
