import Complaints
import Testing

@testable import CaseAPI

@Suite("Cases over HTTP")
struct CaseRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    /// The fields of the contract, in its order.
    static let caseFields = [
        "id", "external_id", "subject", "complaint", "customer", "contact", "channel", "category", "tags", "severity",
        "mood", "desired_outcome", "estimate", "owner", "team", "supervisor", "regime", "policy", "stage", "stages",
        "mood_trend", "escalated", "unassessed_threats", "pending_concessions", "pending_disputes", "relationship",
        "status", "received_at", "opened_at", "resolved_at", "closed_at", "hard_deadline", "customer_accepted",
        "outcome", "redress", "final_response", "duplicate_of", "imported", "version", "updated_at", "overdue",
        "overdue_since", "next_due_at", "ever_broken", "silent", "waiting_on_customer", "customer_due_at",
        "promise_counts", "promises",
    ]

    @Test("a complaint and a name are enough, and the policy makes the first promise")
    func minimal() throws {
        let answer = try desk.openCase()
        #expect(answer.status == 201)
        #expect(answer.fields["location"] == "/v1/cases/1")
        #expect(answer.json.names == Self.caseFields)
        #expect(
            answer["customer"].names == [
                "id", "name", "email", "phone", "external_id", "language", "needs", "vulnerable", "vulnerable_reason",
            ])
        #expect(answer["status"].text == "open")
        #expect(answer["silent"].flag == false)
        #expect(answer["promise_counts"].names == PromiseState.allCases.map(\.rawValue))
        #expect(answer["promise_counts"]["open"].integer == 1)
        let promise = answer["promises"][0]
        #expect(promise["kind"].text == "acknowledge")
        #expect(promise["made_by"].text == "policy")
        #expect(promise["told_at"] == .null)
        let read = try desk.client.get("/v1/cases/1")
        #expect(read.json == answer.json.withoutAdvice)
        #expect(promise["load"] == .null && promise["warnings"][0]["code"].text == "unowned")
        #expect(read.fields["etag"] == answer.fields["etag"])
    }

    @Test("everything that is sent comes back")
    func full() throws {
        let answer = try desk.openCase(
            """
            {"complaint":" It\\u0009leaks.\\n","customer":{"name":"Ann","email":"ann@example.org","phone":"+49 30 1","external_id":"C-1"},
             "external_id":"X-1","subject":"Leak","channel":"in_person","category":"Boiler","tags":["wet","cold"],
             "severity":"high","mood":"angry","desired_outcome":"A new valve","estimate":{"from":"P2D","to":"P1W"},
             "owner":"Mia","team":"North","supervisor":"Ida","received_at":"2026-02-27T10:00:00+01:00",
             "hard_deadline":"2026-04-01T00:00:00Z",
             "promise":{"kind":"callback","what":"Call with a date","due_at":"2026-03-02T12:00:00+02:00","channel":"phone",
              "next_step":"Order the valve","customer_notified":{"channel":"phone","outcome":"reached"}}}
            """)
        #expect(answer.status == 201)
        #expect(answer["complaint"].text == " It\tleaks.\n")
        #expect(answer["customer"]["external_id"].text == "C-1")
        #expect(answer["tags"].items.compactMap(\.text) == ["wet", "cold"])
        #expect(answer["estimate"]["to"].text == "P7D")
        #expect(answer["received_at"].text == "2026-02-27T09:00:00Z")
        #expect(answer["channel"].text == "in_person")
        let promise = answer["promises"][0]
        #expect(promise["due_at"].text == "2026-03-02T10:00:00Z")
        #expect(promise["owner"].text == "Mia")
        #expect(promise["customer_notified"]["outcome"].text == "reached")
        #expect(promise["case"]["customer"]["phone"].text == "+49 30 1")
    }

    @Test("a customer is found by id or external id, never by name")
    func customers() throws {
        func customer(_ customer: String) throws -> JSONAnswer {
            try desk.openCase(#"{"complaint":"x","customer":\#(customer)}"#)
        }
        #expect(try customer(#"{"name":"Ann","external_id":"C-1"}"#)["customer"]["id"].integer == 1)
        #expect(try customer(#"{"name":"Ann"}"#)["customer"]["id"].integer == 2)
        #expect(try customer(#"{"external_id":"C-1"}"#)["customer"]["id"].integer == 1)
        #expect(try customer(#"{"id":2}"#)["customer"]["id"].integer == 2)
        #expect(try customer(#"{"id":9}"#).errors == ["#/customer/id invalid_value"])
        #expect(try customer(#"{"external_id":"C-9"}"#).errors == ["#/customer/name required"])
        #expect(try desk.client.get("/v1/customers/1/cases")["total"].integer == 2)
    }

    @Test("what is wrong in form and in meaning is said at once, and changes nothing")
    func refused() throws {
        let answer = try desk.openCase(
            """
            {"complaint":"","customer":{"name":"Ann"},"received_at":"2030-01-01T00:00:00Z","sevrity":"high",
             "promise":{"what":"Call","due_at":"2026-02-01T00:00:00Z"}}
            """)
        #expect(answer.status == 422)
        #expect(answer.code == "validation_failed")
        #expect(
            Set(answer.errors) == [
                "#/complaint too_short", "#/received_at in_the_future", "#/promise/due_at in_the_past",
                "#/sevrity unknown_field",
            ])
        #expect(try desk.client.get("/v1/cases")["total"].integer == 0)
        #expect(try desk.client.get("/v1/customers")["total"].integer == 0)
        #expect(try desk.client.get("/v1/log/head").status == 404)
    }

    @Test("a second case with an external id is refused, and names the first")
    func duplicate() throws {
        let body = #"{"complaint":"x","customer":{"name":"Ann"},"external_id":"X-1"}"#
        try desk.openCase(body)
        let second = try desk.openCase(body)
        #expect(second.status == 409)
        #expect(second.code == "duplicate_external_id")
        #expect(second["case_id"].integer == 1)
    }

    @Test("an edit is a merge patch, and the first owner gets the promises that have none")
    func edit() throws {
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"subject":"Leak","team":"North"}"#)
        let edited = try desk.client.patch("/v1/cases/1", #"{"owner":"Mia","team":null,"severity":"critical"}"#)
        #expect(edited.status == 200)
        #expect(edited["owner"].text == "Mia")
        #expect(edited["team"] == .null)
        #expect(edited["subject"].text == "Leak")
        #expect(edited["promises"][0]["owner"].text == "Mia")
        #expect(edited["promises"][0]["case"]["severity"].text == "critical")
        let refused = try desk.client.patch("/v1/cases/1", #"{"complaint":"y","status":"closed","ownr":"Bo"}"#)
        #expect(
            refused.errors == ["#/complaint read_only_field", "#/status read_only_field", "#/ownr unknown_field"])
        let unchanged = try desk.client.patch("/v1/cases/1", #"{"owner":"Mia"}"#)
        #expect(unchanged.fields["etag"] == edited.fields["etag"])
    }

    @Test("a case goes from open to resolved to closed, and back")
    func status() throws {
        try desk.openCase()
        let early = try desk.client.post("/v1/cases/1/close")
        #expect(early.code == "case_not_resolved")
        let blocked = try desk.client.post("/v1/cases/1/resolve", #"{"summary":"Fixed","customer_accepted":true}"#)
        #expect(blocked.code == "promises_unsettled")
        #expect(blocked["promise_ids"].items.compactMap(\.integer) == [1])
        let resolved = try desk.client.post(
            "/v1/cases/1/resolve",
            """
            {"summary":"Fixed","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep","evidence":"call 7"}],
             "follow_up":{"kind":"follow_up","what":"Ask again","due_in":"P7D"}}
            """)
        #expect(resolved.status == 200)
        #expect(resolved["status"].text == "resolved")
        #expect(resolved["resolved_at"].text != nil)
        #expect(resolved["promises"].items.map { $0["state"].text } == ["kept", "open"])
        #expect(try desk.client.post("/v1/cases/1/close", "{}").code == "promises_unsettled")
        #expect(try desk.client.post("/v1/promises/2/keep").status == 200)
        let closed = try desk.client.post("/v1/cases/1/close")
        #expect(closed["status"].text == "closed")
        #expect(try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D"}"#).code == "case_not_open")
        let reopened = try desk.client.post("/v1/cases/1/reopen", #"{"reason":"It leaks again"}"#)
        #expect(reopened["status"].text == "open")
        #expect(reopened["promises"].items.count == 3)
        #expect(reopened["closed_at"] == .null)
    }

    @Test("a promise is added to a case, and settles another in the same step")
    func addPromise() throws {
        try desk.openCase()
        let answer = try desk.client.post(
            "/v1/cases/1/promises", #"{"kind":"remedy","what":"Fit the valve","due_in":"P3D","keeps":1}"#)
        #expect(answer.status == 201)
        #expect(answer.fields["location"] == "/v1/promises/2")
        #expect(answer["kind"].text == "remedy")
        let first = try desk.client.get("/v1/promises/1")
        #expect(first["state"].text == "kept")
        #expect(
            try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D","keeps":1}"#).code
                == "promise_settled")
        let elsewhere = try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P91D","keeps":7}"#)
        #expect(Set(elsewhere.errors) == ["#/due_in out_of_range", "#/keeps invalid_value"])
        let business = try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in_business":"P2D"}"#)
        #expect(business.status == 422)
        #expect(business.code == "calendar_missing")
        #expect(business.errors == ["#/due_in_business calendar_missing"])
    }

    @Test(
        "there is nothing at an id that is none",
        arguments: ["0", "2", "01", "+1", "-1", "1.0", "x", "%31x", "9223372036854775808", "%E2%91%A0"])
    func missing(id: String) throws {
        try desk.openCase()
        for (method, path) in [
            ("GET", ""), ("GET", "/log"), ("GET", "/log/1"), ("PATCH", ""), ("POST", "/log"), ("POST", "/promises"),
            ("POST", "/resolve"), ("POST", "/close"), ("POST", "/reopen"),
        ] {
            let body = method == "GET" ? nil : Array(#"{"nonsense":1}"#.utf8)
            let answer = JSONAnswer(try desk.client.send(method, "/v1/cases/\(id)\(path)", body: body))
            #expect(answer.status == 404, "\(method) /v1/cases/\(id)\(path)")
            #expect(answer.code == "not_found")
        }
    }
}
