import Complaints
import HTTPTypes
import Testing

@testable import CaseAPI

/// Real requests, and the problem that each must get. The codes of the workflow are in the tests of its routes.
@Suite("Every problem that a request can bring about")
struct ReachableProblemTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase()
    }

    @Test(
        "a request that is wrong gets its code",
        arguments: [
            ("GET", "/v1/cases?a=%", nil, [:], "malformed_request"),
            ("GET", "/v1/cases/1", nil, ["If-Match": "x"], "malformed_request"),
            ("POST", "/v1/cases", "{", [:], "malformed_json"),
            ("POST", "/v1/cases", "", [:], "malformed_json"),
            ("POST", "/v1/cases", #"{"complaint":"\ud800","customer":{"name":"A"}}"#, [:], "malformed_json"),
            ("POST", "/v1/cases", #"{"complaint":"x","complaint":"y"}"#, [:], "malformed_json"),
            ("GET", "/v1/cases?limit=0", nil, [:], "invalid_parameter"),
            ("GET", "/v1/cases?limit=501", nil, [:], "invalid_parameter"),
            ("GET", "/v1/cases?limit=x", nil, [:], "invalid_parameter"),
            ("GET", "/v1/cases?cursor=x", nil, [:], "invalid_parameter"),
            ("GET", "/v1/cases?format=xml", nil, [:], "invalid_parameter"),
            ("GET", "/v1/cases?as_of=2999-01-01T00:00:00Z", nil, [:], "invalid_parameter"),
            ("GET", "/v1/cases/1?as_of=yesterday", nil, [:], "invalid_parameter"),
            ("GET", "/v1/reports/promises?tz=Mars", nil, [:], "invalid_parameter"),
            ("GET", "/v1/reports/promises?group_by=mood", nil, [:], "invalid_parameter"),
            (
                "GET", "/v1/reports/promises?from=2026-03-01T00:00:00Z&to=2026-03-01T00:00:00Z", nil, [:],
                "invalid_parameter"
            ),
            ("GET", "/v1/cases?zzz=1", nil, [:], "unknown_parameter"),
            ("GET", "/v1/cases/1?expand=log", nil, [:], "unknown_parameter"),
            ("POST", "/v1/cases?dry_run=true", "{}", [:], "unknown_parameter"),
            ("GET", "/readyz?zzz=1", nil, [:], "unknown_parameter"),
            ("GET", "/v1/cases?owner=Nobody", nil, [:], "unknown_value"),
            ("GET", "/v1/cases?format=csv&team=Nowhere", nil, [:], "unknown_value"),
            ("GET", "/v1/cases?\(String(repeating: "x", count: 9000))", nil, [:], "request_line_too_long"),
            ("GET", "/v1/cases", nil, ["X-Long": String(repeating: "x", count: 9000)], "header_too_large"),
            (
                "POST", "/v1/cases", nil, ["Content-Type": "application/json", "Content-Length": "1048577"],
                "body_too_large"
            ),
            ("POST", "/v1/cases", "{}", ["Expect": "magic"], "expectation_failed"),
            ("BREW", "/v1/cases", nil, [:], "not_implemented"),
            ("POST", "/v1/cases", "{}", ["Content-Type": "text/plain"], "unsupported_media_type"),
            ("PATCH", "/v1/cases/1", "{}", ["Content-Type": ""], "unsupported_media_type"),
            ("GET", "/v1/cases", nil, ["Accept": "image/png"], "not_acceptable"),
            ("GET", "/v1/cases/1", nil, ["Accept": "text/csv"], "not_acceptable"),
            ("POST", "/v1/cases", "{}", ["Accept": "text/html"], "not_acceptable"),
            ("GET", "/v1/cases", nil, ["Origin": "http://evil.example"], "forbidden"),
            ("GET", "/v1/nothing", nil, [:], "not_found"),
            ("GET", "/", nil, [:], "not_found"),
            ("GET", "/v1/cases/1/log/99", nil, [:], "not_found"),
            ("GET", "/v1/policies/urgent", nil, [:], "not_found"),
            ("PUT", "/v1/cases/1", "{}", [:], "method_not_allowed"),
            ("DELETE", "/v1/promises/1", nil, [:], "method_not_allowed"),
            ("PATCH", "/v1/cases/1", "{}", ["If-Match": "\"x\""], "stale"),
            ("PATCH", "/v1/cases/1", "[]", [:], "validation_failed"),
            ("POST", "/v1/cases/1/promises", #"{"what":"x","due_in_business":"P1D"}"#, [:], "calendar_missing"),
            ("POST", "/v1/promises/1/keep", nil, [:], "timeline_required"),
            ("POST", "/v1/cases/1/resolve", #"{"summary":"x","customer_accepted":true}"#, [:], "promises_unsettled"),
            ("POST", "/v1/cases/1/close", nil, [:], "case_not_resolved"),
        ] as [(String, String, String?, [String: String], String)])
    func reachable(method: String, target: String, body: String?, fields: [String: String], code: String) throws {
        let answer = JSONAnswer(
            try desk.client.send(method, target, fields: fields, body: body.map { Array($0.utf8) }))
        #expect(answer.code == code)
        #expect(answer.status == ProblemKind(rawValue: code)?.status.code)
        #expect(answer.fields["content-type"] == "application/problem+json")
        let before = try desk.client.get("/v1/log/head")
        #expect(before["id"].integer == 2, "nothing has changed")
    }

    @Test("everything wrong with a query is said at once, the instant to come and the unknown name among it")
    func allAtOnce() throws {
        let answer = try desk.client.get("/v1/promises?state=x&owner=Nobody&team=Nowhere&limt=5&slips_min=a")
        #expect(answer.status == 400)
        #expect(answer.code == "invalid_parameter")
        #expect(
            answer.errors == [
                "state invalid_value", "slips_min invalid_value", "limt unknown_parameter", "owner unknown_value",
                "team unknown_value",
            ])
        let future = try desk.client.get("/v1/promises?state=x&as_of=2999-01-01T00:00:00Z")
        #expect(future.errors == ["state invalid_value", "as_of in_the_future"])
        let page = try desk.client.get("/v1/promises?owner=Nobody&allow_unknown=true")
        #expect(page.status == 200)
        #expect(page["total"].integer == 0)
    }

    @Test("an owner, team or category is known in any case once it was ever given")
    func knownNames() throws {
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Bo"},"owner":"Mia","team":"North","category":"Boiler"}"#)
        #expect(try desk.client.get("/v1/cases?owner=MIA&team=north&category=boiler")["total"].integer == 1)
        #expect(try desk.client.get("/v1/promises?owner=mia&team=NORTH&category=Boiler")["total"].integer == 1)
        try desk.client.patch("/v1/cases/2", #"{"team":"South"}"#)
        #expect(try desk.client.get("/v1/cases?team=north")["total"].integer == 0)
    }
}
