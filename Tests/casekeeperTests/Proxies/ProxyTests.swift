import Foundation
import TestSupport
import Testing

/// What a client has of the service through Debian's proxies, each as the documentation has it.
@Suite("Behind a proxy", .serialized)
struct ProxyTests {
    let folder = try! TemporaryFolder()
    private let token: String

    init() throws {
        // nginx's workers have to come by.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
        let made = try Binary.run(["token", "create", "Ann", "--role", "admin"], in: folder)
        token = "Authorization: Bearer " + made.output.trimmingCharacters(in: .newlines)
    }

    @Test("everything comes through, with TLS and HTTP/2 outside", arguments: FrontProxy.Kind.allCases)
    func comesThrough(kind: FrontProxy.Kind) throws {
        let server = try RunningServer(["--trusted-proxy", "127.0.0.1"], in: folder)
        let proxy = try FrontProxy(kind, before: server.port, in: folder)
        let refused = try proxy.ask("/v1/cases")
        #expect(refused.contains(#""code": "unauthenticated""#) && refused.hasSuffix("\n401 2"), "\(refused)")
        #expect(try proxy.ask("/v1/cases", "--header", token).contains(#""items":[]"#))

        // More than a proxy takes by itself, and than any other route of the service's.
        let complaint = String(repeating: "It drips. ", count: 500)
        let cases = (0..<400).map { #"{"complaint":"\#(complaint)","customer":{"name":"C\#($0)"}}"# }
        try folder.write("{\"items\":[" + cases.joined(separator: ",") + "]}", to: "bulk.json")
        let bulk = try proxy.ask("/v1/cases/bulk", "--header", token, "--json", "@bulk.json")
        #expect(bulk.contains("\"created\":400,"), "\(bulk.prefix(400))")
        // Too long for the service is told by the service.
        let long = try proxy.ask("/v1/cases", "--header", token, "--json", "@bulk.json")
        // Whoever is still sending when it comes may be told the status alone: it is answered before all has come.
        #expect(long.hasSuffix("\n413 2"), "\(long)")
        #expect(long.contains(#""code": "body_too_large""#) || long == "\n413 2", "\(long)")

        // A page of the proxy's own, by the name and the port that a browser sees.
        let own = try proxy.ask("/v1/cases?limit=1", "--header", token, "--header", "Origin: \(proxy.origin)")
        #expect(own.contains("\"items\":[{"), "\(own)")
        for origin in ["http://evil.example", "https://\(FrontProxy.host)", "https://\(FrontProxy.host):1"] {
            let foreign = try proxy.ask("/v1/cases", "--header", token, "--header", "Origin: \(origin)")
            #expect(foreign.contains("forbidden"), "\(origin): \(foreign)")
        }

        // Where a new thing is, below whatever name it was asked for.
        let made = try proxy.ask(
            "/v1/cases", "--header", token, "--include", "--json",
            #"{"complaint":"It leaks.","customer":{"name":"Bo"}}"#)
        #expect(made.lowercased().contains("\nlocation: /v1/cases/401\r\n"), "\(made)")

        // Whom it is from is the proxy's to say, and nobody else's.
        _ = try proxy.ask("/v1/cases/401", "--header", token, "--header", "X-Forwarded-For: 203.0.113.9")
        #expect(eventually { server.process.errors.contains("path=/v1/cases/401 ") })
        let line = server.process.errors.split(separator: "\n").last { $0.contains("path=/v1/cases/401 ") } ?? ""
        #expect(line.contains("client=127.0.0.2") && line.contains("peer=127.0.0.1"), "\(line)")
    }

    @Test("nginx sends on who comes by http, and logs nothing of what that had")
    func plain() throws {
        let server = try RunningServer(["--trusted-proxy", "127.0.0.1"], in: folder)
        let proxy = try FrontProxy(.nginx, before: server.port, in: folder)
        let port = try #require(proxy.plainPort)
        for (path, host) in [("/board/search?q=secret", "desk.example"), ("/c/secret", "other.example")] {
            let answer = try RunningProcess(
                path: "/usr/bin/curl",
                [
                    "--silent", "--include", "--max-time", "20", "--header", "Host: \(host)",
                    "http://127.0.0.1:\(port)\(path)",
                ],
                environment: [:], in: folder
            ).wait().output
            #expect(answer.hasPrefix("HTTP/1.1 301 "), "\(answer)")
            #expect(answer.contains("\r\nLocation: https://desk.example\(path)\r\n"), "\(answer)")
            #expect(answer.contains("\r\nReferrer-Policy: no-referrer\r\n"), "\(answer)")
        }
        #expect(eventually { proxy.logs.contains(" 301 ") })
        #expect(!proxy.logs.contains("secret"), "\(proxy.logs)")
    }

    @Test("who waits for events has them as they happen", arguments: FrontProxy.Kind.allCases)
    func events(kind: FrontProxy.Kind) throws {
        let server = try RunningServer(["--trusted-proxy", "127.0.0.1"], in: folder)
        let proxy = try FrontProxy(kind, before: server.port, in: folder)
        // The token's own is there.
        let told = try proxy.ask("/v1/events?after=0", "--header", token)
        let last = try #require(told.matches(of: /"id":(\d+),"type"/).last?.1)
        let waiting = try proxy.start("/v1/events?after=\(last)&wait=60", ["--header", token])
        let stream = folder.path("stream")
        let following = try proxy.start(
            "/v1/events?after=\(last)",
            ["--header", token, "--header", "Accept: text/event-stream", "--output", stream])
        #expect(try eventually { try waiters(proxy) == 2 })
        let body = #"{"complaint":"It leaks.","customer":{"name":"Bo"}}"#
        #expect(try proxy.ask("/v1/cases", "--header", token, "--json", body).hasSuffix("\n201 2"))
        #expect(try waiting.wait().output.contains("case.opened"))
        let isTold = eventually { (try? folder.read("stream").contains(#""type":"case.opened""#)) ?? false }
        #expect(isTold && !following.hasEnded, "the stream goes on")
        following.signal(SIGTERM)
        #expect(try eventually { try waiters(proxy) == 0 }, "whoever went has gone for the service, too")
    }

    /// How many wait for events, by the service's own word.
    private func waiters(_ proxy: FrontProxy) throws -> Int? {
        let metrics = try proxy.ask("/metrics", "--header", token)
        return metrics.firstMatch(of: /\ncasekeeper_events_waiting (\d+)\n/).flatMap { Int($0.1) }
    }

    @Test("nothing of a secret path, or of what was searched for, is in its logs", arguments: FrontProxy.Kind.allCases)
    func logs(kind: FrontProxy.Kind) throws {
        let server = try RunningServer(in: folder)
        let proxy = try FrontProxy(kind, before: server.port, in: folder)
        func ask() throws {
            _ = try proxy.ask("/c/S3cretOfAnn", "--header", token)
            _ = try proxy.ask("/c/S3cretOfAnn/more?S3cret=Query", "--header", token)
            _ = try proxy.ask("/v1/cases?q=S3cretWords", "--header", token)
            for path in [
                "/%63/S3cret", "/%43/S3cret", "//c/S3cret", "/C/S3cret", "/c%2FS3cret", "/c//S3cret", "/x/../c/S3cret",
                "/./c/S3cret",
                "/v1/c/S3cret", "\(proxy.origin)/c/S3cret", "\(proxy.origin)/%63/S3cret?S3cret",
            ] {
                _ = try proxy.ask("/", "--header", token, "--path-as-is", "--http1.1", "--request-target", path)
            }
        }
        try ask()
        #expect(
            eventually { proxy.logs.contains("/v1/cases") && proxy.logs.matches(of: /\/c\//).count >= 2 },
            "\(proxy.logs)")
        // What a proxy says where there is no service is another log.
        server.process.signal(SIGTERM)
        _ = try server.process.wait()
        try ask()
        #expect(eventually { proxy.logs.contains("502") })
        #expect(!proxy.logs.contains("S3cret"), "\(proxy.logs)")
        let secret = token.drop { $0 != "_" }
        #expect(!proxy.logs.contains(secret), "\(proxy.logs)")
    }

    @Test("nobody comes through by another host's name, whatever Origin says", arguments: FrontProxy.Kind.allCases)
    func otherHosts(kind: FrontProxy.Kind) throws {
        let server = try RunningServer(["--trusted-proxy", "127.0.0.1"], in: folder)
        let proxy = try FrontProxy(kind, before: server.port, in: folder)
        for host in ["evil.example", "127.0.0.1"] {
            for origin in [[], ["--header", "Origin: https://\(host)"]] {
                let body = #"{"complaint":"It leaks.","customer":{"name":"Bo"}}"#
                let answer = try proxy.start(
                    "/v1/cases", ["--header", token, "--header", "Host: \(host)", "--json", body] + origin
                ).wait().output
                #expect(!answer.contains("\n201 ") && !answer.contains("It leaks"), "\(answer)")
            }
        }
        #expect(try proxy.ask("/v1/cases", "--header", token).contains(#""items":[]"#))
        #expect(!server.process.errors.contains("status=201"))
    }

    @Test("nginx passes a stream on as it comes, whatever it does with other answers")
    func buffering() throws {
        let server = try RunningServer(in: folder)
        let keeping = try FrontProxy(.nginx, before: server.port, in: folder) {
            $0.replacing("proxy_buffering off;", with: "")
        }
        let stream = folder.path("stream")
        let following = try keeping.start(
            "/v1/events?after=0", ["--header", token, "--header", "Accept: text/event-stream", "--output", stream])
        let body = #"{"complaint":"It leaks.","customer":{"name":"Bo"}}"#
        #expect(try keeping.ask("/v1/cases", "--header", token, "--json", body).hasSuffix("\n201 2"))
        #expect(eventually { (try? folder.read("stream").contains(#""type":"case.opened""#)) ?? false })
        following.signal(SIGTERM)
    }
}
