import Dispatch
import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("Where clients have made the server hold as much as it may")
struct HeldMemoryTests {
    /// Room for nothing longer than 64 KiB beside one body of half a megabyte.
    private static func account() -> MemoryAccount { MemoryAccount(limit: 1 << 20, connections: 16) }

    private static func post(_ path: String, length: Int, _ bytes: Int) -> [UInt8] {
        Array("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n".utf8)
            + [UInt8](repeating: 65, count: bytes)
    }

    /// Answers with how long the body is, and to `/large` with as much as the account's limit.
    private static func answer(_ request: Request, _ reply: Reply<TestService.LoopState>) -> Answer {
        if request.path == "/large" { return .now(.text(String(repeating: "x", count: 300_000))) }
        return .now(.text("\(request.body.count)"))
    }

    private func serving(
        _ adjust: (inout ServerConfiguration) -> Void = { _ in },
        answer: @escaping @Sendable (Request, Reply<TestService.LoopState>) -> Answer = Self.answer,
        _ body: (Server<TestService>, BoundAddress) async throws -> Void
    ) async throws {
        let account = Self.account()
        try await withServer {
            $0.memory = account
            $0.timeouts.memory = .seconds(120)
            adjust(&$0)
        } answer: {
            answer($0, $1)
        } _: { server, address in
            try await body(server, address)
            // Whatever has happened, nothing is left on the account but what the loops take ahead: while they are there, as
            // they take all of theirs with them.
            #expect(try await eventually { server.counters.connections == 0 })
            #expect(try await eventually { account.held < 2 * 2 * account.chunk && !account.isWaitedFor })
        }
        #expect(try await eventually { account.held == 0 })
    }

    /// A connection with a body that takes all the room for long ones.
    private func holder(_ server: Server<TestService>, _ address: BoundAddress) async throws -> Client {
        let holder = try Client(address)
        let bytes = Self.post("/", length: 400_000, 100_000)
        let before = server.counters.bytesReceived
        try holder.send(bytes)
        #expect(try await eventually { server.counters.bytesReceived >= before + bytes.count })
        return holder
    }

    @Test("a long body waits for its turn and is answered then, short ones go on", arguments: [false, true])
    func waits(isChunked: Bool) async throws {
        try await serving { server, address in
            let holder = try await holder(server, address)
            let waiting = try Client(address)
            let body = String(repeating: "B", count: 200_000)
            if isChunked {
                let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                try waiting.send("\(head)30d40\r\n\(body)\r\n0\r\n\r\n")
            } else {
                try waiting.send(Self.post("/", length: 200_000, 200_000))
            }
            for _ in 0..<20 {
                let honest = try Client(address)
                try honest.send(Self.post("/", length: 3000, 3000))
                #expect(try honest.readAnswer().body == "3000")
            }
            #expect(server.counters.requests == 20)
            holder.leave()
            #expect(try waiting.readAnswer().body == "200000")
        }
    }

    @Test("a long body that has waited too long gets 503, and the connection closes")
    func refused() async throws {
        try await serving {
            $0.timeouts.memory = .milliseconds(300)
        } _: { server, address in
            let holder = try await holder(server, address)
            let waiting = try (0..<20).map { _ in try Client(address) }
            for client in waiting { try client.send(Self.post("/", length: 200_000, 150_000)) }
            for client in waiting {
                let answer = try client.readAnswer()
                #expect(answer.status == 503 && answer.body == "busy")
                #expect(answer.fields["connection"] == "close")
            }
            // Who has the room keeps it.
            try holder.send([UInt8](repeating: 65, count: 300_000))
            #expect(try holder.readAnswer().body == "400000")
        }
    }

    @Test("a body that does not move any more makes room for those that wait")
    func stalled() async throws {
        try await serving {
            $0.timeouts.body = Pace(grace: .milliseconds(500), bytesPerSecond: 1)
        } _: { server, address in
            let holder = try await holder(server, address)
            let waiting = try Client(address)
            try waiting.send(Self.post("/", length: 200_000, 200_000))
            #expect(try holder.readAnswer().status == 408)
            #expect(try waiting.readAnswer().body == "200000")
        }
    }

    @Test("who waits and goes away is forgotten, however it goes", arguments: [false, true])
    func gone(isReset: Bool) async throws {
        try await serving { server, address in
            let holder = try await holder(server, address)
            // Who has only ended their side may still want an answer, so it is kept until its turn has come.
            for _ in 0..<(isReset ? 5 : 1) {
                let waiting = try Client(address)
                let before = server.counters.bytesReceived
                try waiting.send(Self.post("/", length: 200_000, 70_000))
                #expect(try await eventually { server.counters.bytesReceived >= before + 70_000 })
                if isReset { waiting.reset() } else { waiting.leave() }
            }
            holder.leave()
            let next = try Client(address)
            try next.send(Self.post("/", length: 200_000, 200_000))
            #expect(try next.readAnswer().body == "200000")
            #expect(try await eventually { server.counters.connections == 1 })
        }
    }

