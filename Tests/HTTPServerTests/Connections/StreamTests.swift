import Dispatch
import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@Suite("A streamed body")
struct StreamTests {
    struct Broken: Error {}

    /// Streams `count` pieces of `size` bytes and counts how many were pulled.
    final class Source: Sendable {
        let pulls = Atomic(0)
        private let queue = DispatchQueue(label: "source")

        func response(count: Int, size: Int = 10, failing: Bool = false) -> Response {
            Response(
                status: .ok,
                body: .stream(
                    BodyStream(queue: queue) { [self] in
                        let number = pulls.add(1, ordering: .relaxed).oldValue
                        if number < count { return [UInt8](repeating: 0x61 + UInt8(number % 26), count: size) }
                        if failing { throw Broken() }
                        return nil
                    }))
        }
    }

    @Test("goes out in chunks, and the connection stays")
    func goesInChunks() async throws {
        let source = Source()
        try await serving { request, _ in
            .now(request.path == "/stream" ? source.response(count: 3) : .text("after"))
        } _: { _, address in
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/stream", "/b"]))
            let answer = try client.readAnswer()
            #expect(answer.fields["transfer-encoding"] == "chunked")
            #expect(answer.fields["content-length"] == nil)
            #expect(answer.chunks == ["aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"])
            #expect(try client.readAnswer().body == "after")
            #expect(source.pulls.load(ordering: .relaxed) == 4)
        }
    }

    @Test("waits for the answers before it")
    func waitsItsTurn() async throws {
        let source = Source()
        let held = HeldReplies()
        try await serving { request, reply in
            request.path == "/held" ? held.hold(request, reply) : .now(source.response(count: 1))
        } _: { _, address in
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/held", "/stream", "/held"]))
            #expect(try await eventually { held.count == 2 })
            #expect(source.pulls.load(ordering: .relaxed) == 0)
            Reply.send(held.take().map { $0.reply.prepared { _ in .text("held") } })
            #expect(try client.readAnswer().body == "held")
            #expect(try client.readAnswer().chunks == ["aaaaaaaaaa"])
            #expect(try client.readAnswer().body == "held")
        }
    }

    @Test("is never pulled for HEAD")
    func skipsHead() async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response(count: 3))
        } _: { _, address in
            let client = try Client(address)
            #expect(try client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
            #expect(try client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
            #expect(source.pulls.load(ordering: .relaxed) == 0)
        }
    }

    @Test("ends with the connection for HTTP/1.0")
    func closesForHTTP10() async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response(count: 2))
        } _: { _, address in
            let client = try Client(address)
            let answer = try client.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(answer.fields["connection"] == "close")
            #expect(answer.fields["transfer-encoding"] == nil)
            #expect(answer.body == "aaaaaaaaaabbbbbbbbbb")
        }
    }

    @Test("that nobody reads is pulled only as far as the sockets hold")
    func holdsBack() async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response(count: 1000, size: 65_536))
        } _: { _, address in
            let client = try Client(address, receiveBuffer: 4096)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { source.pulls.load(ordering: .relaxed) > 0 })
            try await Task.sleep(for: .milliseconds(200))
            #expect(source.pulls.load(ordering: .relaxed) < 200)
            #expect(try client.readAnswer().body.utf8.count == 65_536_000)
            #expect(source.pulls.load(ordering: .relaxed) == 1001)
        }
    }

    @Test("that fails ends without its last chunk")
    func failsVisibly() async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response(count: 2, failing: true))
        } _: { _, address in
            let chunked = try Client(address)
            try chunked.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = try chunked.readToEnd()
            #expect(text.hasSuffix("bbbbbbbbbb\r\n"))
            source.pulls.store(0, ordering: .relaxed)
            let old = try Client(address)
            #expect(throws: Client.Failed.self) { try old.ask("GET / HTTP/1.0\r\n\r\n") }
        }
    }

    @Test("is let go of when its client is gone")
    func stopsForNobody() async throws {
        let source = Source()
        try await serving { _, _ in
            .now(source.response(count: .max, size: 65_536))
        } _: { server, address in
            let client = try Client(address)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { source.pulls.load(ordering: .relaxed) > 2 })
            client.reset()
            #expect(try await eventually { server.counters.connections == 0 })
            let pulled = source.pulls.load(ordering: .relaxed)
            try await Task.sleep(for: .milliseconds(50))
            #expect(source.pulls.load(ordering: .relaxed) <= pulled + 1)
        }
    }
}
