import Dispatch
import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("A long answer")
struct LongTurnTests {
    /// What was made, in order. The first that is made is held up with its loop until it is told to go on.
    private final class Record: Sendable {
        private let paths = Mutex<[String]>([])
        let goOn = DispatchSemaphore(value: 0)

        func make(_ path: String, bytes: Int) -> Response {
            let isFirst = paths.withLock { paths in
                paths.append(path)
                return paths.count == 1
            }
            if isFirst { goOn.wait() }
            return .text(path + String(repeating: "x", count: bytes))
        }

        var made: [String] { paths.withLock(\.self) }
    }

    private static let bytes = 100_000

    /// Long answers, of which some come to be known as late ones only when their turn has come, and short ones.
    private static func answer(_ record: Record) -> @Sendable (Request, Reply<TestService.LoopState>) -> Answer {
        { request, reply in
            let path = request.path
            if path.hasPrefix("/short") { return .now(record.make(path, bytes: 1)) }
            return reply.inTurn(holding: bytes) { _ in
                guard path.hasSuffix("late") else { return .now(record.make(path, bytes: bytes)) }
                reply.send { _ in record.make(path, bytes: bytes) }
                return .later
            }
        }
    }

    @Test(
        "has others of its loop go before the next one of its connection, and all that is short before the next of any")
    func turns() async throws {
        let record = Record()
        try await withServer {
            $0.loops = 1
            $0.unsentBytes = 1 << 30
        } answer: {
            Self.answer(record)($0, $1)
        } _: { server, address in
            let greedy = try (0..<3).map { _ in try Client(address) }
            let modest = try Client(address)
            try greedy[0].send(PipelineTests.gets((0..<5).map { "/0/\($0)" }))
            #expect(try await eventually { record.made == ["/0/0"] })
            for client in 1..<3 { try greedy[client].send(PipelineTests.gets((0..<5).map { "/\(client)/\($0)" })) }
            try modest.send(PipelineTests.gets(["/short"]))
            // All of it is there when the loop goes on.
            try await Task.sleep(for: .milliseconds(50))
            record.goOn.signal()
            #expect(try modest.readAnswer().status == 200)
            for (number, client) in greedy.enumerated() {
                for index in 0..<5 { #expect(try client.readAnswer().body.hasPrefix("/\(number)/\(index)x")) }
            }
            let made = record.made
            let place = try #require(made.firstIndex(of: "/short"))
            #expect(place <= 3, "\(made)")
            let long = made.filter { $0 != "/short" }
            for round in 0..<4 {
                // Whoever was in the round before is in the next one, too.
                let rounds = [long[(3 * round)..<(3 * round + 3)], long[(3 * round + 1)..<(3 * round + 4)]]
                #expect(rounds.contains { Set($0.map { $0.prefix(2) }).count == 3 }, "\(made)")
            }
            #expect(server.counters.requests == 16)
        }
    }

    @Test(
        "is 503 without being made where there is no memory for it, and what is short goes on",
        arguments: [true, false])
    func notMade(isPipelined: Bool) async throws {
        let record = Record()
        record.goOn.signal()
        let account = MemoryAccount(limit: 1 << 20, connections: 16)
        try await withServer {
            $0.memory = account
        } answer: {
            Self.answer(record)($0, $1)
        } _: { _, address in
            account.take(800 << 10)
            let client = try Client(address)
            let paths = (0..<60).map { $0 % 3 == 0 ? "/short" : "/long" }
            if isPipelined { try client.send(PipelineTests.gets(paths)) }
            for path in paths {
                let answer = try isPipelined ? client.readAnswer() : client.get(path)
                #expect(answer.status == (path == "/short" ? 200 : 503))
            }
            #expect(Set(record.made) == ["/short"])
            account.give(800 << 10)
            #expect(try client.get("/long").status == 200)
        }
    }

    @Test("that would take more than there is left is not made, unless hardly anything is held")
    func wouldNotFit() {
        let account = MemoryAccount(limit: 1 << 20, connections: 16)
        #expect(account.hasRoom(forAnswerOf: 4 << 20))
        account.take(200 << 10)
        #expect(account.hasRoom(forAnswerOf: 100 << 10))
        #expect(!account.hasRoom(forAnswerOf: 4 << 20))
        #expect(account.hasRoom(forAnswerOf: 1000))
        account.take(800 << 10)
        #expect(!account.hasRoom(forAnswerOf: 100 << 10))
        #expect(account.hasRoom(forAnswerOf: 1000))
        account.give(1000 << 10)
    }

    @Test("may come to be a late one, and is hurried where its client has ended its side")
    func late() async throws {
        let record = Record()
        record.goOn.signal()
        try await serving(Self.answer(record)) { _, address in
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/a/late", "/b", "/c/late", "/short"]))
            client.finishSending()
            for path in ["/a/late", "/b", "/c/late", "/short"] {
                #expect(try client.readAnswer().body.hasPrefix(path + "x"))
            }
            #expect(try client.isAtEnd())
        }
    }

    @Test("whose client has gone before its turn is not made")
    func gone() async throws {
        let record = Record()
        try await withServer {
            $0.loops = 1
        } answer: {
            Self.answer(record)($0, $1)
        } _: { server, address in
            let first = try Client(address)
            try first.send(PipelineTests.gets(["/first"]))
            #expect(try await eventually { record.made == ["/first"] })
            let others = try (0..<5).map { _ in try Client(address) }
            for client in others {
                try client.send(PipelineTests.gets(["/gone"]))
                client.reset()
            }
            try await Task.sleep(for: .milliseconds(50))
            record.goOn.signal()
            #expect(try first.readAnswer().status == 200)
            #expect(try await eventually { server.counters.connections == 1 })
            #expect(try first.get("/last").status == 200)
            #expect(record.made.filter { $0 == "/gone" }.count <= 1)
        }
    }

    @Test("is one of many that came to be known at once: whoever asks meanwhile is answered in between")
    func batch() async throws {
        let record = Record()
        let held = HeldReplies()
        try await withServer {
            $0.loops = 1
        } answer: { request, reply in
            request.path == "/short" ? .now(record.make("/short", bytes: 1)) : held.hold(request, reply)
        } _: { _, address in
            let clients = try (0..<40).map { _ in try Client(address) }
            for client in clients { try client.send(PipelineTests.gets(["/held"])) }
            #expect(try await eventually { held.count == 40 })
            let modest = try Client(address)
            Reply.send(held.take().map { _, reply in reply.prepared { _ in record.make("/held", bytes: Self.bytes) } })
            #expect(try await eventually { record.made == ["/held"] })
            try modest.send(PipelineTests.gets(["/short"]))
            try await Task.sleep(for: .milliseconds(50))
            record.goOn.signal()
            #expect(try modest.readAnswer().status == 200)
            for client in clients { #expect(try client.readAnswer().status == 200) }
            let place = try #require(record.made.firstIndex(of: "/short"))
            #expect(place < 10)
        }
    }
}
