import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("What is said of a regime that a case is not under, or of an outcome that it lacks")
struct RegimeWarningTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
    }

    private func codes(_ answer: JSONAnswer) -> [String?] {
        answer["warnings"] == nil ? [] : answer["warnings"].items.map { $0["code"].text }
    }

    @Test(
        "a policy's regime that does not hold for the receipt leaves the case without one, and whoever opens it hears so"
    )
    func notInForce() throws {
        #expect(try client.patch("/v1/policies/normal", #"{"regime":"lgsco"}"#).status == 200)
        let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#
        let answer = try client.post("/v1/cases", body)
        #expect(answer["regime"] == .null && codes(answer) == ["regime_not_in_force"])
        #expect(
            answer["warnings"].items.first?["detail"].text?.contains("policy normal names the regime lgsco") == true)
        desk.clock.advance(by: .days(40))
        let later = try client.post("/v1/cases", body)
        #expect(later["regime"].text == "lgsco" && codes(later).isEmpty)
    }

    @Test("a policy's regime has its deadline hold beside a later one that was sent, and whoever sent it hears so")
    func deadline() throws {
        #expect(try client.patch("/v1/policies/normal", #"{"regime":"fca-disp"}"#).status == 200)
        func open(_ deadline: String, _ more: String = "") throws -> JSONAnswer {
            try client.post(
                "/v1/cases",
                #"{"complaint":"It leaks.","customer":{"name":"Ann"},"hard_deadline":"\#(deadline)"\#(more)}"#)
        }
        let later = try open("2030-01-01T00:00:00Z")
        let own = try #require(later["hard_deadline"].text)
        #expect(later.status == 201 && own < "2030" && codes(later) == ["regime_deadline"])
        #expect(later["warnings"].items.first?["detail"].text?.contains(own) == true)
        #expect(later["stages"].items.first?["hard_deadline"].text == own)
        #expect(try client.patch("/v1/cases/1", #"{"hard_deadline":"2030-01-01T00:00:00Z"}"#).status == 422)
        // Whoever names the regime knows of it.
        #expect(try open("2030-01-01T00:00:00Z", #","regime":"fca-disp""#).status == 422)
        let sooner = try open("2026-04-01T00:00:00Z")
        #expect(sooner["hard_deadline"].text?.hasPrefix("2026-04-01") == true && codes(sooner).isEmpty)
    }

    @Test("an edit that brings the policy of another regime says so, and changes nothing of that by itself")
    func otherPolicy() throws {
        #expect(
            try client.put("/v1/policies/Banks", #"{"match":{"category":["Bank"]},"regime":"two steps"}"#).status == 201
        )
        try client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#)
        let answer = try client.patch("/v1/cases/1", #"{"category":"Bank"}"#)
        #expect(answer["regime"] == .null && codes(answer) == ["policy_regime"])
        #expect(try codes(client.patch("/v1/cases/1", #"{"subject":"Leak"}"#)).isEmpty)
        #expect(try codes(client.patch("/v1/cases/1", #"{"regime":"Two steps"}"#)).isEmpty)
    }

    @Test(
        "a case under a regime that is resolved without an outcome is warned about, listed, and put right without opening it"
    )
    func noOutcome() throws {
        try client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"regime":"Two steps"}"#)
        #expect(try client.patch("/v1/cases/1", #"{"outcome":"upheld"}"#).code == "case_not_resolved")
        let settle = #"{"promise_id":1,"action":"keep"}"#
        let resolved = try client.post(
            "/v1/cases/1/resolve",
            #"{"summary":"Done","customer_accepted":true,"settle":[\#(settle)],"final_response":{"channel":"email"}}"#)
        #expect(resolved.status == 200 && codes(resolved) == ["no_outcome"])
        #expect(try client.get("/v1/cases?outcome=none")["total"].integer == 1)
        #expect(try client.get("/v1/cases?outcome=none,upheld")["total"].integer == 1)
        let then = desk.clock.tick().rfc3339
        desk.clock.advance(by: .days(14))
        let put = try client.patch(
            "/v1/cases/1",
            #"{"outcome":"upheld","redress":{"amount":5000,"currency":"GBP"},"final_response":{"channel":"letter"}}"#)
        #expect(put.status == 200 && put["outcome"].text == "upheld" && put["redress"]["amount"].integer == 5000)
        #expect(put["resolved_at"] == resolved["resolved_at"] && put["status"].text == "resolved")
        #expect(put["final_response"]["sent_at"] == resolved["final_response"]["sent_at"])
        #expect(put["final_response"]["channel"].text == "letter" && put["edits"] == resolved["edits"])
        let entry = try #require(try client.get("/v1/cases/1/log")["items"].items.last)
        #expect(entry["kind"].text == "resolution_corrected" && entry["outcome"].text == "upheld")
        #expect(entry["final_response_channel_before"].text == "email" && entry["outcome_before"] == nil)
        #expect(try client.get("/v1/cases?outcome=none")["total"].integer == 0)
        #expect(try client.get("/v1/cases?outcome=none&as_of=\(then)")["total"].integer == 1)
        #expect(try client.get("/v1/cases/1?as_of=\(then)")["outcome"] == .null)
        #expect(try client.get("/v1/reports/regime?regime=two+steps")["total"]["outcomes"]["upheld"].integer == 1)
        #expect(try client.post("/v1/cases/1/close").status == 200)
        let closedAt = try client.get("/v1/cases/1")["closed_at"]
        desk.clock.advance(by: .days(1))
        let less = try client.patch("/v1/cases/1", #"{"redress":null}"#)
        #expect(less["redress"] == .null && less["outcome"].text == "upheld" && less["closed_at"] == closedAt)
        let version = less["version"]
        #expect(try client.patch("/v1/cases/1", #"{"redress":null}"#)["version"] == version, "nothing is changed")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("a later deadline of one's own gives way with a warning, and holds again once no clock has a sooner one")
    func deadlineComesBack() throws {
        let own = "2030-01-01T00:00:00Z"
        let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"},"hard_deadline":"\#(own)"}"#
        func patch(_ id: Int, _ edit: String) throws -> JSONAnswer { try client.patch("/v1/cases/\(id)", edit) }
        #expect(try client.post("/v1/cases", body)["hard_deadline"].text == own)
        let put = try patch(1, #"{"regime":"fca-disp"}"#)
        let clocks = try #require(put["hard_deadline"].text)
        #expect(clocks < own && codes(put) == ["regime_deadline"], "\(put.response.text)")
        #expect(put["warnings"].items.first?["detail"].text?.contains(clocks) == true)
        let other = try patch(1, #"{"regime":"fca-payments"}"#)
        #expect(other["hard_deadline"].text ?? own < own && codes(other) == ["regime_deadline"])
        #expect(try patch(1, #"{"regime":"housing-ombudsman"}"#)["hard_deadline"].text == own, "which has none")
        _ = try patch(1, #"{"regime":"fca-disp"}"#)
        #expect(try patch(1, #"{"regime":null}"#)["hard_deadline"].text == own)
        // Where the policy has the regime, and it gave way as the case was opened.
        #expect(try client.patch("/v1/policies/normal", #"{"regime":"fca-disp"}"#).status == 200)
        #expect(try codes(client.post("/v1/cases", body)) == ["regime_deadline"])
        #expect(try patch(2, #"{"regime":null}"#)["hard_deadline"].text == own)
        // One that was brought forward since is the one that was given.
        let sooner = "2026-04-01T00:00:00Z"
        #expect(try client.post("/v1/cases", body).status == 201)
        #expect(try patch(3, #"{"hard_deadline":"\#(sooner)"}"#)["hard_deadline"].text == sooner)
        #expect(try patch(3, #"{"regime":"fca-payments"}"#)["hard_deadline"].text == sooner)
        #expect(try patch(3, #"{"regime":null}"#)["hard_deadline"].text == sooner)
        // Under none, and given none, it has none.
        #expect(try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#).status == 201)
        #expect(try patch(4, #"{"regime":null}"#)["hard_deadline"] == .null)
        #expect(try desk.store.makeReader().verify().findings == [])
    }
}
