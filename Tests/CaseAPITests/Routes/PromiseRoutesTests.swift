import Complaints
import Testing

@testable import CaseAPI

@Suite("Promises over HTTP")
struct PromiseRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Ann"},"owner":"Mia","promise":{"what":"Call","due_in":"PT4H"}}"#)
    }

    /// The fields of the contract, in its order.
    static let promiseFields = [
        "id", "case_id", "kind", "what", "by", "to", "owner", "accountable", "made_by", "made_at", "told_at", "channel",
        "due_at", "original_due_at", "due_explained", "clock", "stage", "after_hard_deadline", "state", "overdue",
        "kept_at", "recorded_at", "settled_by",
        "evidence",
        "backdated", "dispute_upheld_at", "late_seconds", "slips", "total_slip_seconds", "supersedes", "superseded_by",
        "transferred_from", "transferred_to", "first_made_at", "reason", "explanation", "next_step",
        "customer_notified",
        "accepted_at", "waits_for_acceptance", "concession", "concession_case_id", "imported", "case",
    ]
    private static let moved =
        #""reason":"The part is late","next_step":"Call the maker","customer_notified":{"channel":"phone","outcome":"reached"}"#

    @Test("a promise shows whom to call")
    func get() throws {
        let answer = try desk.client.get("/v1/promises/1")
        #expect(answer.status == 200)
        #expect(Set(answer.json.names) == Set(Self.promiseFields))
        #expect(answer.json.names.count == Self.promiseFields.count)
        #expect(answer["case"].names == ["id", "external_id", "subject", "severity", "mood", "customer", "contact"])
        #expect(
            answer["case"]["customer"].names == ["id", "name", "phone", "email", "language", "needs", "vulnerable"])
        #expect(answer["late_seconds"] == .null)
    }

    @Test("keeping the last promise takes another one, or the end of the case")
    func keep() throws {
        let silent = try desk.client.post("/v1/promises/1/keep")
        #expect(silent.status == 409)
        #expect(silent.code == "timeline_required")
        #expect(try desk.client.get("/v1/promises/1")["state"].text == "open")
        let kept = try desk.client.post(
            "/v1/promises/1/keep", #"{"evidence":"call 7","next_promise":{"what":"Fit the valve","due_in":"P2D"}}"#)
        #expect(kept.status == 200)
        #expect(kept.json.names == ["promise", "case", "next_promise"])
        #expect(kept["promise"]["state"].text == "kept")
        #expect(kept["promise"]["settled_by"].text == "local")
        #expect(kept["promise"]["late_seconds"].integer == 0)
        #expect(kept["next_promise"]["id"].integer == 2)
        #expect(kept["next_promise"]["owner"].text == "Mia")
        #expect(kept["case"]["promise_counts"]["kept"].integer == 1)
        let again = try desk.client.post("/v1/promises/1/keep")
        #expect(again.code == "promise_settled")
        #expect(again["settled_by"].text == "local")
        #expect(again["settled_at"].text == kept["promise"]["recorded_at"].text)
        #expect(again["state"].text == "kept")
        let resolved = try desk.client.post(
            "/v1/promises/2/keep", #"{"resolve":{"summary":"Fitted","customer_accepted":true}}"#)
        #expect(resolved.json.names == ["promise", "case"])
        #expect(resolved["case"]["status"].text == "resolved")
    }

    @Test("a keep that was told of late needs evidence, and is backdated")
    func backdated() throws {
        let keptAt = desk.instant(in: .hours(3))
        desk.clock.advance(by: .hours(5))
        let next = #""next_promise":{"what":"x","due_in":"P1D"}"#
        let bare = try desk.client.post("/v1/promises/1/keep", "{\"kept_at\":\"\(keptAt)\",\(next)}")
        #expect(bare.errors == ["#/evidence required"])
        let future = try desk.client.post("/v1/promises/1/keep", "{\"kept_at\":\"2027-01-01T00:00:00Z\",\(next)}")
        #expect(future.errors == ["#/kept_at in_the_future"])
        let before = try desk.client.post("/v1/promises/1/keep", "{\"kept_at\":\"2026-01-01T00:00:00Z\",\(next)}")
        #expect(before.errors == ["#/kept_at before_made_at"])
        let kept = try desk.client.post(
            "/v1/promises/1/keep", "{\"kept_at\":\"\(keptAt)\",\"evidence\":\"call 7\",\(next)}")
        #expect(kept["promise"]["state"].text == "kept")
        #expect(kept["promise"]["backdated"].flag == true)
        #expect(kept["promise"]["kept_at"].text == keptAt)
    }

    @Test("a date moves only by renegotiating it before it has passed")
    func renegotiate() throws {
        #expect(
            try desk.client.post("/v1/promises/1/recover", "{\"due_in\":\"P1D\",\(Self.moved)}").code
                == "promise_not_broken")
        let answer = try desk.client.post("/v1/promises/1/renegotiate", "{\"due_in\":\"P1D\",\(Self.moved)}")
        #expect(answer.status == 201)
        #expect(answer.fields["location"] == "/v1/promises/2")
        #expect(answer["supersedes"].integer == 1)
        #expect(answer["slips"].integer == 1)
        #expect(answer["what"].text == "Call")
        #expect(answer["total_slip_seconds"].integer == 72_000)
        #expect(answer["told_at"].text != nil)
        let old = try desk.client.get("/v1/promises/1")
        #expect(old["state"].text == "renegotiated")
        #expect(old["superseded_by"].integer == 2)
        #expect(old["original_due_at"] == answer["original_due_at"])
    }

    @Test("past its due instant a promise is broken, and can only be recovered")
    func recover() throws {
        desk.clock.advance(by: .hours(5))
        let overdue = try desk.client.get("/v1/promises/1")
        #expect(overdue["state"].text == "overdue")
        #expect(overdue["overdue"].flag == true)
        #expect(try desk.client.get("/v1/cases/1")["overdue_since"] == overdue["due_at"])
        #expect(
            try desk.client.post("/v1/promises/1/renegotiate", "{\"due_in\":\"P1D\",\(Self.moved)}").code
                == "promise_broken")
        let recovered = try desk.client.post("/v1/promises/1/recover", "{\"due_in\":\"P1D\",\(Self.moved)}")
        #expect(recovered.status == 201)
        let broken = try desk.client.get("/v1/promises/1")
        #expect(broken["state"].text == "broken")
        #expect(broken.response.text.contains("\"late_seconds\":3600.0"))
        #expect(try desk.client.get("/v1/cases/1")["ever_broken"].flag == true)
    }

    @Test("a promise is withdrawn with the customer's release, or it is broken")
    func withdraw() throws {
        let next =
            #""customer_notified":{"channel":"phone","outcome":"reached"},"#
            + #""next_promise":{"what":"x","due_in":"P1D","next_step":"y"}"#
        let released = try desk.client.post(
            "/v1/promises/1/withdraw", "{\"reason\":\"Sold\",\"customer_agreed\":true,\(next)}")
        #expect(released["promise"]["state"].text == "withdrawn")
        let given = try desk.client.post(
            "/v1/promises/2/withdraw",
            "{\"reason\":\"Gone\",\"customer_agreed\":false,\"cause\":\"unreachable\",\(next)}")
        #expect(given["promise"]["state"].text == "broken")
    }

    @Test("a promise is taken back by its maker, later by a manager")
    func void() throws {
        let agent = try desk.token(.agent, name: "agent").field
        let manager = try desk.token(.manager, name: "manager").field
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        let body = #"{"reason":"Typed in twice",\#(told),"next_promise":{"what":"x","due_in":"P1D","next_step":"y"}}"#
        let refused = try desk.client.post("/v1/promises/1/void", body, fields: ["Authorization": agent])
        #expect(refused.status == 403)
        #expect(refused.code == "forbidden")
        let void = try desk.client.post("/v1/promises/1/void", body, fields: ["Authorization": manager])
        #expect(void["promise"]["state"].text == "void")
        #expect(void["promise"]["reason"].text == "Typed in twice")
    }

    @Test("a promise changes hands")
    func reassign() throws {
        let answer = try desk.client.post("/v1/promises/1/reassign", #"{"owner":"Bo","reason":"Mia is away"}"#)
        #expect(answer.status == 200)
        #expect(answer["promise"]["owner"].text == "Bo")
        #expect(answer["promise"]["state"].text == "open")
        #expect(answer["case"]["owner"].text == "Mia")
    }

    @Test("an unknown promise is not found before its body is judged")
    func missing() throws {
        for action in ["keep", "renegotiate", "recover", "withdraw", "void", "reassign"] {
            #expect(try desk.client.post("/v1/promises/9/\(action)", #"{"nonsense":1}"#).status == 404)
        }
        #expect(try desk.client.get("/v1/promises/9").status == 404)
    }
}
