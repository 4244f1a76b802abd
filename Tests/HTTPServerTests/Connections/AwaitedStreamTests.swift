import HTTPServer
import HTTPTypes
import Synchronization
import Testing

/// A body whose pieces a test sends.
private final class Source: Sendable {
    private let state = Mutex((wanted: [PieceReply](), pulls: 0, hurries: 0))

    var pulls: Int { state.withLock(\.pulls) }
    var hurries: Int { state.withLock(\.hurries) }

    var response: Response {
        var response = Response(
            status: .ok,
            body: .stream(
                BodyStream { reply in
                    self.state.withLock { state in
                        state.wanted.append(reply)
                        state.pulls += 1
                    }
                } hurry: {
                    self.state.withLock { $0.hurries += 1 }
                    self.send(nil)
                }))
        response.isCodable = true
        return response
    }

    /// Sends a piece wherever one is wanted.
    func send(_ text: String?) {
        let wanted = state.withLock { state in
            defer { state.wanted = [] }
            return state.wanted
        }
        PieceReply.send(wanted.map { ($0, .success(text.map { Array($0.utf8) })) })
    }
}

@Suite("A body whose pieces are waited for")
struct AwaitedStreamTests {
    private static let get = "GET /stream HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"

    @Test("goes out piece by piece as they come, as they are, and the connection goes on after it")
    func pieces() async throws {
        let source = Source()
        try await serving { request, _ in
            .now(request.path == "/stream" ? source.response : .text("after"))
        } _: { _, address in
            let client = try Client(address)
            try client.send(Self.get + "GET /b HTTP/1.1\r\nHost: a\r\n\r\n")
            for (count, piece) in ["a", "b", nil].enumerated() {
                #expect(try await eventually { source.pulls == count + 1 })
                source.send(piece)
            }
            let answer = try client.readAnswer()
            #expect(answer.fields["content-encoding"] == nil)
            #expect(answer.chunks == ["a", "b"])
            #expect(try client.readAnswer().body == "after")
            #expect(source.hurries == 0 && source.pulls == 3)
        }
    }

    @Test("comes to many at once")
    func many() async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response)
        } _: { _, address in
            let clients = try (0..<100).map { _ in try Client(address) }
            for client in clients { try client.send(Self.get) }
            #expect(try await eventually { source.pulls == 100 })
            source.send("news")
            #expect(try await eventually { source.pulls == 200 })
            source.send(nil)
            for client in clients { #expect(try client.readAnswer().chunks == ["news"]) }
        }
    }

    enum End: CaseIterable {
        case halfClosed, gone, reset, drained
    }

    @Test("is waited for no longer than somebody is there for it", arguments: End.allCases)
    func hurried(_ end: End) async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response)
        } _: { server, address in
            let client = try Client(address)
            try client.send(Self.get)
            #expect(try await eventually { source.pulls == 1 })
            switch end {
            case .halfClosed:
                client.finishSending()
                #expect(try client.readToEnd().hasSuffix("\r\n\r\n0\r\n\r\n"))
            case .gone: client.leave()
            case .reset: client.reset()
            case .drained:
                async let shutdown: Void = server.shutdown()
                #expect(try client.readToEnd().hasSuffix("\r\n\r\n0\r\n\r\n"))
                await shutdown
            }
            #expect(try await eventually { source.hurries == 1 && server.counters.connections == 0 })
        }
    }

    @Test("is not asked for more by who takes nothing, and is cut when that goes on")
    func slow() async throws {
        let source = Source()
        try await withServer {
            $0.timeouts.write.grace = .milliseconds(100)
        } answer: { _, _ in
            .now(source.response)
        } _: { server, address in
            let client = try Client(address, receiveBuffer: 4096)
            try client.send(Self.get)
            let piece = String(repeating: "x", count: 65_536)
            #expect(
                try await eventually {
                    source.send(piece)
                    return source.hurries == 1
                })
            #expect(try await eventually { server.counters.connections == 0 })
            let pulls = source.pulls
            source.send(piece)
            #expect(source.pulls == pulls)
            withExtendedLifetime(client) {}
        }
    }

    @Test("is never asked for by HEAD")
    func head() async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response)
        } _: { _, address in
            let client = try Client(address)
            for _ in 0..<2 { #expect(try client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200) }
            #expect(source.pulls == 0)
        }
    }
}
