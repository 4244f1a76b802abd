import CaseStore
import Complaints
import Logging
import Testing

@testable import CaseAPI

@Suite("Failed attempts")
struct FailedAttemptTests {
    private let time = TestTime()
    private let log = LogRecorder()

    private func desk(burst: Int) throws -> TestDesk {
        var rules = AccessRules()
        rules.monotonicClock = { [time] in time.now }
        rules.failureLimit = RateLimit(6, perSeconds: 60, burst: burst)
        return try TestDesk(access: rules, logger: log.logger())
    }

    @Test("two Authorization fields are one too many, whatever is in them, and the answer says so")
    func repeated() throws {
        let desk = try desk(burst: 100)
        let token = try desk.token(.admin).field
        for others in ["Bearer x", "Basic eA==", token, ""] {
            let request =
                "GET /v1/cases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: \(token)\r\n"
                + "authorization: \(others)\r\n\r\n"
            let answer = JSONAnswer(TestResponse(try desk.client.exchange(Array(request.utf8))))
            #expect(answer.status == 401)
            #expect(answer["detail"].text?.contains("Authorization came in several fields: send it once") == true)
        }
        #expect(log.lines.filter { $0.metadata["reason"] == "repeated" }.count == 4)
        let metrics = try desk.client.get("/metrics", fields: ["Authorization": token]).response.text
        #expect(metrics.contains("casekeeper_failed_attempts_total{reason=\"repeated\"} 4\n"))
    }

    @Test("are counted by reason, and logged without the token; who tries learns nothing of it")
    func reasons() throws {
        let desk = try desk(burst: 100)
        let valid = try desk.token(.admin, name: "root").field
        let expired = try desk.token(.admin, name: "old", expiresAt: desk.clock.now + .seconds(1)).field
        let revoked = try desk.token(.admin, name: "lost")
        _ = try desk.store.write { try $0.revokeToken(revoked.id) }
        desk.clock.advance(by: .seconds(2))
        let unknown = TokenSecret().text
        let attempts = [
            ("missing", "", nil), ("malformed", "Basic \(unknown)", nil), ("malformed", "Bearer ck_x", nil),
            ("unknown", "Bearer \(unknown)", nil), ("expired", expired, "old"), ("revoked", revoked.field, "lost"),
        ]
        var ids: [String] = []
        var details: Set<String?> = []
        for (_, field, _) in attempts {
            let answer = try desk.client.get("/v1/cases?q=private", fields: ["Authorization": field])
            #expect(answer.status == 401)
            details.insert(answer["detail"].text)
            ids.append(try #require(answer.fields["x-request-id"]))
        }
        #expect(details.count == 1)

        let lines = log.lines.filter { $0.message == "a request without a valid token" }
        #expect(lines.map { $0.metadata["reason"] } == attempts.map(\.0))
        #expect(lines.map { $0.metadata["token"] } == attempts.map(\.2))
        #expect(lines.map { $0.metadata["request_id"] } == ids)
        for line in lines {
            #expect(line.level == .warning)
            #expect(line.metadata["peer"] == "127.0.0.1")
        }
        let secrets = [unknown, expired, revoked.field, valid].map { $0.replacing("Bearer ", with: "") }
        for line in log.lines {
            for secret in secrets { #expect(!"\(line)".contains(secret), "\(line)") }
        }
        let metrics = try desk.client.get("/metrics", fields: ["Authorization": valid]).response.text
        for (reason, count) in [("missing", 1), ("malformed", 2), ("unknown", 1), ("expired", 1), ("revoked", 1)] {
            #expect(metrics.contains("casekeeper_failed_attempts_total{reason=\"\(reason)\"} \(count)\n"))
        }
    }

    @Test("are slowed: past the peer's limit they get 429 and no line in the log; a valid token is let in all along")
    func slowed() throws {
        let desk = try desk(burst: 3)
        let valid = try desk.token(.reader).field
        func get(_ field: String) throws -> JSONAnswer {
            try desk.client.get("/v1/cases", fields: ["Authorization": field])
        }
        func lineCount() -> Int { log.lines.count { $0.message == "a request without a valid token" } }
        for _ in 0..<3 { #expect(try get("Bearer \(TokenSecret().text)").status == 401) }
        for field in ["", "Bearer ck_x", "Bearer \(TokenSecret().text)"] {
            let limited = try get(field)
            #expect(limited.status == 429)
            #expect(limited.code == "rate_limited")
            #expect(limited["limit"].text == "failures")
            #expect(limited.fields["retry-after"] == "10")
            #expect(limited.fields["www-authenticate"] == nil)
            #expect(try get(valid).status == 200)
        }
        #expect(try get(try desk.token(.reader).field).status == 200, "also one that comes for the first time")
        #expect(lineCount() == 3)
        time.advance(bySeconds: 10)
        #expect(try get("").status == 401)
        #expect(try get("").status == 429)
        #expect(lineCount() == 4)
        #expect(try desk.client.get("/healthz").status == 200)
        let metrics = try desk.client.get("/metrics", fields: ["Authorization": valid]).response.text
        #expect(metrics.contains("casekeeper_rate_limited_total{limit=\"failures\"} 4\n"))
        #expect(metrics.contains("casekeeper_failed_attempts_total{reason=\"missing\"} 3\n"))
    }

    @Test("who asked stands in a request's line in the log, the token's name and the person's")
    func accessLog() throws {
        var rules = AccessRules()
        rules.trustedProxies = [AddressRange("127.0.0.1")!]
        let desk = try TestDesk(access: rules, logger: log.logger())
        let token = try desk.token(.agent, name: "Front desk").field
        let calls: [(fields: [String: String], status: Int)] = [
            (["Authorization": token], 200),
            (["Authorization": token, "Casekeeper-Actor": "Mia", "X-Forwarded-For": "203.0.113.7"], 200),
            ([:], 401),
        ]
        for (fields, status) in calls {
            #expect(try desk.client.get("/v1/cases", fields: fields).status == status)
        }
        #expect(
            try desk.client.post(
                "/v1/tokens", "{}", fields: ["Authorization": token, "Casekeeper-Actor": "Mia"]
            ).status == 403)
        #expect(
            try desk.client.post(
                "/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#, fields: ["Authorization": token]
            ).status == 201)
        // A line is written once its answer is.
        desk.stop()
        let lines = log.lines.filter { $0.message == "request" }.map(\.metadata)
        #expect(lines.map { $0["token"] } == ["Front desk", "Front desk", nil, "Front desk", "Front desk"])
        #expect(lines.map { $0["actor"] } == [nil, "Mia", nil, "Mia", nil])
        #expect(lines.map { $0["client"] } == [nil, "203.0.113.7", nil, nil, nil])
        #expect(lines.map { $0["peer"] } == Array(repeating: "127.0.0.1", count: 5))
        #expect(lines.map { $0["status"] } == ["200", "200", "401", "403", "201"])
    }
}
