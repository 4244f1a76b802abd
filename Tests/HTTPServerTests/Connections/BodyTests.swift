import HTTPServer
import HTTPTypes
import Testing

@Suite("A request's body")
struct BodyTests {
    static func echo(_ request: Request, _ reply: Reply<TestService.LoopState>) -> Answer {
        .now(Response(status: .ok, body: .bytes(request.body)))
    }

    @Test("comes whole, by length or in chunks, up to the limit")
    func comesWhole() async throws {
        try await serving {
            Self.echo($0, $1)
        } _: { _, address in
            let client = try Client(address)
            let body = String(repeating: "0123456789abcdef", count: 65_536)
            let answer = try client.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            #expect(answer.body == body)
            let chunks = (0..<64).map { _ in "4000\r\n\(body.prefix(0x4000))\r\n" }.joined()
            let chunked = try client.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\r\n")
            #expect(chunked.body == body)
            #expect(try client.get("/").body == "")
        }
    }

    @Test(
        "may be larger where the service says so",
        arguments: [
            ("/small", 100, 200), ("/small", 101, 413), ("/large", 1000, 200), ("/large?a=b", 1000, 200),
            ("/large", 1001, 413), ("/less", 100, 200),
        ])
    func isLarger(target: String, count: Int, status: Int) async throws {
        let limits = ["/large": 1000, "/less": 10]
        try await withServer {
            $0.limits.body = 100
        } admit: { request, _ in
            .body(upTo: limits[request.path] ?? 0)
        } answer: {
            Self.echo($0, $1)
        } _: { _, address in
            let body = String(repeating: "x", count: count)
            let head = "POST \(target) HTTP/1.1\r\nHost: a\r\n"
            let whole = try Client(address).ask("\(head)Content-Length: \(count)\r\n\r\n\(body)")
            #expect(whole.status == status)
            // In two chunks, of which only the second goes past the limit.
            let second = String(count - 90, radix: 16)
            let chunks = "5a\r\n\(body.prefix(90))\r\n\(second)\r\n\(body.dropFirst(90))\r\n0\r\n\r\n"
            let chunked = try Client(address).ask("\(head)Transfer-Encoding: chunked\r\n\r\n\(chunks)")
            #expect(chunked.status == status)
        }
    }

    @Test("is asked for with 100 when the client expects it")
    func continues() async throws {
        try await serving {
            Self.echo($0, $1)
        } _: { _, address in
            let client = try Client(address)
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            #expect(try client.readAnswer().status == 100)
            try client.send("abc")
            #expect(try client.readAnswer().body == "abc")
            // A body that did not wait needs no 100.
            let eager = try client.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc")
            #expect(eager.status == 200)
        }
    }

    @Test("is asked for only after the answers before it")
    func continuesInOrder() async throws {
        let held = HeldReplies()
        try await serving { request, reply in
            request.path == "/held" ? held.hold(request, reply) : Self.echo(request, reply)
        } _: { _, address in
            let client = try Client(address)
            try client.send(
                "GET /held HTTP/1.1\r\nHost: a\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 3\r\n\r\n")
            #expect(try await eventually { held.count == 1 })
            held.take()[0].reply.send { _ in .text("first") }
            #expect(try client.readAnswer().body == "first")
            #expect(try client.readAnswer().status == 100)
            try client.send("abc")
            #expect(try client.readAnswer().body == "abc")
        }
    }

    @Test("that is too large is refused without being asked for or read")
    func refusesLarge() async throws {
        try await withServer { _, address in
            let expecting = try Client(address)
            let answer = try expecting.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1048577\r\n\r\n")
            #expect(answer.status == 413)
            #expect(try expecting.isAtEnd())
            // A client that sends on regardless still reads its answer, and no reset.
            let sending = try Client(address)
            try sending.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")
            for _ in 0..<80 { try? sending.send([UInt8](repeating: 0x61, count: 100_000)) }
            #expect(try sending.readAnswer().body == "body_too_large")
        }
    }
}
