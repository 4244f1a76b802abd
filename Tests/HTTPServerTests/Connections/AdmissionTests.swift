import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@Suite("A request that its head decides")
struct AdmissionTests {
    /// What the service was asked, in order.
    private final class Record: Sendable {
        private let entries = Mutex<[String]>([])
        func note(_ entry: String) { entries.withLock { $0.append(entry) } }
        var all: [String] { entries.withLock { $0 } }
    }

    /// Refuses what goes to `/no`, and says what it was asked.
    private func serving(
        _ body: (Server<TestService>, BoundAddress, Record) async throws -> Void
    ) async throws {
        let record = Record()
        try await withServer {
            $0.limits.body = 1000
            $0.timeouts.linger = .seconds(60)
        } admit: { request, length in
            record.note("admit \(request.path) \(length.map(String.init) ?? "?")")
            return request.path == "/no"
                ? .refused(.text("no", status: .unauthorized), route: nil) : .body(upTo: 200_000)
        } answer: { request, _ in
            record.note("respond \(request.path) \(request.body.count) \(request.isAdmitted)")
            let isRefused = request.path == "/no"
            return .now(isRefused ? .text("no", status: .unauthorized) : .text("\(request.body.count)"))
        } _: { server, address in
            try await body(server, address, record)
        }
    }

    @Test("is answered before its body comes, and the body is dropped for the sake of what follows")
    func dropsTheBody() async throws {
        for head in ["Content-Length: 900", "Transfer-Encoding: chunked", "Content-Length: 60000"] {
            try await serving { server, address, record in
                let client = try Client(address)
                try client.send("POST /no HTTP/1.1\r\nHost: a\r\n\(head)\r\n\r\n")
                let answer = try client.readAnswer()
                #expect(answer.status == 401)
                #expect(answer.fields["connection"] == nil)
                let body =
                    head.hasPrefix("T")
                    ? "5\r\nhello\r\n0\r\n\r\n" : String(repeating: "G", count: Int(head.dropFirst(16))!)
                try client.send(body)
                #expect(try client.get("/after").body == "0")
                #expect(record.all.last == "respond /after 0 false")
                #expect(record.all.count == 2)
                #expect(server.counters.requests == 2)
            }
        }
    }

    @Test("closes the connection when its body is too long to drop, is waited for, or ends it anyway")
    func closes() async throws {
        for fields in [
            "Content-Length: 65537\r\n", "Content-Length: 10\r\nExpect: 100-continue\r\n",
            "Content-Length: 10\r\nConnection: close\r\n",
        ] {
            try await serving { server, address, _ in
                let client = try Client(address)
                try client.send("POST /no HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
                let answer = try client.readAnswer()
                #expect(answer.status == 401, "\(fields)")
                #expect(answer.fields["connection"] == "close")
                // What is sent all the same is read and thrown away, so that the answer is seen and no reset.
                try client.send(String(repeating: "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n", count: 10))
                #expect(try client.isAtEnd())
                #expect(server.counters.requests == 1)
            }
        }
    }

    @Test("gets one answer, however its body goes wrong after it")
    func answersOnce() async throws {
        for (fields, rest) in [
            ("Transfer-Encoding: chunked", "x\r\n"), ("Transfer-Encoding: chunked", "10001\r\n"),
            ("Content-Length: 10", "abc"),
        ] {
            try await serving { server, address, _ in
                let client = try Client(address)
                try client.send("POST /no HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n")
                #expect(try client.readAnswer().status == 401)
                try client.send(rest)
                client.finishSending()
                #expect(try client.isAtEnd())
                #expect(server.counters.refused == [:])
            }
        }
    }

    @Test("waits for the answers before it")
    func keepsTheOrder() async throws {
        let held = HeldReplies()
        try await withServer(
            admit: { _, _ in .refused(.text("no", status: .unauthorized), route: nil) }, answer: { held.hold($0, $1) }
        ) { _, address in
            let client = try Client(address)
            try client.send(
                "GET /a HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
            #expect(try await eventually { held.count == 1 })
            held.take()[0].reply.send { _ in .text("first") }
            #expect(try client.readAnswer().body == "first")
            #expect(try client.readAnswer().body == "no")
        }
    }

    @Test("is asked about once, and only when its body is not all there or is longer than usual")
    func asksOnce() async throws {
        try await serving { _, address, record in
            let client = try Client(address)
            #expect(try client.ask("POST /w HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello").body == "5")
            #expect(try client.get("/g").body == "0")
            #expect(record.all == ["respond /w 5 false", "respond /g 0 false"])
            try client.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
            #expect(try await eventually { record.all.count == 3 })
            try client.send("llo")
            #expect(try client.readAnswer().body == "5")
            let long = String(repeating: "x", count: 2000)
            #expect(try client.ask("POST /l HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n\(long)").body == "2000")
            #expect(
                record.all.dropFirst(2) == [
                    "admit /p 5", "respond /p 5 true", "admit /l 2000", "respond /l 2000 true",
                ])
        }
    }
}
