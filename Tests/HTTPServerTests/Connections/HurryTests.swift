import HTTPServer
import HTTPTypes
import Synchronization
import Testing

/// A service that waits for something until it is hurried.
private final class Patience: Sendable {
    private let state = Mutex((hurried: 0, asked: 0))

    var asked: Int { state.withLock(\.asked) }
    var hurried: Int { state.withLock(\.hurried) }

    func answer(_ request: Request, _ reply: Reply<TestService.LoopState>) -> Answer {
        if request.path == "/now" { return .now(.text("now")) }
        state.withLock { $0.asked += 1 }
        return .later {
            self.state.withLock { $0.hurried += 1 }
            reply.send { _ in .text("hurried") }
        }
    }
}

@Suite("An answer that waits for something")
struct HurryTests {
    private static let wait = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("is wanted at once when the peer has sent all it will, and goes out to it")
    func halfClosed() async throws {
        let patience = Patience()
        try await serving(patience.answer) { _, address in
            let client = try Client(address)
            try client.send(Self.wait + Self.wait)
            #expect(try await eventually { patience.asked == 2 })
            #expect(patience.hurried == 0)
            client.finishSending()
            for _ in 0..<2 { #expect(try client.readAnswer().body == "hurried") }
            #expect(try client.isAtEnd())
            #expect(patience.hurried == 2)
        }
    }

    @Test("is wanted at once when the peer has gone, however it went", arguments: [false, true])
    func gone(isReset: Bool) async throws {
        let patience = Patience()
        try await serving(patience.answer) { server, address in
            let client = try Client(address)
            try client.send(Self.wait)
            #expect(try await eventually { patience.asked == 1 })
            if isReset { client.reset() } else { client.leave() }
            #expect(try await eventually { patience.hurried == 1 && server.counters.connections == 0 })
        }
    }

    @Test("is wanted at once when the server drains, also when it is asked for only then")
    func draining() async throws {
        let patience = Patience()
        try await serving(patience.answer) { server, address in
            let client = try Client(address)
            let slow = try Client(address)
            try client.send(Self.wait)
            // The rest of this one comes while the server drains.
            try slow.send(String(Self.wait.dropLast()))
            let all = 2 * Self.wait.utf8.count - 2
            #expect(try await eventually { patience.asked == 1 && server.counters.bytesReceived == all })
            async let shutdown: Void = server.shutdown()
            #expect(try await eventually { (try? Client(address)) == nil })
            let answer = try client.readAnswer()
            #expect(answer.body == "hurried" && answer.fields["connection"] == "close")
            try slow.send("\r\n")
            #expect(try slow.readAnswer().body == "hurried")
            await shutdown
            #expect(patience.hurried == 2)
        }
    }

    @Test("keeps its place: what is asked behind it on the same connection comes after it, and does not hurry it")
    func pipelined() async throws {
        let held = HeldReplies()
        let hurried = Atomic(0)
        try await serving { request, reply in
            guard request.path == "/wait" else { return .now(.text("now")) }
            _ = held.hold(request, reply)
            return .later { hurried.add(1, ordering: .relaxed) }
        } _: { server, address in
            let client = try Client(address)
            try client.send(Self.wait + "GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { server.counters.requests == 2 })
            #expect(hurried.load(ordering: .relaxed) == 0)
            for (_, reply) in held.take() { reply.send { _ in .text("came") } }
            #expect(try client.readAnswer().body == "came")
            #expect(try client.readAnswer().body == "now")
            client.leave()
            #expect(try await eventually { server.counters.connections == 0 })
            #expect(hurried.load(ordering: .relaxed) == 0, "it has its answer")
        }
    }
}
