import Complaints
import HTTPServer
import Testing

@testable import CaseAPI

@Suite("Limits")
struct RateLimitTests {
    private let time = TestTime()

    private func desk(_ set: (inout AccessRules) -> Void) throws -> TestDesk {
        var rules = AccessRules()
        rules.monotonicClock = { [time] in time.now }
        set(&rules)
        return try TestDesk(access: rules)
    }

    @Test("a token gets 429 past its rate, with the seconds to wait, and goes on after them; others don't notice")
    func token() throws {
        let desk = try desk { $0.tokenLimit = RateLimit(6, perSeconds: 60, burst: 3) }
        let (ann, bob) = (try desk.token(.agent).field, try desk.token(.agent).field)
        func get(_ token: String) throws -> JSONAnswer {
            try desk.client.get("/v1/cases", fields: ["Authorization": token])
        }
        for _ in 0..<3 { #expect(try get(ann).status == 200) }
        let limited = try get(ann)
        #expect(limited.status == 429)
        #expect(limited.code == "rate_limited")
        #expect(limited["limit"].text == "token")
        #expect(limited.fields["retry-after"] == "10")
        #expect(limited.fields["content-type"] == "application/problem+json")
        let body = #"{"complaint":"x","customer":{"name":"Ann"}}"#
        #expect(try desk.client.post("/v1/cases", body, fields: ["Authorization": ann]).status == 429)
        #expect(try desk.client.get("/v1/reports/promises", fields: ["Authorization": ann]).status == 429)
        #expect(try get(bob).status == 200)
        time.advance(bySeconds: 9.5)
        #expect(try get(ann).fields["retry-after"] == "1")
        time.advance(bySeconds: 0.5)
        #expect(try get(ann).status == 200)
        #expect(try get(ann).status == 429)
        #expect(try get(bob)["total"].integer == 0, "the refused change was not made")
    }

    @Test("a peer gets 429 past its rate, whatever it asks for, but is told at any time that the service lives")
    func peer() throws {
        let desk = try desk { $0.peerLimit = RateLimit(2, perSeconds: 1, burst: 2) }
        #expect(try desk.client.get("/v1/cases").status == 200)
        #expect(try desk.client.get("/v1/nothing").status == 404)
        for target in ["/v1/cases", "/v1/nothing", "/problems/stale", "/metrics"] {
            let limited = try desk.client.get(target)
            #expect(limited.status == 429, "\(target)")
            #expect(limited["limit"].text == "peer")
            #expect(limited.fields["retry-after"] == "1")
        }
        for _ in 0..<20 {
            #expect(try desk.client.get("/healthz").status == 200)
            #expect(try desk.client.get("/readyz").status == 200)
        }
        time.advance(bySeconds: 0.5)
        let metrics = try desk.client.get("/metrics").response.text
        #expect(metrics.contains("casekeeper_rate_limited_total{limit=\"peer\"} 4\n"))
        #expect(metrics.contains("casekeeper_rate_limited_total{limit=\"token\"} 0\n"))
    }

    @Test("whoever comes through a trusted proxy is a peer of their own")
    func proxied() throws {
        let desk = try desk {
            $0.peerLimit = RateLimit(1, perSeconds: 3600, burst: 1)
            $0.trustedProxies = [AddressRange("127.0.0.0/8")!]
        }
        let token = try desk.token(.reader).field
        func status(from client: String) throws -> Int {
            try desk.client.get("/v1/cases", fields: ["Authorization": token, "X-Forwarded-For": client]).status
        }
        #expect(try status(from: "203.0.113.7") == 200)
        #expect(try status(from: "203.0.113.7") == 429)
        #expect(try status(from: "10.9.8.7, 203.0.113.7") == 429, "what the client made up counts for nothing")
        #expect(try status(from: "203.0.113.8") == 200)
        #expect(try status(from: "2001:db8::1") == 200)
        #expect(try status(from: "2001:db8::2") == 429)
    }

    @Test("without limits nobody is limited")
    func none() throws {
        let desk = try desk { _ in }
        for _ in 0..<100 { #expect(try desk.client.get("/v1/cases").status == 200) }
        let token = try desk.token(.reader).field
        for _ in 0..<100 { #expect(try desk.client.get("/v1/cases").status == 401) }
        for _ in 0..<100 { #expect(try desk.client.get("/v1/cases", fields: ["Authorization": token]).status == 200) }
    }
}
