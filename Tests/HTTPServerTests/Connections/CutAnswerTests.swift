import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("An answer that is cut after its head was sent")
struct CutAnswerTests {
    enum End: CaseIterable {
        /// Its client is gone.
        case reset
        /// Its client takes nothing.
        case writeTimeout
        /// What has been changed is told in any case, also where it is longer than all that may be held.
        case memory
    }

    private static let length = 4_000_000

    @Test("is logged with what was sent of it, and as cut", arguments: End.allCases)
    func logged(end: End) async throws {
        let lines = RequestLines()
        let account = MemoryAccount(limit: end == .memory ? 1 << 20 : 8 << 20, connections: 16)
        try await withServer(
            {
                $0.loops = 1
                $0.memory = account
                if end == .writeTimeout { $0.timeouts.write = Pace(grace: .milliseconds(200), bytesPerSecond: 1 << 30) }
            }, log: lines,
            answer: { request, _ in
                .now(.text(String(repeating: "x", count: request.path == "/long" ? Self.length : 10)))
            }
        ) { server, address in
            let client = try Client(address, receiveBuffer: 4096)
            let method = end == .memory ? "POST" : "GET"
            try client.send("\(method) /first HTTP/1.1\r\nHost: a\r\n\r\n\(method) /long HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { server.counters.bytesSent > 1000 })
            if end == .reset {
                #expect(lines.all.allSatisfy { $0["path"] != "/long" }, "not all of it is sent yet")
                client.reset()
            }
            #expect(try await eventually { lines.all.contains { $0["path"] == "/long" } })
            let line = try #require(lines.all.first { $0["path"] == "/long" })
            #expect(line["cut"] == "true" && line["status"] == "200", "\(line)")
            let sent = try #require(line["bytes"].flatMap { Int($0) })
            #expect(sent > 0 && sent < Self.length && sent < server.counters.bytesSent, "\(line)")
            #expect(lines.all.first { $0["path"] == "/first" }?["cut"] == nil)
        }
    }

    @Test("is told from one that was only taken slowly, which is logged whole and in order")
    func slow() async throws {
        let lines = RequestLines()
        try await withServer(
            { $0.loops = 1 }, log: lines,
            answer: { request, _ in
                .now(.text(String(repeating: "x", count: request.path == "/long" ? Self.length : 10)))
            }
        ) { _, address in
            let client = try Client(address, receiveBuffer: 4096)
            let paths = ["/a", "/long", "/b", "/c"]
            try client.send(PipelineTests.gets(paths))
            for path in paths {
                #expect(try client.readAnswer().body.utf8.count == (path == "/long" ? Self.length : 10))
            }
            #expect(try await eventually { lines.all.count == 4 })
            #expect(lines.all.map { $0["path"] } == paths)
            #expect(
                lines.all.allSatisfy { $0["cut"] == nil && $0["bytes"] == ($0["path"] == "/long" ? "4000000" : "10") })
        }
    }

    @Test("does not come about where it is known before that there is no room for it: that is 503, and whole")
    func knownBefore() async throws {
        let account = MemoryAccount(limit: 1 << 20, connections: 16)
        try await withServer {
            $0.memory = account
        } answer: { _, _ in
            .now(.text(String(repeating: "x", count: Self.length)))
        } _: { _, address in
            for _ in 0..<3 {
                let client = try Client(address, receiveBuffer: 4096)
                let answer = try client.get("/")
                #expect(answer.status == 503 && answer.body == "busy")
                #expect(try client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status == 503)
            }
        }
    }
}
