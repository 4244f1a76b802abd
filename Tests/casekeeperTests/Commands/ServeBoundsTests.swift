import ArgumentParser
import CaseAPI
import CaseStore
import Complaints
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import casekeeper

@Suite("The bounds of casekeeper serve")
struct ServeBoundsTests {
    let folder = try! TemporaryFolder()

    /// What the options come to: the server's configuration, and what the service is told of a request.
    @dynamicMemberLookup
    struct Settings {
        var configuration = ServerConfiguration(listen: ListenAddress(host: "127.0.0.1", port: 0))
        var bulkBodyLimit = 0

        subscript<Value>(dynamicMember path: KeyPath<ServerConfiguration, Value>) -> Value {
            configuration[keyPath: path]
        }
    }

    /// An option with a value that is not its default, and what it sets.
    struct Bound: Sendable {
        let option: String
        let value: String
        let read: @Sendable (Settings) -> String

        init(_ option: String, _ value: String, _ read: @escaping @Sendable (Settings) -> Any) {
            self.option = option
            self.value = value
            self.read = { "\(read($0))" }
        }
    }

    @Test("what is refused before there is a path has browsers tell no other page of it")
    func refusedWithoutPath() throws {
        let server = try RunningServer(
            ["--request-line-limit", "200", "--header-limit", "200", "--header-timeout", "PT0.3S"], in: folder)
        let long = String(repeating: "x", count: 300)
        for (request, status) in [
            ("no request\r\n\r\n", 400), ("GET /c/\(long) HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
            ("GET /c/x HTTP/3.0\r\nHost: localhost\r\n\r\n", 505), ("GET /c/x HTTP/1.1\r\nX: \(long)\r\n\r\n", 431),
            ("GET /c/x HTTP/1.1\r\nHost: loc", 408), ("GET /c/x HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        ] {
            let socket = try ClientSocket(port: server.port)
            try socket.send(request)
            let answer = try socket.readToEnd().lowercased()
            #expect(answer.hasPrefix("http/1.1 \(status) "), "\(answer)")
            #expect(answer.contains("\r\nreferrer-policy: no-referrer\r\n"), "\(answer)")
        }
    }

    static let bounds = [
        Bound("request-line-limit", "101") { $0.limits.requestLine },
        Bound("header-limit", "102") { $0.limits.headerLine },
        Bound("headers-limit", "103") { $0.limits.headers },
        Bound("header-count", "7") { $0.limits.headerFields },
        Bound("body-limit", "2001") { $0.limits.body },
        Bound("bulk-body-limit", "3001") { $0.bulkBodyLimit },
        Bound("chunk-line-limit", "17") { $0.limits.chunkLine },
        Bound("body-rate", "9") { $0.timeouts.body.bytesPerSecond },
        Bound("loops", "3") { $0.loops },
        Bound("connections", "11") { $0.connections },
        Bound("connections-per-peer", "5") { $0.connectionsPerPeer ?? 0 },
        Bound("backlog", "12") { $0.backlog },
        Bound("pipelined-requests", "4") { $0.pipelinedRequests },
        Bound("unsent-limit", "4096") { $0.unsentBytes },
        Bound("memory-limit", "5000000") { $0.memory.limit },
        Bound("memory-timeout", "PT9S") { seconds($0.timeouts.memory) },
        Bound("write-rate", "99") { $0.timeouts.write.bytesPerSecond },
        Bound("header-timeout", "PT2S") { seconds($0.timeouts.header) },
        Bound("body-timeout", "PT3S") { seconds($0.timeouts.body.grace) },
        Bound("idle-timeout", "PT4S") { seconds($0.timeouts.idle) },
        Bound("write-timeout", "PT6S") { seconds($0.timeouts.write.grace) },
        Bound("linger-timeout", "PT7S") { seconds($0.timeouts.linger) },
        Bound("drain-timeout", "PT8S") { seconds($0.timeouts.drain) },
    ]

    /// As an option takes it.
    private static func seconds(_ duration: Duration) -> String { "PT\(duration.components.seconds)S" }

    private func configuration(_ arguments: [String]) throws -> Settings {
        let command = try #require(try Casekeeper.parseAsRoot(["serve"] + arguments) as? ServeCommand)
        var settings = Settings()
        command.request.apply(to: &settings.configuration)
        command.connection.apply(to: &settings.configuration, memory: command.connection.memory(addresses: 1))
        settings.bulkBodyLimit = command.request.bulkBodyLimit
        return settings
    }

    @Test("set what their names say, and nothing else")
    func each() throws {
        let plain = try configuration([])
        for bound in Self.bounds {
            let changed = try configuration(["--\(bound.option)", bound.value])
            for other in Self.bounds {
                let expected = other.option == bound.option ? bound.value : other.read(plain)
                #expect(other.read(changed) == expected, "--\(bound.option) and \(other.option)")
            }
            #expect(bound.read(plain) != bound.value, "--\(bound.option)")
        }
        let named = Set(Self.bounds.map(\.option))
        let options =
            DeclaredOption.options(of: RequestOptions.self) + DeclaredOption.options(of: ConnectionOptions.self)
        #expect(Set(options.map(\.name)) == named)
    }

    @Test("reach the queues too")
    func queues() throws {
        let arguments = ["serve", "--write-queue", "5", "--write-batch", "6", "--report-queue", "7"]
        let command = try #require(try Casekeeper.parseAsRoot(arguments) as? ServeCommand)
        #expect(command.queue.storeOptions.queueLimit == 5)
        #expect(command.queue.storeOptions.batchLimit == 6)
        #expect(command.queue.reportQueue == 7)
    }

    @Test("reach the disk too")
    func disk() throws {
        let arguments = ["serve", "--min-free-space", "5", "--wal-limit", "70000", "--busy-timeout", "PT0.25S"]
        let command = try #require(try Casekeeper.parseAsRoot(arguments) as? ServeCommand)
        var options = StoreOptions()
        command.disk.apply(to: &options)
        #expect(options.minFreeSpace == 5)
        #expect(options.logLimit == 70_000)
        #expect(options.busyTimeout == ElapsedTime(milliseconds: 250))
    }

    @Test(
        "are refused where they make no sense",
        arguments: [
            ["--request-line-limit", "1"], ["--header-count", "0"], ["--body-rate", "0"], ["--write-rate", "-1"],
            ["--backlog", "70000"], ["--write-queue", "0"], ["--write-batch", "0"], ["--report-queue", "0"],
            ["--min-free-space", "-1"], ["--wal-limit", "65535"],
            ["--busy-timeout", "PT0S"],
            ["--unsent-limit", "1"], ["--pipelined-requests", "0"], ["--linger-timeout", "PT0S"],
            ["--body-timeout", "10"], ["--headers-limit", "x"],
        ])
    func refused(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try Casekeeper.parseAsRoot(["serve"] + arguments) }
        if let error { #expect(Casekeeper.fullMessage(for: error).contains(arguments[0])) }
    }

    @Test("work in the running server, from the command line and the environment")
    func live() throws {
        let server = try RunningServer(
            ["--request-line-limit", "64"], environment: ["CASEKEEPER_HEADER_COUNT": "2"], in: folder)
        func status(_ request: String) throws -> Substring {
            let socket = try ClientSocket(port: server.port)
            try socket.send(request)
            return try socket.readToEnd().dropFirst(9).prefix(3)
        }
        let close = "Host: localhost\r\nConnection: close\r\n"
        #expect(try status("GET /healthz HTTP/1.1\r\n\(close)\r\n") == "200")
        #expect(try status("GET /healthz HTTP/1.1\r\n\(close)A: b\r\n\r\n") == "431")
        #expect(try status("GET /healthz?\(String(repeating: "x", count: 64)) HTTP/1.1\r\n\(close)\r\n") == "414")
    }

    @Test("say when the system allows fewer open files than connections, and what would help")
    func descriptors() throws {
        func start(_ connections: String) throws -> String {
            let arguments = ["serve", "--listen", "127.0.0.1:0", "--loops", "2", "--connections", connections]
            let process = try RunningProcess(
                path: "/bin/sh", ["-c", #"ulimit -n 400; exec "$0" "$@""#, Binary.path] + arguments,
                environment: [:], in: folder)
            #expect(eventually { process.errors.contains("listening") || process.hasEnded })
            process.signal(SIGTERM)
            return try process.wait().errors
        }
        let words = try start("1000")
        #expect(words.contains("the limit of open files (RLIMIT_NOFILE) is too low"))
        #expect(words.contains("raise it to 1160"))
        #expect(words.contains("open_files=400"))
        #expect(words.contains("using=240"))
        #expect(!(try start("240")).contains("RLIMIT_NOFILE"))
    }

    @Test("the limit of open files is raised as far as it may be")
    func raised() throws {
        let process = try RunningProcess(
            path: "/bin/sh",
            [
                "-c", #"ulimit -Sn 200; ulimit -Hn 900; exec "$0" "$@""#, Binary.path, "serve", "--listen",
                "127.0.0.1:0", "--connections", "500",
            ], environment: [:], in: folder)
        #expect(eventually { process.errors.contains("listening") || process.hasEnded })
        let limits = try String(contentsOfFile: "/proc/\(process.id)/limits", encoding: .utf8)
        #expect(limits.contains(#/Max open files +900 +900 /#))
        process.signal(SIGTERM)
        #expect(!(try process.wait().errors.contains("RLIMIT_NOFILE")))
    }
}
