import CaseStore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import casekeeper

@Suite("A start that is refused leaves nothing behind", .serialized)
struct RefusedStartTests {
    let folder = try! TemporaryFolder()

    /// Refused with that status, and the folder is as it was.
    private func expectRefusal(
        _ status: Int32, _ arguments: [String], saying words: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try FolderSnapshot(of: folder)
        let all = arguments.contains("--listen") ? arguments : ["--listen", "127.0.0.1:0"] + arguments
        let result = try Binary.run(["serve"] + all, launcher: ["/usr/bin/timeout", "60"], in: folder)
        #expect(
            result.exitCode == status, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
        #expect(words.isEmpty || result.errors.contains(words), "\(result.errors)", sourceLocation: sourceLocation)
        let after = try FolderSnapshot(of: folder)
        #expect(before.difference(to: after) == [], "\(arguments)", sourceLocation: sourceLocation)
    }

    @Test("where the address can't be had")
    func address() throws {
        let other = try RunningServer(in: TemporaryFolder())
        let taken = "127.0.0.1:\(other.port)"
        try expectRefusal(78, ["--listen", taken], saying: "already listens on \(taken)")
        try expectRefusal(78, ["--listen", "127.0.0.1:0,\(taken)", "--bootstrap-token-file", "token"])
        try expectRefusal(78, ["--listen", "192.0.2.1:8080"])
        try expectRefusal(78, ["--listen", "no-such-host.invalid:8080"])
        try expectRefusal(64, ["--listen", "nonsense"])
        for twice in [
            ["--listen", "[::1]:9", "--listen", "[::1]:9"], ["--listen", "127.0.0.1:9,localhost:9,127.0.0.1:9"],
        ] {
            try expectRefusal(64, twice, saying: "twice: give each address once")
        }
        let port = other.port
        let freed = try FreePort.find()
        // By another name, and as a part of all.
        for (address, first) in [
            ("127.0.0.1:\(freed)", "127.0.0.1:\(freed),localhost:\(freed)"),
            ("127.0.0.1:\(freed)", "127.0.0.1:\(freed),127.1:\(freed)"),
            ("0.0.0.0:\(freed)", "127.0.0.1:\(freed),0.0.0.0:\(freed)"),
        ] {
            try expectRefusal(
                64, ["--listen", first], saying: "--listen has \(address) twice, as 127.0.0.1:\(freed) and")
        }
        try expectRefusal(78, ["--listen", "127.0.0.1:\(freed),localhost:\(port)"], saying: "Something else already")
        try expectRefusal(64, ["--body-limit", "1"])
        try expectRefusal(64, ["--trusted-proxy", "nobody"])
    }

