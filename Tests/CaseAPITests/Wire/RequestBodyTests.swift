import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

/// The bodies that are read, each by its reader.
enum Body: String, Sendable, CaseIterable {
    case newCase, caseEdit, customerEdit, addPromise, keep, withdraw, void, renegotiate, reassign, resolve, reopen, log,
        policyEdit

    func issues(_ json: String) throws -> [String] {
        let request = Request(
            id: "r", method: .post, path: "/", headerFields: [.contentType: "application/json"], body: Array(json.utf8),
            peer: PeerAddress(host: "127.0.0.1", isLoopback: true))
        let body = RequestBody(request: request)
        let issues =
            switch self {
            case .newCase: try body.read(CaseRequest.init(_:)).issues
            case .caseEdit: try body.read(CaseEdit.init(_:)).issues
            case .customerEdit: try body.read(CustomerEdit.init(_:)).issues
            case .addPromise: try body.read(AddPromiseRequest.init(_:)).issues
            case .keep: try body.read(SettleAndContinue<KeepRequest>.init(_:)).issues
            case .withdraw: try body.read(SettleAndContinue<WithdrawRequest>.init(_:)).issues
            case .void: try body.read(SettleAndContinue<VoidRequest>.init(_:)).issues
            case .renegotiate: try body.read(RenegotiateRequest.init(_:)).issues
            case .reassign: try body.read(ReassignRequest.init(_:)).issues
            case .resolve: try body.read(ResolveRequest.init(_:)).issues
            case .reopen: try body.read(ReopenRequest.init(_:)).issues
            case .log: try body.read(LogRequest.init(_:)).issues
            case .policyEdit: try body.read(PolicyChange.init(_:)).issues
            }
        return issues.map { "\($0.path.pointer) \($0.code.rawValue)" }
    }
}

