import Dispatch
import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("A client that asks for much at once")
struct FairnessTests {
    /// Remembers in which order requests were handled, and holds up the loop at the first until it is told to go on.
    private final class Record: Sendable {
        private let paths = Mutex<[String]>([])
        let goOn = DispatchSemaphore(value: 0)

        func handle(_ request: Request) {
            paths.withLock { $0.append(request.path) }
            if request.path == "/first" { goOn.wait() }
        }

        var handled: [String] { paths.withLock { $0 } }
    }

    @Test(
        "is answered whole and in order, and the others in between",
        arguments: [(answers: 500, bytes: 10, before: 100), (answers: 60, bytes: 40_000, before: 10)])
    func yields(much: (answers: Int, bytes: Int, before: Int)) async throws {
        let record = Record()
        try await withServer {
            $0.loops = 1
            // So much may wait for the greedy one that only its share of a turn can hold it back.
            $0.unsentBytes = 1 << 30
        } answer: { request, _ in
            record.handle(request)
            return .now(.text(request.path + String(repeating: "x", count: much.bytes)))
        } _: { _, address in
            let greedy = try Client(address)
            let modest = try Client(address)
            // The loop knows both before it is held up.
            #expect(try modest.get("/known").status == 200)
            #expect(try greedy.get("/known").status == 200)
            let paths = ["/first"] + (1..<much.answers).map { "/\($0)" }
            try greedy.send(PipelineTests.gets(paths))
            #expect(try await eventually { record.handled.last == "/first" })
            try modest.send("GET /modest HTTP/1.1\r\nHost: a\r\n\r\n")
            record.goOn.signal()
            #expect(try modest.readAnswer().body.hasPrefix("/modest"))
            for path in paths { #expect(try greedy.readAnswer().body.hasPrefix(path + "x")) }
            let place = try #require(record.handled.firstIndex(of: "/modest"))
            #expect(place < much.before)
            #expect(record.handled.filter { $0 != "/modest" && $0 != "/known" } == paths)
        }
    }

    /// Ways in which little is sent of an answer that had to be made.
    enum Unsent: CaseIterable {
        /// HEAD has no content.
        case head
        /// There is no memory for it.
        case refused
    }

    @Test("has what was made for it counted, not what was sent", arguments: Unsent.allCases)
    func counted(unsent: Unsent) async throws {
        let record = Record()
        let account = MemoryAccount(limit: 1 << 20, connections: 16)
        if unsent == .refused { account.take(800 << 10) }
        try await withServer {
            $0.loops = 1
            $0.memory = account
        } answer: { request, _ in
            record.handle(request)
            return .now(.text(String(repeating: "x", count: request.path == "/modest" ? 1 : 100_000)))
        } _: { _, address in
            let greedy = try Client(address)
            let modest = try Client(address)
            #expect(try modest.get("/modest").status == 200)
            let paths = ["/first"] + (1..<60).map { "/\($0)" }
            let method = unsent == .head ? "HEAD" : "GET"
            try greedy.send(paths.map { "\(method) \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            #expect(try await eventually { record.handled.last == "/first" })
            try modest.send("GET /modest HTTP/1.1\r\nHost: a\r\n\r\n")
            record.goOn.signal()
            #expect(try modest.readAnswer().status == 200)
            for _ in paths {
                #expect(try greedy.readAnswer(toHead: unsent == .head).status == (unsent == .head ? 200 : 503))
            }
            let place = try #require(record.handled.lastIndex(of: "/modest"))
            #expect(place < 10)
        }
    }

    @Test("and then ends its side still gets every answer")
    func halfClosed() async throws {
        try await withServer { server, address in
            let client = try Client(address)
            let paths = (0..<1000).map { "/\($0)" }
            try client.send(PipelineTests.gets(paths))
            client.finishSending()
            for path in paths { #expect(try client.readAnswer().body == path) }
            #expect(try client.isAtEnd())
            #expect(try await eventually { server.counters.connections == 0 })
        }
    }

    @Test("by late answers is served to the end, though nothing else ever happens to its loop")
    func lateAnswers() async throws {
        let held = HeldReplies()
        try await withServer {
            $0.loops = 1
        } answer: { request, reply in
            request.path == "/held" ? held.hold(request, reply) : .now(.text(request.path))
        } _: { _, address in
            let client = try Client(address)
            let paths = ["/held"] + (1..<1000).map { "/\($0)" }
            try client.send(PipelineTests.gets(paths))
            #expect(try await eventually { held.count == 1 })
            for (path, reply) in held.take() { reply.send { _ in .text(path) } }
            for path in paths { #expect(try client.readAnswer().body == path) }
        }
    }
}
