import Foundation
import GRDB
import Testing

@testable import casekeeper

@Suite("The log of a server")
struct AccessLogTests {
    let folder = try! TemporaryFolder()

    /// All that a connection gets for these requests, the last of which closes it.
    private func exchange(_ port: Int, _ requests: String...) throws -> String {
        let socket = try ClientSocket(port: port)
        try socket.send(requests.joined())
        return try socket.readToEnd()
    }

    private func request(_ line: String, _ body: String? = nil, close: Bool = false) -> String {
        let fields =
            (body.map { "Content-Type: application/json\r\nContent-Length: \($0.utf8.count)\r\n" } ?? "")
            + (close ? "Connection: close\r\n" : "")
        return "\(line) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n\(body ?? "")"
    }

    private func lines(_ result: RunResult) throws -> [[String: Any]] {
        try result.errors.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }

    @Test("has one JSON object a request, its numbers as numbers, and no query")
    func json() throws {
        let server = try RunningServer(["--log-format", "json"], in: folder)
        let answers = try exchange(
            server.port, request("POST /v1/cases", #"{"complaint":"x","customer":{"name":"\"Ann\""}}"#),
            request("GET /v1/cases/1?as_of=2000-01-01T00:00:00Z"), request("GET /no%22where"),
            request("HEAD /healthz", close: true))
        let refused = try exchange(server.port, "GET / HTTP/1.1\r\n\r\n")
        #expect(refused.hasPrefix("HTTP/1.1 400 "))
        server.process.signal(SIGTERM)
        let lines = try lines(server.process.wait())
        let requests = lines.filter { $0["message"] as? String == "request" }
        let expected: [(String?, String?, String?, Int)] = [
            ("POST", "/v1/cases", "/v1/cases", 201), ("GET", "/v1/cases/1", "/v1/cases/{id}", 404),
            ("GET", "/no%22where", nil, 404), ("HEAD", "/healthz", "/healthz", 200),
        ]
        #expect(requests.count == expected.count + 1)
        for (line, (method, path, route, status)) in zip(requests, expected) {
            #expect(line["method"] as? String == method)
            #expect(line["path"] as? String == path)
            #expect(line["route"] as? String == route)
            #expect(line["status"] as? Int == status)
        }
        #expect(requests.last?["status"] as? Int == 400)
        let isHead = requests.map { $0["method"] as? String == "HEAD" }
        for (line, isHead) in zip(requests, isHead) {
            #expect((line["bytes"] as? Int ?? 0 > 0) != isHead)
            #expect(line["micros"] is Int)
            #expect(line["peer"] as? String == "127.0.0.1")
            #expect(line["level"] as? String == "info")
            let id = try #require(line["request_id"] as? String)
            #expect((answers + refused).contains("X-Request-Id: \(id)\r\n"))
        }
    }

    @Test("names in the line of a failure, as in that of its request, whom a proxy had it from")
    func forwardedFailure() throws {
        let made = try Binary.run(["token", "create", "Ann", "--role", "admin"], in: folder)
        let secret = made.output.trimmingCharacters(in: .newlines)
        let server = try RunningServer(["--log-format", "json", "--trusted-proxy", "127.0.0.1"], in: folder)
        try DatabaseQueue(path: folder.path("casekeeper.db")).inDatabase { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF; DROP TABLE policy")
        }
        let fields = "Authorization: Bearer \(secret)\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n"
        let answer = try exchange(server.port, "GET /v1/policies HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 500 "))
        server.process.signal(SIGTERM)
        let lines = try lines(server.process.wait()).filter {
            ["request", "a request failed"].contains($0["message"] as? String)
        }
        #expect(lines.count == 2)
        for line in lines {
            #expect(line["peer"] as? String == "127.0.0.1")
            #expect(line["client"] as? String == "203.0.113.7")
        }
    }

    @Test("has nothing of requests above the level info")
    func levels() throws {
        let server = try RunningServer(["--log-format", "json", "--log-level", "notice"], in: folder)
        _ = try exchange(server.port, request("GET /healthz", close: true))
        server.process.signal(SIGTERM)
        let messages = try lines(server.process.wait()).map { $0["message"] as? String ?? "" }
        #expect(messages.contains("shut down"))
        #expect(!messages.contains("request"))
    }

    @Test("says that a database was made, and says it once")
    func newDatabase() throws {
        for isNew in [true, false] {
            let server = try RunningServer(["--log-format", "json"], in: folder)
            server.process.signal(SIGTERM)
            let made = try lines(server.process.wait()).filter {
                ($0["message"] as? String)?.hasPrefix("made a new database") == true
            }
            #expect(made.count == (isNew ? 1 : 0))
            if isNew { #expect((made[0]["database"] as? String)?.hasSuffix("/casekeeper.db") == true) }
        }
    }

    @Test("tells what failed inside, which no client is told; the connection and the server go on")
    func failures() throws {
        let server = try RunningServer(["--log-format", "json"], in: folder)
        // Somebody breaks the database under the server.
        try DatabaseQueue(path: folder.path("casekeeper.db")).inDatabase { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF; DROP TABLE policy; DROP TABLE owner_change")
        }
        let answers = try exchange(
            server.port, request("GET /v1/policies"),
            request("POST /v1/cases", #"{"complaint":"x","customer":{"name":"Ann"}}"#),
            request("GET /v1/reports/promises"), request("GET /healthz", close: true))
        let statuses = answers.matches(of: #/HTTP/1\.1 (\d+) /#).map { $0.1 }
        #expect(statuses == ["500", "500", "500", "200"])
        for word in ["SQL", "no such", "policy", "owner_change"] { #expect(!answers.contains(word), "\(word)") }
        #expect(try exchange(server.port, request("GET /healthz", close: true)).hasPrefix("HTTP/1.1 200 "))
        server.process.signal(SIGTERM)
        let result = try server.process.wait()
        #expect(result.exitCode == 0)
        let failures = try lines(result).filter { $0["message"] as? String == "a request failed" }
        #expect(failures.count == 3)
        // A loop, the writer and the reports each write of their own, in whichever order.
        let errors = failures.map { $0["error"] as? String ?? "" }
        #expect(errors.count { $0.contains("no such table") && $0.contains("policy") } == 2)
        #expect(errors.count { $0.contains("no such table") && $0.contains("owner_change") } == 1)
        for failure in failures {
            #expect(failure["level"] as? String == "error")
            #expect(failure["reason"] as? String == "internal")
            #expect(failure["peer"] as? String == "127.0.0.1" && failure["client"] == nil)
            #expect(failure["method"] is String && failure["path"] is String)
            let id = try #require(failure["request_id"] as? String)
            #expect(answers.contains("X-Request-Id: \(id)\r\n"))
            #expect(answers.contains("\"request_id\": \"\(id)\""))
        }
    }
}
