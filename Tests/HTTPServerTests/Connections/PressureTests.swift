import Glibc
import HTTPServer
import Testing

@Suite("Under pressure")
struct PressureTests {
    static let answerOfAMegabyte = String(repeating: "x", count: 1 << 20)

    /// Asks on connections that are there and on new ones.
    private func serveHonestly(_ address: BoundAddress, on old: Client) throws {
        for _ in 0..<20 {
            #expect(try old.get("/honest").body == "/honest")
            #expect(try Client(address).get("/honest").body == "/honest")
        }
    }

    @Test("a thousand clients that drip their headers keep nobody from being served")
    func slowloris() async throws {
        try await withServer { server, address in
            let honest = try Client(address)
            let attackers = try (0..<1000).map { _ in try Client(address) }
            for part in ["GET / HTTP/1.1\r\n", "Host: a\r\n", "X-a: b\r\n", "X-a: b\r\n"] {
                for attacker in attackers { try attacker.send(part) }
                try serveHonestly(address, on: honest)
            }
            #expect(server.counters.requests == 160)
            // They were slow, not wrong: each is answered when it comes to its end.
            for attacker in attackers { try attacker.send("\r\n") }
            for attacker in attackers { #expect(try attacker.readAnswer().status == 200) }
        }
    }

    @Test("clients that drip their headers longer than they may are each told so")
    func slowlorisEnds() async throws {
        try await withServer {
            $0.timeouts.header = .milliseconds(300)
        } _: { server, address in
            let attackers = try (0..<300).map { _ in try Client(address) }
            for attacker in attackers { try attacker.send("GET / HTTP/1.1\r\nHost: a\r\n") }
            for attacker in attackers {
                #expect(try attacker.readAnswer().status == 408)
                #expect(try attacker.isAtEnd())
            }
            #expect(server.counters.refused == ["request_timeout": 300])
            #expect(try await eventually { server.counters.connections == 0 })
        }
    }

    @Test("readers that do not read hold up nobody else, and get the whole answer once they do")
    func slowReaders() async throws {
        try await serving { request, _ in
            .now(.text(request.path == "/big" ? Self.answerOfAMegabyte : request.path))
        } _: { _, address in
            let honest = try Client(address)
            let readers = try (0..<50).map { _ in try Client(address, receiveBuffer: 4096) }
            for reader in readers { try reader.send(PipelineTests.gets(["/big", "/after"])) }
            try serveHonestly(address, on: honest)
            for reader in readers {
                #expect(try reader.readAnswer().body.utf8.count == 1 << 20)
                #expect(try reader.readAnswer().body == "/after")
            }
        }
    }

    @Test("clients that have ended their side get every answer they asked for")
    func halfOpen() async throws {
        let held = HeldReplies()
        try await serving { request, reply in
            request.path == "/held" ? held.hold(request, reply) : .now(.text(request.path))
        } _: { server, address in
            let honest = try Client(address)
            let halves = try (0..<200).map { _ in try Client(address) }
            for half in halves {
                try half.send(PipelineTests.gets(["/held", "/a"]))
                half.finishSending()
            }
            #expect(try await eventually { held.count == 200 })
            try serveHonestly(address, on: honest)
            for (path, reply) in held.take() { reply.send { _ in .text(path) } }
            for half in halves {
                #expect(try half.readAnswer().body == "/held")
                #expect(try half.readAnswer().body == "/a")
                #expect(try half.isAtEnd())
            }
            #expect(try await eventually { server.counters.connections == 1 })
        }
    }

    @Test("clients that vanish while their answers are made leave nothing behind")
    func vanish() async throws {
        let held = HeldReplies()
        try await serving { request, reply in
            request.path == "/held" ? held.hold(request, reply) : .now(.text(request.path))
        } _: { server, address in
            let honest = try Client(address)
            let clients = try (0..<200).map { _ in try Client(address) }
            for client in clients { try client.send(PipelineTests.gets(["/held", "/a"])) }
            #expect(try await eventually { held.count == 200 })
            for client in clients { client.reset() }
            try serveHonestly(address, on: honest)
            #expect(try await eventually { server.counters.connections == 1 })
            for (path, reply) in held.take() { reply.send { _ in .text(path) } }
            try serveHonestly(address, on: honest)
        }
    }

    @Test("a flood of connections beyond the limit is told 503, while those that are there go on")
    func flood() async throws {
        try await withServer {
            $0.connections = 50
        } _: { server, address in
            let there = try (0..<50).map { _ in try Client(address) }
            for client in there { #expect(try client.get("/").status == 200) }
            // More at once than the server keeps until they have read their answer.
            for _ in 0..<3 {
                let flood = try (0..<400).map { _ in try Client(address) }
                for client in there { #expect(try client.get("/still").body == "/still") }
                for client in flood {
                    let answer = try client.readAnswer()
                    #expect(answer.status == 503)
                    #expect(answer.fields["connection"] == "close")
                    #expect(try client.isAtEnd())
                }
            }
            #expect(server.counters.refused == ["busy": 1200])
            for client in there { #expect(try client.get("/still").body == "/still") }
        }
    }
}
