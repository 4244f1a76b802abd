import Dispatch
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
    fileprivate static let wait = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"

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

    /// Ways in which a connection comes not to be read.
    enum Unread: String, CaseIterable {
        /// As many requests wait as may.
        case fullPipeline
        /// It is the last request of its connection.
        case lastRequest
        /// What follows it is refused.
        case refusedNext
        /// What the peer leaves unread is as much as it may leave.
        case unsentAnswers
        /// It waits behind a body that comes piece by piece.
        case streamBefore
        /// Others have their turn first.
        case usedUpShare

        func requests(pipelined limit: Int) -> String {
            switch self {
            case .fullPipeline: String(repeating: HurryTests.wait, count: limit + 3)
            case .lastRequest: "GET /wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            case .refusedNext: HurryTests.wait + "GET /wait HTTP/9.9\r\n\r\n"
            case .unsentAnswers:
                String(repeating: "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", count: 12) + HurryTests.wait
            case .streamBefore: "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n" + HurryTests.wait
            case .usedUpShare: String(repeating: "GET /now HTTP/1.1\r\nHost: a\r\n\r\n", count: 500) + HurryTests.wait
            }
        }
    }

    @Test("is wanted at once when the peer ends its side while its connection is not read", arguments: Unread.allCases)
    func unread(_ unread: Unread) async throws {
        let patience = Patience()
        let large = String(repeating: "x", count: 1 << 20)
        let limit = 16
        try await withServer {
            $0.pipelinedRequests = limit
            $0.unsentBytes = 64 * 1024
        } answer: { request, reply in
            switch request.path {
            case "/large": return .now(.text(large))
            case "/stream":
                let pieces = Mutex(40)
                let stream = BodyStream(queue: .global()) {
                    pieces.withLock { pieces in
                        pieces -= 1
                        return pieces < 0 ? nil : Array(repeating: 65, count: 64 * 1024)
                    }
                }
                return .now(Response(status: .ok, body: .stream(stream)))
            default: return patience.answer(request, reply)
            }
        } _: { server, address in
            let client = try Client(address)
            let requests = unread.requests(pipelined: limit)
            let waits = requests.ranges(of: "/wait HTTP/1.1").count
            try client.send(requests)
            let first = unread == .fullPipeline ? limit : 1
            if unread != .unsentAnswers, unread != .streamBefore {
                #expect(try await eventually { patience.asked == first })
                #expect(patience.hurried == 0)
            }
            client.finishSending()
            let answers = try client.readToEnd()
            #expect(answers.ranges(of: "hurried").count == waits)
            #expect(patience.hurried == waits)
            #expect(try await eventually { server.counters.connections == 0 })
        }
    }

    @Test("is wanted at once when the peer goes away behind as many requests as may wait")
    func goneBehindFullPipeline() async throws {
        let patience = Patience()
        try await withServer {
            $0.pipelinedRequests = 4
        } answer: {
            patience.answer($0, $1)
        } _: { server, address in
            let client = try Client(address)
            try client.send(String(repeating: Self.wait, count: 4))
            #expect(try await eventually { patience.asked == 4 })
            client.leave()
            #expect(try await eventually { patience.hurried == 4 && server.counters.connections == 0 })
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
