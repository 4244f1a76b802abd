import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// Streams of the built binary.
@Suite("Streams of events of a process", .serialized)
struct EventStreamOfProcessTests {
    private static let head = "GET /v1/events HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func open(_ port: Int) throws {
        let answer = try LoadConnection(port: port).post(
            LoadRequest(
                path: "/v1/cases", json: #"{"complaint":"It drips.","customer":{"name":"Ida"}}"#,
                key: UUID().uuidString))
        #expect(answer?.status == 201)
    }

    private static func waiting(_ server: RunningServer) throws -> Int? {
        let metrics = try LoadConnection(port: server.port).get("/metrics")
        let text = String(decoding: metrics?.body ?? [], as: UTF8.self)
        return text.firstMatch(of: /(?m)^casekeeper_events_waiting (\d+)$/).flatMap { Int($0.1) }
    }

    @Test("are followed by PyPI's httpx-sse, which takes them up where it lost them")
    func client() throws {
        let server = try RunningServer(in: folder)
        for _ in 0..<2 { try Self.open(server.port) }
        let script = Repository.root.appending(path: "Tests/Clients/event_stream.py").path
        let port = server.port
        let client = Meanwhile {
            try PythonTool.run("python", [script, "http://127.0.0.1:\(port)", "10"], in: TemporaryFolder())
        }
        #expect(try eventually { try Self.waiting(server) == 1 })
        for _ in 0..<3 { try Self.open(port) }
        let result = try client.value()
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output == "1 2 3 4 5 6 7 8 9 10\n")
    }

    @Test("are followed by a browser's EventSource, which takes them up at the next service by itself")
    func browser() throws {
        let first = try RunningServer(in: folder)
        let port = first.port
        for _ in 0..<2 { try Self.open(port) }
        let script = Repository.root.appending(path: "Tests/Clients/event_source.py").path
        let client = Meanwhile {
            try PythonTool.run("python", [script, "http://127.0.0.1:\(port)", "8"], in: TemporaryFolder())
        }
        #expect(try eventually { try Self.waiting(first) == 1 })
        try Self.open(port)
        first.process.signal(SIGTERM)
        #expect(try first.process.wait().exitCode == 0)
        let next = try RunningServer(Binary.start(["serve", "--listen", "127.0.0.1:\(port)"], in: folder))
        try Self.open(next.port)
        let result = try client.value()
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output == "2 1 2 3 4 5 6 7 8\n", "connected twice, and told of each once")
    }

    @Test("cost a thousand who follow no thread each and 8 KiB at most, and all of them hear of what comes")
    func thousand() throws {
        let server = try RunningServer(["--log-level", "notice"], in: folder)
        let id = server.process.id
        func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task").count }
        try Self.open(server.port)
        func follow() throws -> ClientSocket {
            let socket = try ClientSocket(port: server.port)
            try socket.send(Self.head)
            return socket
        }
        // What the first of them make of tables and buffers is there for all.
        let first = try (0..<50).map { _ in try follow() }
        #expect(try eventually { try Self.waiting(server) == 50 })
        let (before, threadsBefore) = (try ProcessMemory(of: id).resident, try threads())
        let sockets = try (0..<1000).map { _ in try follow() }
        #expect(try eventually { try Self.waiting(server) == 1050 })
        let grown = try ProcessMemory(of: id).resident - before
        #expect(grown <= 1000 * 8 * 1024, "\(grown / 1000) bytes each")
        #expect(try threads() - threadsBefore < 20)
        try Self.open(server.port)
        server.process.signal(SIGTERM)
        for socket in first + sockets {
            let ids = try socket.readToEnd().matches(of: /(?m)^id: (\d+)$/).map { String($0.1) }
            #expect(ids == ["1", "2", "3", "4"])
        }
        #expect(try server.process.wait().exitCode == 0)
    }
}
