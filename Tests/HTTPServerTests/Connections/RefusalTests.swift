import Foundation
import HTTPServer
import HTTPTypes
import Testing

@Suite("A refused request")
struct RefusalTests {
    static let table: [(String, Int, String)] = [
        ("GET / HTTP/1.1\r\n\r\n", 400, "malformed_request"),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, "malformed_request"),
        ("GET /\(String(repeating: "a", count: 8192)) HTTP/1.1\r\nHost: a\r\n\r\n", 414, "request_line_too_long"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB: \(String(repeating: "a", count: 8192))\r\n\r\n", 431, "header_too_large"),
        (
            "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "A: b\r\n", count: 100))\r\n", 431, "header_too_large"
        ),
        ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505, "http_version"),
        ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "not_implemented"),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", 417, "expectation_failed"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", 413, "body_too_large"),
    ]

    @Test("is answered by the service's words, and the connection closes", arguments: table)
    func answers(_ request: String, status: Int, code: String) async throws {
        try await withServer { server, address in
            let client = try Client(address)
            let answer = try client.ask(request)
            #expect(answer.status == status)
            #expect(answer.body == code)
            #expect(answer.fields["connection"] == "close")
            #expect(answer.fields["x-request-id"]?.isEmpty == false)
            #expect(try client.isAtEnd())
            #expect(server.counters.refused == [code: 1])
            #expect(server.counters.requests == 0)
        }
    }

    @Test("has no body when it was HEAD")
    func answersHead() async throws {
        try await withServer { _, address in
            for request in [
                "HEAD / HTTP/1.1\r\n\r\n", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
            ] {
                let client = try Client(address)
                let answer = try client.ask(request)
                #expect(answer.status == (request.contains("Host") ? 413 : 400))
                #expect(try client.isAtEnd())
            }
        }
    }

    /// All that the server answers itself, before a request is whole or whatever it is.
    enum Early: String, CaseIterable {
        case malformed, tooLong, headerTooLarge, version, bodyTooLarge, cutShort, slowHead, tooManyConnections,
            tooManyOfPeer
        case turnedAway

        var request: String {
            switch self {
            case .malformed: "HEAD / HTTP/1.1\r\n\r\n"
            case .tooLong: "HEAD /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\n"
            case .headerTooLarge: "HEAD / HTTP/1.1\r\nA: \(String(repeating: "a", count: 9000))\r\n"
            case .version: "HEAD / HTTP/3.0\r\n\r\n"
            case .bodyTooLarge: "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"
            case .cutShort: "\r\nHEAD / HT"
            case .slowHead: "HEAD"
            case .tooManyConnections, .tooManyOfPeer, .turnedAway: "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
            }
        }
    }

    @Test("has no content when it is a HEAD, whatever it is refused for, and whenever", arguments: Early.allCases)
    func early(_ early: Early) async throws {
        try await withServer {
            if early == .slowHead { $0.timeouts.header = .milliseconds(100) }
            if early == .tooManyConnections || early == .turnedAway { $0.connections = 1 }
            if early == .tooManyOfPeer { $0.connectionsPerPeer = 1 }
        } _: { _, address in
            let there = try Client(address)
            #expect(try there.get("/").status == 200)
            let others = try (0..<(early == .turnedAway ? 300 : 0)).map { _ in try Client(address) }
            for delay in [0, 20] {
                let client = try Client(address)
                // Also when it does not come together with the connection.
                try await Task.sleep(for: .milliseconds(delay))
                if early == .turnedAway {
                    // It may have been told already.
                    try? client.send(early.request)
                } else {
                    try client.send(early.request)
                }
                if early == .cutShort { client.finishSending() }
                let answer = try client.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 "), "\(answer)")
                #expect(
                    answer.hasSuffix("\r\n\r\n") && answer.components(separatedBy: "\r\n\r\n").count == 2, "\(answer)")
            }
            withExtendedLifetime(others) {}
        }
    }

    @Test(
        "for want of room has content when it is no HEAD", arguments: ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HEADER"])
    func content(request: String) async throws {
        try await withServer {
            $0.connections = 1
        } _: { _, address in
            let there = try Client(address)
            #expect(try there.get("/").status == 200)
            let answer = try Client(address).ask(request, isHead: false)
            #expect(answer.status == 503 && answer.body == "busy")
        }
    }

    @Test("is answered after those before it, and nothing behind it is read")
    func endsTheConnection() async throws {
        try await withServer { server, address in
            let client = try Client(address)
            try client.send(
                "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost : a\r\n\r\nGET /c HTTP/1.1\r\nHost: a\r\n\r\n"
            )
            #expect(try client.readAnswer().body == "/a")
            #expect(try client.readAnswer().status == 400)
            try? client.send("GET /d HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.isAtEnd())
            #expect(server.counters.requests == 1)
        }
    }

    @Test("does not overtake an answer that is still being made")
    func waitsItsTurn() async throws {
        let held = HeldReplies()
        try await serving {
            held.hold($0, $1)
        } _: { _, address in
            let client = try Client(address)
            try client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nBAD\r\n\r\n")
            #expect(try await eventually { held.count == 1 })
            held.take()[0].reply.send { _ in .text("a") }
            let answer = try client.readAnswer()
            #expect(answer.body == "a")
            #expect(answer.fields["connection"] == nil)
            #expect(try client.readAnswer().status == 400)
            #expect(try client.isAtEnd())
        }
    }

    @Test("for want of room says 503, while the connections that are there go on")
    func refusesConnections() async throws {
        try await withServer {
            $0.connections = 4
        } _: { server, address in
            let clients = try (0..<4).map { _ in try Client(address) }
            for client in clients { #expect(try client.get("/").status == 200) }
            let late = try Client(address)
            let answer = try late.readAnswer()
            #expect(answer.status == 503)
            #expect(answer.body == "busy")
            #expect(try late.isAtEnd())
            for client in clients { #expect(try client.get("/").status == 200) }
            clients[0].reset()
            #expect(try await eventually { server.counters.connections < 4 })
            #expect(try Client(address).get("/").status == 200)
        }
    }

    @Test("for one peer too many says 503")
    func refusesPeers() async throws {
        try await withServer {
            $0.connectionsPerPeer = 2
        } _: { _, address in
            let clients = try (0..<2).map { _ in try Client(address) }
            for client in clients { #expect(try client.get("/").status == 200) }
            #expect(try Client(address).readAnswer().status == 503)
        }
    }
}
