import Dispatch
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import HTTPServer

@Suite("Answers that come late")
struct LateAnswerTests {
    /// What an answer can have waited for; `/KIND` is answered so.
    enum Wait: String, CaseIterable {
        /// To be made.
        case made
        /// For its turn behind another.
        case turn
        /// For its turn, and then to be compressed.
        case coding
        /// For its turn, and then it is pulled piece by piece.
        case stream
    }

    /// Whom the service has shown out, and how often it was asked.
    private final class Door: Sendable {
        let isShut = Atomic(false)
        let asked = Atomic(0)

        func readmit(_ admission: Int64) -> Dismissal? {
            asked.add(1, ordering: .relaxed)
            guard isShut.load(ordering: .relaxed) else { return nil }
            return Dismissal(.text("out", status: .unauthorized), reason: "unauthenticated")
        }
    }

    private static let pieces = DispatchQueue(label: "pieces")

    /// Answers to `/held` are kept back, and so are those that are `made` late; all others are there at once.
    private static func answer(
        _ request: Request, _ reply: Reply<TestService.LoopState>, _ held: HeldReplies
    ) -> Answer {
        var answer: Answer
        switch Wait(rawValue: String(request.path.dropFirst())) {
        case nil, .made: answer = held.hold(request, reply)
        case .turn: answer = .now(.text("in"))
        case .coding:
            var response = Response.text(String(repeating: "in ", count: 50_000))
            response.isCodable = true
            answer = .now(response)
        case .stream:
            let stream = BodyStream(queue: pieces) { Array("in".utf8) }
            answer = .now(Response(status: .ok, body: .stream(stream)))
        }
        answer.admission = 7
        return answer
    }

    @Test(
        "are not told to somebody who has been shown out meanwhile, whatever they waited for", arguments: Wait.allCases)
    func dismissed(wait: Wait) async throws {
        let door = Door()
        let held = HeldReplies()
        try await withServer(readmit: door.readmit) {
            Self.answer($0, $1, held)
        } _: { server, address in
            let client = try Client(address)
            for path in ["/held", "/\(wait.rawValue)"] {
                try client.send("GET \(path) HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
            }
            #expect(try await eventually { server.counters.requests == 2 })
            door.isShut.store(true, ordering: .relaxed)
            for (_, reply) in held.take() { reply.send { _ in .text("in") } }
            for _ in 0..<2 {
                let answer = try client.readAnswer()
                #expect(answer.status == 401 && answer.body == "out")
            }
        }
    }

    @Test("are told to who is still let in, and what goes out at once asks nobody again", arguments: Wait.allCases)
    func admitted(wait: Wait) async throws {
        guard wait != .stream else { return }
        let door = Door()
        let held = HeldReplies()
        try await withServer(readmit: door.readmit) {
            Self.answer($0, $1, held)
        } _: { server, address in
            let client = try Client(address)
            #expect(try client.get("/turn").body == "in" && door.asked.load(ordering: .relaxed) == 0)
            try client.send(PipelineTests.gets(["/held", "/\(wait.rawValue)"]))
            #expect(try await eventually { server.counters.requests == 3 })
            for (_, reply) in held.take() { reply.send { _ in .text("in") } }
            for _ in 0..<2 { #expect(try client.readAnswer().status == 200) }
            #expect(door.asked.load(ordering: .relaxed) > 0)
        }
    }

    @Test("that are pieces of a body end with the piece before, and do not look whole")
    func piece() async throws {
        let door = Door()
        try await withServer(readmit: door.readmit) { _, _ in
            let stream = BodyStream(queue: Self.pieces) { Array("in".utf8) }
            var answer = Answer.now(Response(status: .ok, body: .stream(stream)))
            answer.admission = 7
            return answer
        } _: { _, address in
            let client = try Client(address)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { door.asked.load(ordering: .relaxed) > 3 })
            door.isShut.store(true, ordering: .relaxed)
            let text = try client.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 200") && text.hasSuffix("2\r\nin\r\n"))
        }
    }

    @Test("need no room when it is their turn, however much others hold; one behind them does")
    func room() async throws {
        let held = HeldReplies()
        let account = MemoryAccount(limit: 1 << 20)
        let page = String(repeating: "in", count: 10_000)
        try await withServer {
            $0.memory = account
        } answer: {
            Self.answer($0, $1, held)
        } _: { _, address in
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/held", "/held"]))
            #expect(try await eventually { held.count == 2 })
            account.take(1 << 20)
            let replies = held.take().map(\.reply)
            replies[1].send { _ in .text(page) }
            replies[0].send { _ in .text(page) }
            #expect(try client.readAnswer().body == page)
            #expect(try client.readAnswer().status == 503)
            account.give(1 << 20)
        }
    }

    @Test("tell what has been changed in any case, and no refusal")
    func changes() async throws {
        let door = Door()
        let held = HeldReplies()
        try await withServer(readmit: door.readmit) {
            Self.answer($0, $1, held)
        } _: { server, address in
            let client = try Client(address)
            for _ in 0..<2 { try client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") }
            #expect(try await eventually { server.counters.requests == 2 })
            door.isShut.store(true, ordering: .relaxed)
            for (status, (_, reply)) in zip([HTTPResponse.Status.created, .conflict], held.take()) {
                reply.send { _ in .text("told", status: status) }
            }
            #expect(try client.readAnswer().status == 201)
            #expect(try client.readAnswer().status == 401)
        }
    }

    @Test("many at once leave others their turn, and who they are for is asked about once a turn")
    func turns() async throws {
        let (count, door, held) = (400, Door(), HeldReplies())
        let order = Mutex<[String]>([])
        let mayGoOn = DispatchSemaphore(value: 0)
        try await withServer {
            $0.loops = 1
        } readmit: {
            door.readmit($0)
        } answer: { request, reply in
            guard request.path == "/other" else { return Self.answer(request, reply, held) }
            order.withLock { $0.append("other") }
            return .now(.text("other"))
        } _: { _, address in
            let followers = try (0..<count).map { _ in try Client(address) }
            for follower in followers { try follower.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n") }
            #expect(try await eventually { held.count == count })
            let other = try Client(address)
            let prepared = held.take().enumerated().map { index, held in
                held.reply.prepared { _ in
                    if index == 0 { mayGoOn.wait() }
                    order.withLock { $0.append("late") }
                    return .text("in")
                }
            }
            Reply.send(prepared)
            // The loop is at the first of them by now, or will be; this comes while it is.
            try other.send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")
            mayGoOn.signal()
            #expect(try other.readAnswer().body == "other")
            for follower in followers { #expect(try follower.readAnswer().body == "in") }
            let place = try #require(order.withLock { $0.firstIndex(of: "other") })
            #expect(place < count / 2)
            #expect(door.asked.load(ordering: .relaxed) < count / 4)
        }
    }
}
