import CaseStore
import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("Routes and roles")
struct RouteRoleTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    @Test("every route asks for its role, and for nothing else, whoever comes")
    func matrix() throws {
        try desk.openCase()
        try desk.nameKim()
        try desk.share()
        let expired = try desk.token(.admin, name: "expired", expiresAt: desk.clock.now + .seconds(1)).field
        let revoked = try desk.token(.admin, name: "revoked")
        _ = try desk.store.write { try $0.revokeToken(revoked.id) }
        desk.clock.advance(by: .seconds(2))
        let nobody = [
            "", "Bearer", "Bearer \(TokenSecret().text)", "Basic \(TokenSecret().text)", "Bearer ck_short", expired,
            revoked.field,
        ]
        let tokens = try Role.allCases.map { (role: $0, field: try desk.token($0, name: $0.rawValue).field) }
        for route in RouteMap.table.routes {
            let method = route.method.rawValue
            let query = route.requiredQuery
            let target = query.isEmpty ? route.examplePath : "\(route.examplePath)?\(query)"
            func status(_ authorization: String) throws -> JSONAnswer {
                let body = method == "GET" ? nil : Array("[]".utf8)
                return JSONAnswer(
                    try desk.client.send(method, target, fields: ["Authorization": authorization], body: body))
            }
            for field in nobody {
                let answer = try status(field)
                if route.endpoint.role == nil {
                    #expect(answer.status == 200, "\(method) \(target)")
                } else {
                    #expect(answer.code == "unauthenticated", "\(method) \(target) with \(field)")
                    #expect(answer.status == 401)
                    #expect(answer.fields["www-authenticate"] == "Bearer")
                    #expect(answer["detail"].text?.contains("expired") == true)
                }
            }
            for token in tokens {
                let answer = try status(token.field)
                if let role = route.endpoint.role, token.role < role {
                    #expect(answer.code == "forbidden", "\(method) \(target) as \(token.role)")
                    #expect(answer.status == 403)
                } else {
                    // An array is no body of any write, so nothing changes for the next one; what no body could change is told
                    // before that.
                    let isForSomebodyElse =
                        answer.code == "forbidden"
                        && ["/void", "/handover", "/absence"].contains { target.hasSuffix($0) }
                    let isNotThere = method == "DELETE" && answer.status == 404
                    let isSettledBefore =
                        ["promise_not_broken", "no_regime"].contains(answer.code) || isForSomebodyElse || isNotThere
                    let refused = route.endpoint.bodyTypes == nil ? 422 : 415
                    #expect(
                        answer.status == (method == "GET" ? 200 : refused) || (method != "GET" && isSettledBefore),
                        "\(method) \(target) as \(token.role): \(answer.status)")
                }
            }
        }
    }

    @Test("the roles are those of the design")
    func roles() {
        for route in RouteMap.table.routes {
            let expected: Role? =
                switch (route.method, route.pattern.hasPrefix("/v1/")) {
                case (_, false): route.pattern == "/metrics" ? .reader : nil
                case (_, true) where route.pattern.hasPrefix("/v1/tokens"): .admin
                // They say where what happens goes.
                case (_, true) where route.pattern.hasPrefix("/v1/webhooks"): .admin
                case (_, true) where route.pattern.hasSuffix("/erase"): .admin
                // It stops the service.
                case (_, true) where route.pattern == "/v1/log/epoch": .admin
                case (.get, true): .reader
                case (.patch, true) where route.pattern.hasPrefix("/v1/policies"): .manager
                case (.put, true) where route.pattern.hasPrefix("/v1/policies"): .manager
                // A question, which changes nothing.
                case (.post, true) where route.pattern == "/v1/policies/preview": .reader
                case (.post, true) where route.pattern.hasSuffix("/relationship"): .manager
                case (_, true) where route.pattern.hasSuffix("/merge"): .manager
                case (.patch, true) where route.pattern.hasPrefix("/v1/owners"): .manager
                case (.put, true) where route.pattern.hasPrefix("/v1/calendars"): .manager
                case (.put, true) where route.pattern.hasPrefix("/v1/regimes"): .manager
                case (.post, true) where route.pattern.hasSuffix("/holidays"): .manager
                case (.post, true) where route.pattern == "/v1/owners": .manager
                // It changes nothing.
                case (.post, true) where route.pattern.hasSuffix("/preview"): .reader
                // One's own, or by a manager, which is no matter of the role alone.
                case (.post, true) where route.pattern.hasSuffix("/handover"): .agent
                default: .agent
                }
            #expect(route.endpoint.role == expected, "\(route.method) \(route.pattern)")
        }
    }

    @Test("who acts is the token, or the name that was sent with it")
    func actors() throws {
        let token = try desk.token(.agent, name: "Front desk").field
        func logged(_ fields: [String: String]) throws -> JSONAnswer {
            let body = #"{"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"Call","due_in":"P1D"}}"#
            let created = try desk.client.post("/v1/cases", body, fields: fields)
            let id = created["id"].integer ?? 0
            return try desk.client.get("/v1/cases/\(id)/log/2", fields: ["Authorization": token])
        }
        let plain = try logged(["Authorization": token])
        #expect(plain["actor"].text == "Front desk")
        #expect(plain["token"].text == "Front desk")
        let named = try logged(["Authorization": "bearer " + token.dropFirst(7), "Casekeeper-Actor": "Mia Müller"])
        #expect(named["actor"].text == "Mia Müller")
        #expect(named["token"].text == "Front desk")
        #expect(named["made_by"].text == "Mia Müller")
    }

    @Test(
        "a name that can't be anybody's is refused",
        arguments: [String(repeating: "x", count: 201), "a\tb", "policy", "Policy", "рolicy", "CLOCK", "m\u{200B}e"])
    func actorNames(name: String) throws {
        let answer = try desk.client.get("/v1/cases", fields: ["Casekeeper-Actor": name])
        #expect(answer.status == 400)
        #expect(answer.code == "invalid_parameter")
        #expect(answer.errors.first?.hasPrefix("Casekeeper-Actor ") == true)
    }

    @Test("a name whose bytes are not UTF-8 is refused, and not written down as another one")
    func actorBytes() throws {
        let head = "GET /v1/cases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCasekeeper-Actor: M"
        let latin1 = try desk.client.exchange(Array(head.utf8) + [0xFC] + Array("ller\r\n\r\n".utf8))
        let answer = JSONAnswer(TestResponse(latin1))
        #expect(answer.status == 400)
        #expect(answer.errors == ["Casekeeper-Actor invalid_value"])
        let utf8 = try desk.client.exchange(Array((head + "üller\r\n\r\n").utf8))
        #expect(TestResponse(utf8).status == 200)
    }

    @Test("a token that is revoked stops working at once")
    func revocation() throws {
        let token = try desk.token(.reader)
        #expect(try desk.client.get("/v1/cases", fields: ["Authorization": token.field]).status == 200)
        _ = try desk.store.write { try $0.revokeToken(token.id) }
        #expect(try desk.client.get("/v1/cases", fields: ["Authorization": token.field]).status == 401)
    }
}