    @Test("where it may open fewer files than a database needs, and says so")
    func descriptors() throws {
        _ = try Binary.run(["migrate"], in: folder)
        // With too few, libraries end the process in ways of their own, now and then: it is refused before they come to that.
        for limit in 4...45 {
            let result = try Binary.run(
                ["token", "list"], launcher: ["/usr/bin/prlimit", "--nofile=\(limit):\(limit)"], in: folder)
            #expect(
                limit > 40 ? result.exitCode == 0 : result.exitCode == 0 || result.exitCode == 78,
                "\(limit): \(result.exitCode) \(result.errors)")
            #expect(
                (result.exitCode == 0) != result.errors.contains("ulimit -n"), "\(limit): \(result.errors)")
            if limit < 32 { #expect(result.exitCode == 78, "\(limit)") }
        }
    }

    @Test("where a service may open fewer files than it takes, and where it may open just as many it starts, each time")
    func descriptorsOfService() throws {
        _ = try Binary.run(["migrate"], in: folder)
        func start(_ limit: Int) throws -> RunningProcess {
            try Binary.start(
                ["serve", "--listen", "127.0.0.1:0"], launcher: ["/usr/bin/prlimit", "--nofile=\(limit):\(limit)"],
                in: folder)
        }
        let refused = try start(40).wait()
        #expect(refused.exitCode == 78)
        let (open, needed) = try #require(
            refused.errors.firstMatch(of: /40 files open, (\d+) besides those that are, and needs (\d+):/)
                .flatMap { match in Int(match.1).flatMap { open in Int(match.2).map { (open, $0) } } })
        let least = 40 - open + needed
        #expect(try start(least - 1).wait().exitCode == 78)
        for count in 1...60 {
            let process = try start(least)
            #expect(eventually { process.errors.contains("listening") || process.hasEnded })
            process.signal(SIGTERM)
            let result = try process.wait()
            #expect(result.exitCode == 0, "\(count): \(result.errors)")
        }
    }

    @Test("where others could reach it and there is no token, whether there is a database or not")
    func noToken() throws {
        let command = "token create NAME --role admin --database \(folder.path("casekeeper.db"))"
        try expectRefusal(78, ["--listen", "0.0.0.0:0"], saying: command)
        try expectRefusal(78, ["--listen", "127.0.0.1:0,[::]:0"], saying: command)
        _ = try Binary.run(["migrate"], in: folder)
        try expectRefusal(78, ["--listen", "0.0.0.0:0"], saying: command)
        try FileManager.default.removeItem(atPath: folder.path("casekeeper.db-lock"))
        try expectRefusal(78, ["--listen", "0.0.0.0:0"], saying: command)
        try folder.write("", to: "casekeeper.db")
        try expectRefusal(78, ["--listen", "0.0.0.0:0"], saying: command)
    }

    @Test("where the bootstrap token is none, or can't be kept")
    func bootstrapToken() throws {
        try folder.write("secret", to: "weak")
        try expectRefusal(78, ["--bootstrap-token-file", "weak"], saying: "no good token")
        try expectRefusal(78, ["--bootstrap-token-file", "."])
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        try expectRefusal(
            78, ["--bootstrap-token-file", "pipe"], saying: "nobody writes into the pipe")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"), withDestinationPath: "nowhere")
        try expectRefusal(78, ["--bootstrap-token-file", "link"], saying: "symbolic link")
        try expectRefusal(78, ["--bootstrap-token-file", "casekeeper.db"])
        try expectRefusal(78, ["--bootstrap-token-file", "no/such/folder/token"], saying: "No such file")
    }

    @Test("where what is there is no database of this program", arguments: ["DELETE", "WAL"])
    func foreign(mode: String) throws {
        for (name, statement) in [
            ("tables.db", "CREATE TABLE t (x)"), ("id.db", "PRAGMA application_id = 7"),
        ] {
            let queue = try DatabaseQueue(path: folder.path(name))
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = \(mode)")
                try db.execute(sql: statement)
            }
            try queue.close()
            try expectRefusal(78, ["--database", name], saying: "another program")
        }
        try folder.write("Dear Ann,\nit is not a database.\n", to: "letter.txt")
        try expectRefusal(78, ["--database", "letter.txt"], saying: "no SQLite database")
        try expectRefusal(78, ["--database", "."], saying: "no regular file")
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        try expectRefusal(78, ["--database", "pipe"], saying: "no regular file")
        try expectRefusal(78, ["--database", "/dev/null"], saying: "no regular file")
        _ = try Binary.run(["migrate", "--database", "newer.db"], in: folder)
        let newer = try DatabaseQueue(path: folder.path("newer.db"))
        try newer.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = \(mode)")
            try db.execute(sql: "INSERT INTO schema_migration VALUES (999, 'V999_later', 'x', 0)")
        }
        try newer.close()
        try FileManager.default.removeItem(atPath: folder.path("newer.db-lock"))
        try expectRefusal(78, ["--database", "newer.db"], saying: "newer casekeeper")
    }

    @Test("where another process has the database, or is about to make one")
    func locked() throws {
        let lock = try DatabaseLock(path: folder.path("casekeeper.db"), purpose: "restore")
        try withExtendedLifetime(lock) {
            try expectRefusal(
                75, ["--bootstrap-token-file", "token"], saying: "in use by process \(getpid()) (restore)")
        }
    }
}