    @Test(
        "who is gone as an answer is sent takes the requests behind it along, and none of them is left on the account")
    func goneInPipeline() async throws {
        let client = Mutex<Client?>(nil)
        try await serving(answer: { request, _ in
            if request.path == "/last" { client.withLock { $0.take()?.reset() } }
            return .now(.text("sent"))
        }) { _, address in
            for _ in 0..<50 {
                client.withLock { $0 = try? Client(address) }
                let requests = PipelineTests.gets(["/", "/last"] + Array(repeating: "/", count: 1000))
                try client.withLock { try $0?.send(requests) }
                #expect(try await eventually { client.withLock { $0 == nil } })
            }
        }
    }

    @Test("a long answer to a GET is 503, one to a change is told in any case")
    func answers() async throws {
        try await serving { server, address in
            let holder = try await holder(server, address)
            let client = try Client(address)
            #expect(try client.get("/large").status == 503)
            #expect(try client.ask("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n").status == 503)
            #expect(try client.get("/").body == "0")
            try client.send(Self.post("/large", length: 1, 1))
            #expect(try client.readAnswer().body.utf8.count == 300_000)
            holder.leave()
            #expect(try await eventually { server.counters.connections == 1 })
            #expect(try client.get("/large").body.utf8.count == 300_000)
        }
    }

    @Test("answers behind one that waits count against the connection, and no more requests are taken")
    func heldBack() async throws {
        let held = HeldReplies()
        try await serving {
            $0.unsentBytes = 50_000
        } answer: { request, reply in
            request.path == "/wait" ? held.hold(request, reply) : .now(.text(String(repeating: "x", count: 20_000)))
        } _: { server, address in
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/wait"] + Array(repeating: "/", count: 15)))
            #expect(try await eventually { server.counters.requests == 4 })
            try await Task.sleep(for: .milliseconds(100))
            #expect(server.counters.requests == 4)
            for (_, reply) in held.take() { reply.send { _ in .text("came") } }
            #expect(try client.readAnswer().body == "came")
            for _ in 0..<15 { #expect(try client.readAnswer().body.utf8.count == 20_000) }
        }
    }

    @Test("what waited behind one answer and comes all at once goes out as it is taken, also what all share")
    func comesAtOnce() async throws {
        let held = HeldReplies()
        let shared = KeptBody([UInt8](repeating: 65, count: 200_000))
        let account = MemoryAccount(limit: 2 << 20, connections: 16)
        try await withServer {
            $0.loops = 1
            $0.memory = account
            $0.unsentBytes = 300_000
        } answer: { request, reply in
            request.path == "/wait" ? held.hold(request, reply) : .now(Response(status: .ok, kept: shared))
        } _: { server, address in
            let clients = try (0..<2).map { _ in try Client(address, receiveBuffer: 4096) }
            for client in clients { try client.send(PipelineTests.gets(["/wait"] + Array(repeating: "/", count: 15))) }
            #expect(try await eventually { server.counters.requests == 32 })
            let replies = held.take()
            #expect(replies.count == 2)
            Reply.send(replies.map { _, reply in reply.prepared { _ in .text("came") } })
            for client in clients {
                // Three megabytes of own copies each would have had it cut off.
                #expect(try client.readAnswer().body == "came")
                for _ in 0..<15 { #expect(try client.readAnswer().body.utf8.count == 200_000) }
                #expect(account.held <= 2 * 600_000)
            }
        }
    }

    @Test("a request that is worked on is on the account until nobody has it any more")
    func workedOn() async throws {
        let account = Self.account()
        let held = HeldReplies()
        let kept = Mutex<[Request]>([])
        try await withServer {
            $0.memory = account
        } answer: { request, reply in
            kept.withLock { $0.append(request) }
            return held.hold(request, reply)
        } _: { server, address in
            let client = try Client(address)
            try client.send(Self.post("/", length: 100_000, 100_000))
            #expect(try await eventually { held.count == 1 })
            client.reset()
            #expect(try await eventually { server.counters.connections == 0 })
            #expect(account.held >= 200_000)
            for (_, reply) in held.take() { reply.send { _ in .text("for nobody") } }
            kept.withLock { $0 = [] }
            #expect(try await eventually { account.held < 2 * 2 * account.chunk })
        }
    }

    @Test("a stream waits with its next piece until there is room, and then goes on")
    func stream() async throws {
        let account = Self.account()
        try await withServer {
            $0.memory = account
        } answer: { _, _ in
            let pieces = Mutex(30)
            return .now(
                Response(
                    status: .ok,
                    body: .stream(
                        BodyStream(queue: .global()) {
                            pieces.withLock { pieces in
                                pieces -= 1
                                return pieces < 0 ? nil : [UInt8](repeating: 65, count: 10_000)
                            }
                        })))
        } _: { _, address in
            account.take(800 << 10)
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/"]))
            #expect(try await eventually { account.isWaitedFor })
            account.give(800 << 10)
            #expect(try client.readAnswer().body.utf8.count == 300_000)
        }
    }
}
