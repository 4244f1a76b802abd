import Foundation
import Testing

@testable import casekeeper

/// Rates are so slow here that no machine is slow enough to be let in again.
@Suite("casekeeper serve bounds its clients", .serialized)
struct ServeAccessTests {
    let folder = try! TemporaryFolder()

    private func makeToken(_ name: String, _ role: String) throws -> String {
        let made = try Binary.run(["token", "create", name, "--role", role], in: folder)
        return made.output.trimmingCharacters(in: .newlines)
    }

    /// The status of the answer, and the value of that field of it.
    private func get(
        _ server: RunningServer, _ path: String, token: String? = nil, _ arguments: String...,
        field: String = "retry-after"
    ) throws -> (status: String, field: String) {
        var all = ["--silent", "--max-time", "60", "--output", "/dev/null", "--write-out"]
        all += ["%{http_code} %header{\(field)}", "http://127.0.0.1:\(server.port)\(path)"] + arguments
        if let token { all += ["--header", "Authorization: Bearer \(token)"] }
        let output = try RunningProcess(path: "/usr/bin/curl", all, environment: [:], in: folder).wait().output
        let words = output.split(separator: " ", omittingEmptySubsequences: false)
        return (String(words.first ?? ""), String(words.last ?? ""))
    }

    @Test("by the rate of a token and its burst, from the command line")
    func tokenRate() throws {
        let (ann, bob) = (try makeToken("ann", "reader"), try makeToken("bob", "reader"))
        let server = try RunningServer(["--rate-limit-token", "1/h", "--rate-limit-token-burst", "2"], in: folder)
        for _ in 0..<2 { #expect(try get(server, "/v1/cases", token: ann).status == "200") }
        let limited = try get(server, "/v1/cases", token: ann)
        #expect(limited.status == "429")
        #expect((1...3600).contains(Int(limited.field) ?? 0))
        #expect(try get(server, "/v1/cases", token: bob).status == "200")
    }

    @Test("by the rate of a peer, from the environment, and by whom a trusted proxy names")
    func peerRate() throws {
        let token = try makeToken("ann", "reader")
        let server = try RunningServer(
            environment: [
                "CASEKEEPER_RATE_LIMIT_PEER": "1/h", "CASEKEEPER_TRUSTED_PROXY": "10.0.0.0/8, 127.0.0.1",
            ], in: folder)
        func status(_ path: String, from client: String) throws -> String {
            try get(server, path, token: token, "--header", "X-Forwarded-For: \(client)").status
        }
        #expect(try status("/v1/cases", from: "203.0.113.7") == "200")
        #expect(try status("/v1/cases", from: "203.0.113.7") == "429")
        #expect(try status("/v1/cases", from: "203.0.113.8") == "200")
        for _ in 0..<3 { #expect(try status("/readyz", from: "203.0.113.7") == "200") }
    }

    @Test("by their failed attempts, without being told to, and lets a valid token in from the same address")
    func failures() throws {
        let token = try makeToken("ann", "reader")
        let server = try RunningServer(["--rate-limit-failures", "3/h"], in: folder)
        let wrong = "ck_" + String(repeating: "x", count: 43)
        for _ in 0..<3 { #expect(try get(server, "/v1/cases", token: wrong).status == "401") }
        #expect(try get(server, "/v1/cases", token: wrong).status == "429")
        #expect(try get(server, "/v1/cases", token: token).status == "200")
        #expect(server.process.errors.contains("a request without a valid token"))
        #expect(server.process.errors.contains("reason=unknown"))
        #expect(!server.process.errors.contains(wrong))
        #expect(!server.process.errors.contains(token))
    }

    @Test("by their failed attempts, without being told to")
    func usualFailures() throws {
        _ = try makeToken("ann", "reader")
        let server = try RunningServer(in: folder)
        // 20 at once, then one every three seconds: of so many over one connection some come too soon on any machine.
        let arguments = [
            "--silent", "--max-time", "600", "--output", "/dev/null", "--write-out", "%{http_code}\n",
            "http://127.0.0.1:\(server.port)/v1/cases?limit=[1-200]",
        ]
        let curl = try RunningProcess(path: "/usr/bin/curl", arguments, environment: [:], in: folder)
        let statuses = try curl.wait().output.split(separator: "\n")
        #expect(statuses.count == 200)
        #expect(statuses.prefix(20).allSatisfy { $0 == "401" })
        #expect(Set(statuses) == ["401", "429"])
    }

    @Test("by asking for If-Match")
    func ifMatch() throws {
        let server = try RunningServer(["--require-if-match"], in: folder)
        let create = #"{"complaint": "x", "customer": {"name": "y"}}"#
        #expect(try get(server, "/v1/cases", "--json", create).status == "201")
        let edit = ["--request", "PATCH", "--json", #"{"subject": "z"}"#]
        #expect(try get(server, "/v1/cases/1", edit[0], edit[1], edit[2], edit[3]).status == "428")
        let tag = try get(server, "/v1/cases/1", field: "etag").field
        let match = "If-Match: \(tag)"
        #expect(try get(server, "/v1/cases/1", edit[0], edit[1], edit[2], edit[3], "--header", match).status == "200")
        #expect(try get(server, "/v1/cases/1", edit[0], edit[1], edit[2], edit[3], "--header", match).status == "412")
    }

    @Test("a token revoked on the command line is out with the next request; when it was last used is kept")
    func tokens() throws {
        let token = try makeToken("ann", "admin")
        #expect(try Binary.run(["token", "list"], in: folder).output.hasSuffix("\tnever used\n"))
        let server = try RunningServer(in: folder)
        #expect(try get(server, "/v1/tokens", token: token).status == "200")
        #expect(try Binary.run(["token", "revoke", "1"], in: folder).exitCode == 0, "the last one of an admin too")
        #expect(try get(server, "/v1/tokens", token: token).status == "401")
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        #expect(try Binary.run(["token", "list"], in: folder).output.contains("\tlast used at 2"))
    }

    @Test(
        "says what is wrong with the command line",
        arguments: [
            ["--rate-limit-token", "fast"], ["--rate-limit-peer", "-1"], ["--rate-limit-peer-burst", "0"],
            ["--rate-limit-failures", "5/d"], ["--trusted-proxy", "proxy.example"],
            ["--trusted-proxy", "10.0.0.1/8"], ["--trusted-proxy", "10.0.0.0/8," + "::/200"],
        ])
    func usage(arguments: [String]) throws {
        let result = try Binary.run(["serve"] + arguments, in: folder)
        #expect(result.exitCode == 64, "\(result.errors)")
        #expect(!folder.has("casekeeper.db"))
    }
}
