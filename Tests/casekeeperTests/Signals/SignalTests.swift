import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// What ends the built binary, and how.
@Suite("Signals", .serialized)
struct SignalTests {
    let folder = try! TemporaryFolder()

    /// With the dispositions of a login shell, whatever runs the tests.
    private static let shell = ["/usr/bin/env", "--default-signal"]

    @Test(
        "a signal that asks for the end lets what is in flight come to its own",
        arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
    func drain(signal: Int32) throws {
        let server = try RunningServer(launcher: Self.shell, in: folder)
        let socket = try ClientSocket(port: server.port)
        let body = #"{"complaint": "x", "customer": {"name": "y"}}"#
        try socket.send(
            "POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(10))
        // An answer on another connection shows that the server has had time to take the first one up.
        #expect(try ServiceAnswer("GET", "/healthz", port: server.port).status == 200)
        server.process.signal(signal)
        #expect(eventually { server.process.errors.contains("shutting down") })
        try socket.send(String(body.dropFirst(10)))
        #expect(try socket.readToEnd().hasPrefix("HTTP/1.1 201 "))
        #expect(try server.process.wait().exitCode == 0)
        #expect(try Database(path: folder.path("casekeeper.db")).cases().count == 1)
    }

    @Test("SIGPIPE ends nothing, and under nohup a terminal that is closed does not either")
    func survives() throws {
        let server = try RunningServer(launcher: ["/usr/bin/nohup"], in: folder)
        for signal in [SIGPIPE, SIGHUP, SIGXFSZ] {
            server.process.signal(signal)
            #expect(try ServiceAnswer("GET", "/readyz", port: server.port).status == 200)
        }
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test(
        "what makes a database or brings it up to date is not ended in the middle, and says where it stands",
        arguments: [
            ["migrate"], ["token", "create", "Ann", "--role", "admin"], ["token", "revoke", "1"], ["promote"],
        ])
    func migrationEnds(words: [String]) throws {
        let fixture = Repository.root.appending(path: "Tests/CaseStoreTests/Fixtures/V010.db.gz")
        let old = try gunzip(Array(Data(contentsOf: fixture)))
        let isOfNone = words.contains("create")
        var seen: Set<Int32> = []
        for attempt in 0..<12 {
            let isNew = isOfNone && attempt % 2 == 0
            if !isNew { try folder.write(old, to: "casekeeper.db") }
            let process = try Binary.start(words, launcher: Self.shell, in: folder)
            if attempt % 3 == 0 {
                usleep(UInt32(attempt) * 10_000)
            } else {
                // The lock is there from before the first step on.
                _ = eventually { folder.has("casekeeper.db-lock") || process.hasEnded }
            }
            process.signal(SIGTERM)
            let result = try process.wait()
            seen.insert(result.exitCode)
            switch result.exitCode {
            case 130:
                #expect(result.errors.contains("interrupted"), "\(result.errors)")
                #expect(!isNew || !folder.has("casekeeper.db") && !folder.has("casekeeper.db-lock"))
            // By the time that it came all was done; there is no token 1.
            case 0, 65: break
            default:
                // Before it had begun with anything, or once all was done.
                #expect(result.exitCode == 128 + SIGTERM, "\(result)")
            }
            if folder.has("casekeeper.db") {
                #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
                let verified = try Binary.run(["verify"], in: folder)
                #expect(verified.exitCode == 0, "\(verified)")
            }
            for suffix in ["", "-wal", "-shm", "-lock"] { unlink(folder.path("casekeeper.db" + suffix)) }
        }
        #expect(seen.contains(130), "\(seen)")
    }

    @Test("an import ends after the batch that it is in, and says so", arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
    func importEnds(signal: Int32) throws {
        let rows = (0..<200_000).map { "It leaks \($0).,Ann,\($0)\n" }.joined()
        try folder.write("words,name,key\n" + rows, to: "in.csv")
        let line = [
            "import", "in.csv", "--map", "complaint=words", "--map", "customer.name=name", "--map", "external_id=key",
            "--batch-size", "100",
        ]
        let process = try Binary.start(line, launcher: Self.shell, in: folder)
        let wal = folder.path("casekeeper.db-wal")
        #expect(
            eventually {
                let size = try? FileManager.default.attributesOfItem(atPath: wal)[.size] as? Int
                // The schema alone takes more than one of them.
                return size ?? 0 > 3 << 20
            })
        process.signal(signal)
        let result = try process.wait()
        #expect(result.exitCode == 130, "\(result.errors)")
        #expect(result.errors.contains("the same line again goes on where it stopped"))
        let added = try #require(result.output.firstMatch(of: /: (\d+) added/).flatMap { Int($0.1) })
        #expect(added > 0 && added % 100 == 0)
        let verified = try Binary.run(["verify"], in: folder)
        #expect(verified.exitCode == 0, "\(verified.output)")
    }
}
