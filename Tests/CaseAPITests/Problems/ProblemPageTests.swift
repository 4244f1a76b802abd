import Complaints
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("The pages of problems")
struct ProblemPageTests {
    /// A desk on which the request of a page gets its problem.
    private func desk(for code: ProblemKind) throws -> TestDesk {
        var access = AccessRules()
        access.requiresIfMatch = code == .preconditionRequired
        let desk = try TestDesk(access: access)
        try desk.openCase(
            #"{"complaint":"It leaks.","customer":{"name":"Ann Lee"},"external_id":"L-7431","promise":{"what":"x","due_in":"P1D"}}"#
        )
        let next = #"{"next_promise":{"what":"x","due_in":"P1D"}}"#
        switch code {
        case .unauthenticated: _ = try desk.token(.admin)
        case .stale: try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D"}"#)
        case .idempotencyKeyReused:
            try desk.client.post(
                "/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#, fields: ["Idempotency-Key": "letter-7431"])
        case .promiseSettled: try desk.client.post("/v1/promises/1/keep", next)
        case .concessionDecided:
            try desk.client.post("/v1/cases/1/log", #"{"kind":"concession","what":"x","amount":1,"currency":"USD"}"#)
        case .concessionPending:
            try desk.client.post("/v1/cases/1/log", #"{"kind":"concession","what":"x","amount":1,"currency":"EUR"}"#)
            try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D","concession":3}"#)
        case .alreadyAccepted:
            try desk.client.post(
                "/v1/promises/1/reassign", #"{"owner":"Ann Lee","reason":"Shift"}"#,
                fields: ["Casekeeper-Actor": "Ann Lee"])
        case .disputeDecided:
            try desk.client.post("/v1/promises/1/keep", next)
            try desk.client.post("/v1/cases/1/log", #"{"kind":"dispute","promise_id":1,"reason":"x"}"#)
            try desk.client.post(
                "/v1/cases/1/log", #"{"kind":"dispute_decision","of":5,"upheld":false,"reason":"x"}"#)
        case .notADuplicate:
            try desk.client.post("/v1/cases", #"{"complaint":"x","customer":{"id":1}}"#)
            try desk.client.post(
                "/v1/promises/2/keep", #"{"resolve":{"summary":"x","customer_accepted":true}}"#)
            try desk.client.post("/v1/cases/2/close")
        case .promiseBroken: desk.clock.advance(by: .days(2))
        case .caseNotOpen:
            try desk.client.post(
                "/v1/promises/1/keep", #"{"resolve":{"summary":"x","customer_accepted":true}}"#)
        case .customerErased:
            try desk.client.post(
                "/v1/promises/1/keep", #"{"resolve":{"summary":"x","customer_accepted":true}}"#)
            try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked for it"}"#)
        case .stagePassed:
            try desk.client.patch("/v1/cases/1", #"{"regime":"housing-ombudsman"}"#)
            try desk.client.post("/v1/cases/1/stage", #"{"stage":"stage 2","reason":"x"}"#)
        case .duplicateOwner: try desk.nameKim()
        case .tooManyLinks: for _ in 0..<20 { try desk.client.post("/v1/cases/1/share") }
        case .merged:
            try desk.openCase(#"{"complaint":"It drips.","customer":{"name":"Ann Leigh"}}"#)
            try desk.client.post("/v1/customers/1/merge", #"{"into":2,"reason":"She says so."}"#)
        case .unknownValue: try desk.nameKim()
        case .webhookOff: try desk.keepWebhook()
        default: break
        }
        return desk
    }

    @Test(
        "the request of each gets the answer of each, but for instants and the request's id",
        arguments: ProblemKind.allCases)
    func examples(code: ProblemKind) throws {
        let example = code.example
        let shownAnswer = example.answer(code)
        #expect(shownAnswer.kind == code)
        guard let request = example.request else {
            // Of what can't be asked for: the server's own bounds, and what befalls a service.
            #expect(code.status.code >= 500 || Self.bounds.contains(code), "\(code) has no request")
            return
        }
        let desk = try desk(for: code)
        var client = desk.client
        // Only with a token may one ask for what would take the last one.
        if code == .forbidden { client.standing = ["Authorization": try desk.token(.reader).field] }
        if code == .actsForItself { client.standing = ["Authorization": try desk.token(.agent, owner: "Kim").field] }
        if code == .adminTokenRequired { client.standing = ["Authorization": try desk.token(.admin).field] }
        let answer = try client.send(
            request.method.rawValue, request.target,
            fields: Dictionary(uniqueKeysWithValues: request.fields.map { ($0.name, $0.value) }),
            body: request.body.map { Array($0.utf8) })
        let id = answer.fields["x-request-id"] ?? ""
        let expected = try client.get("/problems/\(code.rawValue)")["example"]["answer"]
        let json = JSONIndenter.indented(JSONWriter.object { shownAnswer.write(to: &$0, requestID: id) })
        let shown = String(decoding: json, as: UTF8.self) + "\n"
        #expect(answer.text.withoutInstants == shown.withoutInstants)
        #expect(expected["detail"].text == shownAnswer.detail)
    }

    private static let bounds: Set<ProblemKind> = [
        .requestLineTooLong, .headerTooLarge, .bodyTooLarge, .requestTimeout, .httpVersion, .rateLimited,
    ]

    @Test(
        "a browser gets them as HTML, programs as JSON",
        arguments: [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
            ("*/*", "application/json"), ("", "application/json"), ("application/json", "application/json"),
            ("text/html;q=0.5, application/json", "application/json"), ("image/png", "application/json"),
        ])
    func forms(accept: String, type: String) throws {
        let desk = try TestDesk()
        for code in ProblemKind.allCases {
            let page = try desk.client.send("GET", "/problems/\(code.rawValue)", fields: ["Accept": accept])
            #expect(page.status == 200)
            #expect(page.fields["content-type"] == type)
        }
    }

    @Test("as HTML they say the same, and nothing in them is taken for a tag")
    func html() throws {
        for code in ProblemKind.allCases {
            let html = String(decoding: ProblemPage(kind: code).html, as: UTF8.self)
            for text in [code.title, code.meaning, code.cause, code.advice] {
                let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                #expect(html.contains("\(escaped)</"), "\(code): \(text)")
            }
            #expect(html.contains(">\(code.rawValue)</"))
            let tags = Set(html.matches(of: /<\/?([^ >]+)/).map { String($0.1) })
            let expected: Set = ["!doctype", "html", "meta", "title", "h1", "h2", "p", "pre", "code"]
            #expect(tags == expected, "\(code)")
        }
    }
}

extension String {
    fileprivate var withoutInstants: String {
        replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "<instant>")
    }
}
