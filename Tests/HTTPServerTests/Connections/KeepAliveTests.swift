import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("A connection that stays")
struct KeepAliveTests {
    @Test("carries one request after another")
    func staysOpen() async throws {
        try await withServer { server, address in
            let client = try Client(address)
            for number in 0..<20 {
                let answer = try client.get("/\(number)")
                #expect(answer.status == 200)
                #expect(answer.body == "/\(number)")
                #expect(answer.fields["connection"] == nil)
                #expect(answer.fields["content-length"] == String(answer.body.utf8.count))
                #expect(answer.fields["date"]?.hasSuffix("GMT") == true)
                #expect(answer.fields["x-request-id"]?.isEmpty == false)
            }
            #expect(server.counters.requests == 20)
            #expect(server.counters.accepted == 1)
        }
    }

    @Test("works when every byte comes alone")
    func bytewise() async throws {
        try await serving { request, _ in
            .now(.text("\(request.path) \(String(decoding: request.body, as: UTF8.self))"))
        } _: { _, address in
            let client = try Client(address)
            for byte in "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8 {
                try client.send([byte])
            }
            #expect(try client.readAnswer().body == "/a abc")
        }
    }

    @Test("closes when the client says so")
    func closesWhenAsked() async throws {
        try await withServer { _, address in
            let client = try Client(address)
            let answer = try client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /more HTTP/1.1\r\n")
            #expect(answer.fields["connection"] == "close")
            #expect(try client.isAtEnd())
        }
    }

    @Test("follows HTTP/1.0's rules for HTTP/1.0")
    func servesHTTP10() async throws {
        try await withServer { _, address in
            let client = try Client(address)
            let kept = try client.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(kept.fields["connection"] == "keep-alive")
            let last = try client.ask("GET /b HTTP/1.0\r\n\r\n")
            #expect(last.body == "/b")
            #expect(last.fields["connection"] == "close")
            #expect(try client.isAtEnd())
        }
    }

    @Test("answers a client that has ended its side, then closes")
    func halfClose() async throws {
        let held = HeldReplies()
        try await serving {
            held.hold($0, $1)
        } _: { _, address in
            let client = try Client(address)
            try client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
            client.finishSending()
            #expect(try await eventually { held.count == 2 })
            for (path, reply) in held.take() { reply.send { _ in .text(path) } }
            #expect(try client.readAnswer().body == "/a")
            let last = try client.readAnswer()
            #expect(last.body == "/b")
            #expect(last.fields["connection"] == "close")
            #expect(try client.isAtEnd())
        }
    }

    @Test(
        "says 400 to a client that ended its side amid a request",
        arguments: [
            "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc",
        ])
    func endsEarly(_ part: String) async throws {
        try await withServer { _, address in
            let client = try Client(address)
            try client.send(part)
            client.finishSending()
            #expect(try client.readAnswer().status == 400)
            #expect(try client.isAtEnd())
        }
    }

    @Test("gives HEAD, 204 and 304 no body and the right length")
    func withoutBodies() async throws {
        try await serving { request, _ in
            switch request.path {
            case "/204": .now(Response(status: .noContent, body: .bytes([1])))
            case "/304": .now(Response(status: .notModified, body: .bytes([1])))
            case "/none": .now(Response(status: .ok))
            default: .now(.text("hello"))
            }
        } _: { _, address in
            let client = try Client(address)
            let head = try client.ask("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(head.fields["content-length"] == "5")
            for path in ["/204", "/304"] {
                let answer = try client.get(path)
                #expect(answer.status == Int(path.dropFirst()))
                #expect(answer.fields["content-length"] == nil)
            }
            #expect(try client.get("/none").fields["content-length"] == "0")
            #expect(try client.get("/a").body == "hello")
        }
    }

    @Test("serves IPv6")
    func servesIPv6() async throws {
        try await withServer {
            $0.listen = ListenAddress(host: "::1", port: 0)
        } answer: { request, _ in
            .now(.text("\(request.peer.host) \(request.peer.isLoopback)"))
        } _: { _, address in
            #expect(address.isLoopback)
            #expect(address.description == "[::1]:\(address.port)")
            let body = try Client(address).get("/").body
            #expect(body == "::1 true")
        }
    }

    @Test("knows an IPv4 peer of an IPv6 socket as IPv4")
    func knowsMappedPeers() async throws {
        try await withServer {
            $0.listen = ListenAddress(host: "::", port: 0)
        } answer: { request, _ in
            .now(.text("\(request.peer.host) \(request.peer.isLoopback)"))
        } _: { _, address in
            #expect(!address.isLoopback)
            let other = try Client(BoundAddress(host: "127.0.0.1", port: address.port, isLoopback: true))
            #expect(try other.get("/").body == "127.0.0.1 true")
        }
    }
}
