import HTTPServer
import HTTPTypes
import Testing

@Suite("A peer that keeps others waiting")
struct TimeoutTests {
    @Test(
        "gets 408 for a header or body that does not come",
        arguments: [
            "GET / HTT", "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        ])
    func timesOut(_ part: String) async throws {
        try await withServer {
            $0.timeouts.header = .milliseconds(100)
            $0.timeouts.body.grace = .milliseconds(100)
        } _: { _, address in
            let client = try Client(address)
            #expect(try client.get("/").status == 200)
            try client.send(part)
            let answer = try client.readAnswer()
            #expect(answer.status == 408)
            #expect(answer.body == "request_timeout")
            #expect(try client.isAtEnd())
        }
    }

    @Test("cannot stretch a header byte by byte")
    func resistsDripping() async throws {
        try await withServer {
            $0.timeouts.header = .milliseconds(150)
        } _: { server, address in
            let client = try Client(address)
            for byte in "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "A: b\r\n", count: 90))\r\n".utf8 {
                guard (try? client.send([byte])) != nil else { break }
                if server.counters.refused["request_timeout"] == 1 { break }
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(server.counters.refused["request_timeout"] == 1)
            #expect(server.counters.requests == 0)
        }
    }

    @Test("is let go when it is idle, without a word")
    func closesIdle() async throws {
        try await withServer {
            $0.timeouts.idle = .milliseconds(100)
        } _: { server, address in
            let client = try Client(address)
            #expect(try client.get("/").status == 200)
            #expect(try client.isAtEnd())
            #expect(try Client(address).isAtEnd())
            #expect(try await eventually { server.counters.connections == 0 })
        }
    }

    @Test("is not let go while the service owes it an answer")
    func waitsForTheService() async throws {
        let held = HeldReplies()
        try await withServer {
            $0.timeouts.idle = .milliseconds(50)
            $0.timeouts.header = .milliseconds(50)
        } answer: {
            held.hold($0, $1)
        } _: { _, address in
            let client = try Client(address)
            try client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { held.count == 1 })
            try await Task.sleep(for: .milliseconds(300))
            held.take()[0].reply.send { _ in .text("a") }
            #expect(try client.readAnswer().body == "a")
        }
    }

    @Test("is cut off when it does not take its answer")
    func cutsSlowReaders() async throws {
        try await withServer {
            $0.timeouts.write = Pace(grace: .milliseconds(100), bytesPerSecond: 1_000_000_000)
        } answer: { _, _ in
            .now(.text(String(repeating: "x", count: 20_000_000)))
        } _: { server, address in
            let client = try Client(address, receiveBuffer: 4096)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { server.counters.accepted == 1 && server.counters.connections == 0 })
        }
    }

    @Test("is not cut off while it takes its answer, so little at a time that the system has no room for more")
    func keepsSteadyReaders() async throws {
        try await withServer {
            $0.timeouts.write = Pace(grace: .seconds(4), bytesPerSecond: 2_000)
        } answer: { _, _ in
            .now(.text(String(repeating: "x", count: 20_000_000)))
        } _: { server, address in
            let client = try Client(address, receiveBuffer: 4096)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            for _ in 0..<260 {
                #expect(try client.readSome(atMost: 512))
                try await Task.sleep(for: .milliseconds(25))
            }
            #expect(server.counters.connections == 1)
            client.leave()
        }
    }

    @Test("is cut off when it neither ends nor reads after a refusal")
    func endsLingering() async throws {
        try await withServer {
            $0.timeouts.linger = .milliseconds(100)
        } _: { server, address in
            let client = try Client(address)
            try client.send("BAD\r\n\r\n")
            #expect(try await eventually { server.counters.refused.count == 1 })
            #expect(try await eventually { server.counters.connections == 0 })
            #expect(try client.readAnswer().status == 400)
        }
    }
}