@Suite("The bodies of requests")
struct RequestBodyTests {
    @Test(
        "everything that is wrong is said at once, each with its pointer",
        arguments: [
            (.newCase, #"{"complaint":"x","customer":{"name":"Ann"}}"#, []),
            (.newCase, "{}", ["#/complaint required", "#/customer required"]),
            (.newCase, "[]", ["# wrong_type"]),
            (.newCase, "null", ["# wrong_type"]),
            (.newCase, #"{"complaint":null,"customer":null}"#, ["#/complaint required", "#/customer required"]),
            (
                .newCase, #"{"complaint":" \n","customer":{"name":""}}"#,
                ["#/complaint too_short", "#/customer/name too_short"]
            ),
            (.newCase, #"{"complaint":5,"customer":"Ann"}"#, ["#/complaint wrong_type", "#/customer wrong_type"]),
            (
                .newCase, #"{"complaint":"a\u0000b","customer":{}}"#,
                ["#/complaint invalid_value", "#/customer/name required"]
            ),
            (
                .newCase,
                #"{"complaint":"x","customer":{"id":1,"name":"Ann","nme":"A"}}"#,
                ["#/customer/name conflicting_fields", "#/customer/nme unknown_field"]
            ),
            (.newCase, #"{"complaint":"x","customer":{"id":"1"}}"#, ["#/customer/id wrong_type"]),
            (.newCase, #"{"complaint":"x","customer":{"id":1.5}}"#, ["#/customer/id wrong_type"]),
            (.newCase, #"{"complaint":"x","customer":{"external_id":"C-1"}}"#, []),
            (
                .newCase, #"{"complaint":"x","customer":{"external_id":"C-1","email":"a@b.example"}}"#,
                []
            ),
            (
                .newCase,
                #"""
                {"complaint":"x","customer":{"name":"Ann"},"severity":"urgent","mood":1,"channel":"fax","tags":["a","",5],
                 "received_at":"2026-03-01T09:00:00","hard_deadline":"tomorrow","status":"closed","id":4,"compliant":"x"}
                """#,
                [
                    "#/channel invalid_value", "#/tags/1 too_short", "#/tags/2 wrong_type", "#/severity invalid_value",
                    "#/mood wrong_type", "#/hard_deadline invalid_instant", "#/received_at missing_offset",
                    "#/status read_only_field", "#/id read_only_field", "#/compliant unknown_field",
                ]
            ),
            (
                .newCase,
                #"{"complaint":"x","customer":{"name":"A"},"promise":{"due_in":"P1Y","due_at":"2026-03-01T09:00:00Z"}}"#,
                ["#/promise/what required", "#/promise/due_in invalid_value", "#/promise/due_in conflicting_fields"]
            ),
            (
                .newCase, #"{"complaint":"x","customer":{"name":"A"},"estimate":{"from":"P2D"},"tags":"a"}"#,
                ["#/tags wrong_type", "#/estimate/to required"]
            ),
            (
                .newCase, #"{"complaint":"x","customer":{"name":"A"},"estimate":{"from":"P2D","to":"P1D"}}"#,
                ["#/estimate/to conflicting_fields"]
            ),
            (
                .newCase,
                #"{"complaint":"x","customer":{"name":"A"},"estimate":{"from":"P2D","to":"2026-03-01T09:00:00Z"}}"#,
                ["#/estimate/to conflicting_fields"]
            ),
            (
                .newCase,
                #"{"complaint":"x","customer":{"name":"A"},"estimate":{"from":"soon","to":"2026-03-01T09:00:00Z"}}"#,
                ["#/estimate/from invalid_value"]
            ),

            (.caseEdit, "{}", []),
            (.caseEdit, #"{"owner":null,"tags":null,"estimate":null,"subject":null,"hard_deadline":null}"#, []),
            (
                .caseEdit,
                #"{"complaint":"y","customer":{},"received_at":null,"silent":true,"severity":null,"owner":7}"#,
                [
                    "#/severity required", "#/owner wrong_type", "#/complaint read_only_field",
                    "#/customer read_only_field", "#/received_at read_only_field", "#/silent read_only_field",
                ]
            ),
            (
                .customerEdit, #"{"name":null,"email":null,"version":2}"#,
                ["#/name required", "#/version read_only_field"]
            ),

            (.addPromise, #"{"what":"Call","due_in":"PT4H","keeps":3}"#, []),
            (.addPromise, #"{"keeps":"3"}"#, ["#/what required", "#/due_at required", "#/keeps wrong_type"]),
            (
                .addPromise,
                #"{"what":"Call","due_in_business":"P1D","kind":"call","by":"us","to":"desk","customer_notified":{"at":1},"state":"kept"}"#,
                [
                    "#/kind invalid_value", "#/by invalid_value", "#/to invalid_value",
                    "#/customer_notified/channel required", "#/customer_notified/outcome required",
                    "#/customer_notified/at wrong_type", "#/state read_only_field",
                ]
            ),

            (.keep, "{}", []),
            (
                .keep, #"{"evidence":"","kept_at":"2026-13-01T00:00:00Z"}"#,
                ["#/kept_at invalid_instant", "#/evidence too_short"]
            ),
            (
                .keep,
                #"{"next_promise":{"what":"Call","due_in":"P1D"},"resolve":{"summary":"Done","customer_accepted":true}}"#,
                ["#/resolve conflicting_fields"]
            ),
            (.keep, #"{"next_promise":[]}"#, ["#/next_promise wrong_type"]),
            (.withdraw, "{}", ["#/reason required", "#/customer_agreed required"]),
            (.withdraw, #"{"reason":"x","customer_agreed":false}"#, ["#/cause required"]),
            (.withdraw, #"{"reason":"x","customer_agreed":false,"cause":"lazy"}"#, ["#/cause invalid_value"]),
            (.withdraw, #"{"reason":"x","customer_agreed":true,"cause":"impossible"}"#, ["#/cause conflicting_fields"]),
            (.withdraw, #"{"reason":"x","customer_agreed":"yes"}"#, ["#/customer_agreed wrong_type"]),
            (.void, "{}", ["#/reason required"]),
            (
                .renegotiate, "{}", ["#/due_at required", "#/reason required", "#/next_step required"]
            ),
            (.reassign, #"{"owner":" ","reason":1}"#, ["#/owner too_short", "#/reason wrong_type"]),
            (
                .resolve,
                #"""
                {"summary":"x","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep","reason":"r"},
                 {"promise_id":2,"action":"withdraw"},{"action":"void","x":1},{},3],"follow_up":{"due_in":"P1D"}}
                """#,
                [
                    "#/settle/0/reason unknown_field", "#/settle/1/reason required",
                    "#/settle/1/customer_agreed required", "#/settle/2/promise_id required",
                    "#/settle/2/action invalid_value", "#/settle/3/promise_id required", "#/settle/3/action required",
                    "#/settle/4 wrong_type", "#/follow_up/what required",
                ]
            ),
            (
                .reopen, #"{"promise":{"what":"Call","due_in":"4h"}}"#,
                ["#/reason required", "#/promise/due_in invalid_value"]
            ),
            (.log, "{}", ["#/kind required"]),
            (.log, #"{"kind":"promise_made","text":"x"}"#, ["#/kind invalid_value"]),
            (.log, #"{"kind":"note","said_by":"Ann"}"#, ["#/text required", "#/said_by unknown_field"]),
            (.log, #"{"kind":"statement","text":"x","said_by":"Ann"}"#, []),
            (
                .log, #"{"kind":"customer_notified","promise_id":"1"}"#,
                ["#/channel required", "#/outcome required", "#/promise_id wrong_type"]
            ),
            (
                .policyEdit, #"{"acknowledge_in":"PT0S","max_span":null,"severity":"low"}"#,
                ["#/acknowledge_in out_of_range", "#/max_span required", "#/severity read_only_field"]
            ),
            (.policyEdit, #"{"acknowledge_in":"PT1S","max_span":"P3650D"}"#, []),
            (.policyEdit, #"{"max_span":"P3651D"}"#, ["#/max_span out_of_range"]),
        ] as [(Body, String, [String])])
    func issues(body: Body, json: String, issues: [String]) throws {
        #expect(try body.issues(json) == issues)
    }

    @Test("a body with more issues than anybody reads has its first hundred answered", arguments: Body.allCases)
    func manyIssues(body: Body) throws {
        let members = (0..<50_000).map { "\"x\($0)\":1" }.joined(separator: ",")
        #expect(try body.issues("{\(members),\"kind\":\"note\"}").count == FieldIssue.mostListed)
    }

    @Test(
        "lengths count Unicode scalars, up to the limit",
        arguments: [
            (.newCase, "complaint", 65_536), (.newCase, "subject", 300), (.newCase, "external_id", 200),
            (.newCase, "category", 200), (.newCase, "owner", 200), (.newCase, "team", 200),
            (.newCase, "supervisor", 80),
            (.newCase, "desired_outcome", 4000), (.customerEdit, "name", 200), (.customerEdit, "email", 200),
            (.customerEdit, "phone", 200), (.addPromise, "what", 4000), (.addPromise, "next_step", 4000),
            (.keep, "evidence", 4000), (.withdraw, "reason", 4000), (.resolve, "summary", 4000),
            (.reassign, "owner", 200),
        ] as [(Body, String, Int)])
    func limits(body: Body, field: String, limit: Int) throws {
        for (count, expected) in [(limit, 0), (limit + 1, 1)] {
            // Each of these is one scalar of four bytes.
            let text = String(repeating: "😀", count: count)
            let issues = try body.issues("{\"\(field)\":\"\(text)\"}").filter { $0 == "#/\(field) too_long" }
            #expect(issues.count == expected)
        }
    }

    @Test("tags are at most 32, of 64 characters each")
    func tags() throws {
        func issues(_ tags: [String]) throws -> [String] {
            try Body.caseEdit.issues("{\"tags\":[\(tags.map { "\"\($0)\"" }.joined(separator: ","))]}")
        }
        let longest = String(repeating: "x", count: 64)
        #expect(try issues(Array(repeating: longest, count: 32)) == [])
        #expect(try issues(Array(repeating: "a", count: 33)) == ["#/tags too_long"])
        #expect(try issues(["a", longest + "x"]) == ["#/tags/1 too_long"])
    }

    @Test("fields of one line are trimmed, and the complaint is verbatim")
    func trimming() throws {
        let json = #"{"complaint":"  It leaks.\r\n\n","customer":{"name":"\u00a0Ann\n"},"owner":" Mia "}"#
        let request = Request(
            id: "r", method: .post, path: "/", headerFields: [.contentType: "application/json"], body: Array(json.utf8),
            peer: PeerAddress(host: "127.0.0.1", isLoopback: true))
        let value = try RequestBody(request: request).read(CaseRequest.init(_:)).value
        #expect(value.complaint == "  It leaks.\r\n\n")
        #expect(value.customer == .new(CustomerFields(name: "Ann")))
        #expect(value.fields.owner == "Mia")
    }

    @Test("a merge patch takes away what is null, and leaves what is not there")
    func mergePatch() throws {
        let json = #"{"owner":null,"team":"North","tags":null,"estimate":{"from":"P1D","to":"P2D"}}"#
        let request = Request(
            id: "r", method: .patch, path: "/", headerFields: [.contentType: "application/merge-patch+json"],
            body: Array(json.utf8), peer: PeerAddress(host: "127.0.0.1", isLoopback: true))
        let incoming = try RequestBody(request: request).read(CaseEdit.init(_:))
        #expect(incoming.issues.isEmpty)
        #expect(incoming.value.owner == .some(nil))
        #expect(incoming.value.team == .some("North"))
        #expect(incoming.value.tags == [])
        #expect(incoming.value.estimate == .some(Estimate(from: .after(.days(1)), to: .after(.days(2)))))
        #expect(incoming.value.subject == nil)
        #expect(incoming.value.severity == nil)
    }

    @Test(
        "only JSON in UTF-8 is taken",
        arguments: [
            (.post, "application/json", true), (.post, "application/json; charset=utf-8", true),
            (.post, "Application/JSON;charset=\"UTF-8\"", true), (.post, "application/json; charset=latin1", false),
            (.post, "text/plain", false), (.post, "application/x-www-form-urlencoded", false), (.post, nil, false),
            (.post, "application/merge-patch+json", false), (.patch, "application/merge-patch+json", true),
            (.patch, "application/json", true), (.patch, nil, false), (.post, "json", false), (.post, "", false),
        ] as [(HTTPRequest.Method, String?, Bool)])
    func contentTypes(method: HTTPRequest.Method, contentType: String?, isTaken: Bool) throws {
        var fields = HTTPFields()
        fields[.contentType] = contentType
        let request = Request(
            id: "r", method: method, path: "/", headerFields: HeaderFields(fields), body: Array("{}".utf8),
            peer: PeerAddress(host: "127.0.0.1", isLoopback: true))
        do {
            try RequestBody.requireTaken(request, isEmpty: false, as: nil)
            #expect(isTaken)
        } catch {
            #expect(!isTaken)
            #expect(error.kind == .unsupportedMediaType)
            let name: HTTPField.Name = method == .patch ? .acceptPatch : .accept
            #expect(error.headerFields[name]?.contains("application/json") == true)
        }
    }
}
