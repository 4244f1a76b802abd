import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A case under a regime that comes with the service")
struct ShippedRegimeTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    /// The Thursday before Easter, of which Friday and Monday are holidays in England.
    init() throws {
        desk = try TestDesk()
        desk.clock.advance(by: .days(32))
        // Sooner than a clock it would have its place.
        try desk.client.patch("/v1/policies/normal", #"{"acknowledge_in":"P30D"}"#)
    }

    private func open(_ regime: String) throws -> JSONAnswer {
        try client.post(
            "/v1/cases", #"{"complaint":"It is cold.","customer":{"name":"Ann"},"owner":"Kim","regime":"\#(regime)"}"#)
    }

    private func dates(_ answer: JSONAnswer) -> [String] {
        answer["promises"].items.map {
            "\($0["kind"].text ?? "") \($0["clock"].text ?? "-") \($0["due_at"].text ?? "")"
        }
    }

    @Test(
        "has the promises and the deadline of its first stage by the authority's calendar",
        arguments: [
            (
                "fca-disp",
                [
                    "acknowledge acknowledgement 2026-04-13T23:00:00Z",
                    "answer final response 2026-05-28T23:00:00Z",
                ], "2026-05-28T23:00:00Z"
            ),
            (
                "fca-payments",
                ["acknowledge acknowledgement 2026-04-13T23:00:00Z", "answer response 2026-04-27T23:00:00Z"],
                "2026-05-27T23:00:00Z"
            ),
            ("housing-ombudsman", ["acknowledge acknowledgement 2026-04-13T23:00:00Z"], nil),
            ("lgsco", ["acknowledge acknowledgement 2026-04-13T23:00:00Z"], nil),
        ] as [(String, [String], String?)])
    func firstStage(regime: String, promises: [String], deadline: String?) throws {
        let answer = try open(regime.uppercased())
        #expect(answer.status == 201, "\(answer.response.text)")
        #expect(answer["regime"].text == regime && dates(answer) == promises)
        #expect(answer["hard_deadline"].text == deadline)
        #expect(answer["stages"].items.first?["regime_version"].integer == 0)
        let findings = try desk.store.makeReader().verify().findings
        #expect(findings == [])
    }

    @Test("answers within two stages, each from the day it was acknowledged, and at most as many days more")
    func twoStages() throws {
        #expect(Set(ShippedRegimes.all.map(\.name)) == ["fca-disp", "fca-payments", "housing-ombudsman", "lgsco"])
        _ = try open("housing-ombudsman")
        desk.clock.advance(by: .days(5))
        let kept = try client.post("/v1/promises/1/keep", #"{"evidence":"By letter"}"#)
        #expect(kept["next_promise"]["due_at"].text == "2026-04-21T23:00:00Z")
        #expect(kept["next_promise"]["clock"].text == "response")
        let later = try client.post(
            "/v1/promises/2/renegotiate",
            #"""
            {"due_at":"2026-05-07T00:00:00Z","reason":"A surveyor is ill","next_step":"The surveyor comes",
            "customer_notified":{"channel":"phone","outcome":"reached"}}
            """#)
        #expect(later["warnings"].items.last?["code"].text == "beyond_extension", "2026-05-06 is the last day")
        #expect(later["warnings"].items.last?["detail"].text?.contains("2026-05-06T23:00:00Z") == true)
        let answered = try client.post(
            "/v1/promises/3/keep",
            #"{"evidence":"By letter","resolve":{"summary":"Repaired","customer_accepted":false,"outcome":"not_upheld"}}"#
        )
        #expect(answered.status == 200)
        let stages = answered["case"]["stages"].items
        #expect(stages.first?["answered_by"].text == "Kim" && stages.first?["stage"].text == "stage 1")
        let second = try client.post("/v1/cases/1/stage", #"{"stage":"Stage 2","reason":"Ann asks for a review"}"#)
        #expect(second["status"].text == "open" && dates(second).last?.hasPrefix("acknowledge acknowledgement") == true)
        let findings = try desk.store.makeReader().verify().findings
        #expect(findings == [])
    }

    @Test("until the third business day guidance says that a summary can be sent in place of the final response")
    func summary() throws {
        _ = try open("fca-disp")
        let words = "summary resolution can be sent instead"
        #expect(try client.get("/v1/cases/1/guidance").response.text.contains(words))
        desk.clock.advance(by: .days(8))
        #expect(try client.get("/v1/cases/1/guidance").response.text.contains(words) == false)
    }

    @Test(
        "one that does not hold for the receipt is refused where the case names it, and left out where the policy does")
    func notInForce() throws {
        let early = #""received_at":"2026-03-20T10:00:00Z""#
        let refused = try client.post(
            "/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"},"regime":"lgsco",\#(early)}"#)
        #expect(refused.errors == ["#/regime invalid_value"])
        #expect(try client.patch("/v1/policies/normal", #"{"regime":"LGSCO"}"#)["regime"].text == "lgsco")
        let answer = try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"},\#(early)}"#)
        #expect(answer.status == 201 && answer["regime"] == .null && answer["promises"].items.count == 1)
        #expect(try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#)["regime"].text == "lgsco")
    }
}

@Suite("The entity tag of what comes with the service")
struct ShippedTagTests {
    @Test("changes with what it says, and is not that of a version on record")
    func content() throws {
        for regime in ShippedRegimes.all {
            var other = regime
            other.source += ", 2"
            let (tag, its) = (EntityTag(RegimeRecord(shipped: regime)), EntityTag(RegimeRecord(shipped: other)))
            #expect(tag != its && tag.opaque.hasPrefix("0-") && tag == EntityTag(RegimeRecord(shipped: regime)))
        }
        for calendar in ShippedCalendars.all {
            var other = calendar
            other.specialDays.removeLast()
            #expect(EntityTag(CalendarRecord(shipped: calendar)) != EntityTag(CalendarRecord(shipped: other)))
        }
    }

    @Test("is what a client has seen: 304 to it, and in If-Match of the version that takes its place")
    func conditions() throws {
        let desk = try TestDesk()
        for path in ["/v1/regimes/lgsco", "/v1/calendars/england-and-wales"] {
            let shown = try desk.client.get(path)
            let tag = try #require(shown.fields["etag"])
            #expect(try desk.client.send("GET", path, fields: ["If-None-Match": tag]).status == 304)
            // Of a program of before.
            #expect(try desk.client.send("GET", path, fields: ["If-None-Match": #""0""#]).status == 200)
        }
        let path = "/v1/calendars/england-and-wales"
        let shown = try desk.client.get(path)
        let fields = ["If-Match": try #require(shown.fields["etag"]), "Content-Type": "application/json"]
        let body = #"{"time_zone":"Europe/London","weekly":{}}"#
        #expect(try desk.client.send("PUT", path, fields: fields, body: Array(body.utf8)).status == 200)
        #expect(try desk.client.send("PUT", path, fields: fields, body: Array(body.utf8)).status == 412)
    }
}
