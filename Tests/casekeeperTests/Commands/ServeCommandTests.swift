import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("casekeeper serve", .serialized)
struct ServeCommandTests {
    let folder = try! TemporaryFolder()

    private func curl(_ arguments: String...) throws -> String {
        try RunningProcess(
            path: "/usr/bin/curl", ["--silent", "--show-error", "--max-time", "20"] + arguments, environment: [:],
            in: folder
        ).wait().output
    }

    @Test(
        "says where it listens and that it is in protected mode, and ends well when told to",
        arguments: [SIGTERM, SIGINT])
    func startAndEnd(signal: Int32) throws {
        let server = try RunningServer(in: folder)
        let created = try curl(
            "--json", #"{"complaint": "x", "customer": {"name": "y"}}"#, "http://127.0.0.1:\(server.port)/v1/cases")
        #expect(created.hasPrefix(#"{"id":1,"#))
        server.process.signal(signal)
        let result = try server.process.wait()
        #expect(result.exitCode == 0)
        #expect(result.errors.contains("database=\(folder.path("casekeeper.db"))"))
        #expect(result.errors.contains("protected mode"))
        #expect(result.errors.contains("notice shut down"))
        // The log was moved into the database, and what was answered with 201 is there.
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path("casekeeper.db-wal"))
        #expect(attributes?[.size] as? Int ?? 0 == 0)
        #expect(try Database(path: folder.path("casekeeper.db")).cases().count == 1)
    }

    @Test("with --no-create it begins no empty record: where there is none it says what brings it back")
    func noCreate() throws {
        func refusal(_ environment: [String: String] = [:], _ words: String...) throws -> String {
            let before = try FolderSnapshot(of: folder)
            let result = try Binary.run(
                ["serve", "--listen", "127.0.0.1:0"] + words, environment: environment, in: folder)
            #expect(result.exitCode == 66, "\(result)")
            #expect(try before.difference(to: FolderSnapshot(of: folder)) == [])
            return result.errors
        }
        let place = folder.path("casekeeper.db")
        let none = try refusal([:], "--no-create")
        let words = "there is no database \(place), and --no-create makes none. Restore a backup:"
        #expect(none.contains(words), "\(none)")
        #expect(none.contains("casekeeper restore FILE --database \(place)\n"))
        #expect(none.contains("or, for a new desk, make one:\n  casekeeper migrate --database \(place)\n"))
        #expect(try refusal(["CASEKEEPER_NO_CREATE": "yes"]).contains("--no-create makes none"))
        try folder.write("", to: "casekeeper.db")
        #expect(try refusal([:], "--no-create").contains("casekeeper.db is empty, and --no-create makes none"))
        #expect(try Binary.run(["migrate", "--database", "a.db"], in: folder).exitCode == 0)
        #expect(try Binary.run(["backup", "casekeeper.db.rescued", "--database", "a.db"], in: folder).exitCode == 0)
        let told = try refusal([:], "--no-create")
        let command = try #require(told.firstMatch(of: /\n  casekeeper (restore [^\n]*\.rescued [^\n]*)\n/))
        #expect(try Binary.run(command.1.split(separator: " ").map(String.init), in: folder).exitCode == 0, "\(told)")
        let server = try RunningServer(["--no-create"], in: folder)
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test("finishes what is in flight before it ends")
    func drain() throws {
        let server = try RunningServer(in: folder)
        let socket = try ClientSocket(port: server.port)
        let body = #"{"complaint": "x", "customer": {"name": "y"}}"#
        try socket.send(
            "POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(10))
        // An answer on another connection shows that the server has had time to take the first one up.
        _ = try curl("http://127.0.0.1:\(server.port)/healthz")
        server.process.signal(SIGTERM)
        #expect(eventually { server.process.errors.contains("shutting down") })
        try socket.send(String(body.dropFirst(10)))
        let answer = try socket.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
        #expect(try server.process.wait().exitCode == 0)
        #expect(try Database(path: folder.path("casekeeper.db")).cases().count == 1)
    }

    @Test("ends at once at the second signal")
    func secondSignal() throws {
        let server = try RunningServer(["--drain-timeout", "PT1H"], in: folder)
        let socket = try ClientSocket(port: server.port)
        try socket.send("POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
        _ = try curl("http://127.0.0.1:\(server.port)/healthz")
        server.process.signal(SIGTERM)
        #expect(eventually { server.process.errors.contains("shutting down") })
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 143)
    }

    @Test("refuses an address that others can reach while there is no token, and says how to make one")
    func noToken() throws {
        let refused = try Binary.run(["serve", "--listen", "127.0.0.1:0,0.0.0.0:0"], in: folder)
        #expect(refused.exitCode == 78)
        #expect(refused.errors.contains("0.0.0.0:0 can be reached from elsewhere"))
        #expect(refused.errors.contains("token create NAME --role admin --database \(folder.path("casekeeper.db"))"))
    }

    @Test("listens for others with a bootstrap token, and lets in whoever has it")
    func bootstrap() throws {
        let server = try RunningServer(
            ["--listen", "0.0.0.0:0"], environment: ["CASEKEEPER_BOOTSTRAP_TOKEN_FILE": "token"], in: folder)
        let url = "http://127.0.0.1:\(server.port)/v1/cases"
        #expect(try curl(url).contains(#""code": "unauthenticated""#))
        let secret = try folder.read("token").trimmingCharacters(in: .newlines)
        #expect(try curl("--header", "Authorization: Bearer \(secret)", url).contains(#""items":[]"#))
        #expect(!server.process.errors.contains("protected mode"))
        #expect(!server.process.errors.contains(secret))
    }

    @Test("takes a bound of the server from the command line")
    func bounds() throws {
        let server = try RunningServer(["--body-limit", "1024"], in: folder)
        let text = String(repeating: "x", count: 2000)
        let answer = try curl(
            "--json", #"{"complaint": "\#(text)", "customer": {"name": "y"}}"#,
            "http://127.0.0.1:\(server.port)/v1/cases")
        #expect(answer.contains(#""code": "body_too_large""#))
    }

    @Test("an address that is taken is a matter of configuration")
    func addressInUse() throws {
        let server = try RunningServer(in: folder)
        let second = try Binary.run(
            ["serve", "--listen", "127.0.0.1:\(server.port)", "--database", "b.db"], in: folder)
        #expect(second.exitCode == 78)
        #expect(second.errors.contains("already listens on 127.0.0.1:\(server.port)"))
    }

    static let mistakes: [[String]] = [
        ["--listen", "nonsense"], ["--listen", ""], ["--listen", "127.0.0.1:99999"], ["--log-level", "loud"],
        ["--log-format", "xml"], ["--loops", "0"], ["--idle-timeout", "10"], ["--drain-timeout", "P1Y"],
        ["--body-limit", "1"], ["--connections", "-1"],
    ]

    @Test("says what is wrong with the command line", arguments: mistakes)
    func usage(arguments: [String]) throws {
        let result = try Binary.run(["serve"] + arguments, in: folder)
        #expect(result.exitCode == 64, "\(result.errors)")
        #expect(!folder.has("casekeeper.db"))
    }
}
