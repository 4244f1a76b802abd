import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// Streams of the built binary.
@Suite("Streams of events of a process", .serialized)
struct EventStreamOfProcessTests {
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
}
