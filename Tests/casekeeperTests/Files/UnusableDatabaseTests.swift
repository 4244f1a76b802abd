import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("A database that can't be used", .serialized)
struct UnusableDatabaseTests {
    let folder = try! TemporaryFolder()

    /// Every command that opens a database; `TARGET` is where it is said to be. What doctor says of one is what it found.
    static let commands: [[String]] =
        FilePermissionsTests.commands.map(\.arguments).filter { !["openapi", "doctor"].contains($0[0]) }.map {
            arguments in
            let words = arguments.firstIndex(of: "--database").map { Array(arguments[..<$0]) } ?? arguments
            return words + ["--database", "TARGET"]
        } + [["serve", "--listen", "127.0.0.1:0", "--database", "TARGET"]]

    /// What is in the way.
    struct Obstacle: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let target: String
        /// Of a shell, in the folder, where d/x.db is a database.
        let script: String
        /// What is said of it, by a command that writes; one of these.
        let words: [String]
        /// Whether one that only reads is kept out too.
        var isForReaders = true
    }

    static let obstacles = [
        Obstacle(
            testDescription: "nobody may read it", target: "d/x.db", script: "chmod 0 d/x.db",
            words: ["may not read it: change its permissions"]),
        Obstacle(
            testDescription: "nobody may write it", target: "d/x.db", script: "chmod 400 d/x.db",
            words: ["may not write it: change its permissions"], isForReaders: false),
        Obstacle(
            testDescription: "it is another user's", target: "d/x.db", script: "$ROOT /bin/chown 65534 d/x.db",
            words: ["may not read it, which belongs to user nobody: run casekeeper as user nobody, or change its owner"]
        ),
        Obstacle(
            testDescription: "its folder may not be written", target: "d/new.db", script: "chmod 500 d",
            words: ["may not write its folder ", "there is no database"], isForReaders: false),
        Obstacle(
            testDescription: "its folder may not be entered", target: "d/x.db", script: "chmod 600 d",
            words: ["may not enter the folder "]),
        Obstacle(
            testDescription: "its folder is not there", target: "no/such/x.db", script: ":",
            words: ["its folder ", "there is no database"]),
        Obstacle(
            testDescription: "a file stands where its folder would", target: "in.csv/x.db", script: ":",
            words: ["in.csv is no folder"]),
        Obstacle(
            testDescription: "a later version made it", target: "d/x.db",
            script: """
                /usr/bin/python3 -c 'import sqlite3; db = sqlite3.connect("d/x.db")
                db.execute("INSERT INTO schema_migration VALUES (999, '"'V999_later', 'x'"', 0)")
                db.commit()'
                """,
            words: ["was made by a newer casekeeper (it has V999_later, and this one ends with V0"]),
        Obstacle(
            testDescription: "links lead in a circle", target: "circle/x.db", script: "ln -s circle circle",
            words: ["circle: Too many levels of symbolic links"]),
    ]

    private func shell(_ script: String) throws {
        let environment = ["PATH": "/usr/bin:/bin", "ROOT": OtherUser.root.joined(separator: " ")]
        let shell = try RunningProcess(path: "/bin/sh", ["-ec", script], environment: environment, in: folder).wait()
        try #require(shell.exitCode == 0, "\(shell.errors)")
    }

    @Test("is said to be so for the reason that there is, by every command", arguments: obstacles)
    func reason(obstacle: Obstacle) throws {
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        try shell(
            "mkdir d && '\(Binary.path)' migrate --database d/x.db && '\(Binary.path)' backup a.db --database d/x.db")
        try shell(obstacle.script)
        for arguments in Self.commands where obstacle.isForReaders || !FilePermissionsTests.isReader(arguments) {
            // What a restore puts in its place may be anybody's.
            if arguments.first == "restore", obstacle.target == "d/x.db", !obstacle.script.hasSuffix(" d") { continue }
            var words = arguments.map { $0 == "TARGET" ? obstacle.target : $0 }
            // There is something to be restored; what a backup would be put over there is not.
            if arguments.first == "restore" { words[1] = "a.db" }
            let result = try Binary.run(words, launcher: ["/usr/bin/timeout", "20"] + BoundUser.launcher, in: folder)
            let told = "\(words): \(result)"
            #expect(result.output.isEmpty, "\(told)")
            if arguments.first == "restore" {
                #expect([73, 74, 78].contains(result.exitCode), "\(told)")
                continue
            }
            #expect(result.exitCode == (result.errors.contains("there is no database") ? 66 : 78), "\(told)")
            #expect(obstacle.words.contains { result.errors.contains($0) }, "\(told)")
        }
        try shell("chmod 700 d")
    }

    /// What else keeps a service from a database, though some commands can do with it.
    private static let more = [
        ("its folder may not be written", "d/x.db", "chmod 555 d"),
        ("its lock may not be written", "d/x.db", "chmod 400 d/x.db-lock"),
        ("its lock may not be read", "d/x.db", "chmod 0 d/x.db-lock"),
        ("its lock is a letter", "d/x.db", "echo 'Dear Ann,' > d/x.db-lock"),
        ("its lock is a folder", "d/x.db", "rm d/x.db-lock; mkdir d/x.db-lock"),
        ("its lock is a link", "d/x.db", "rm d/x.db-lock; ln -s z d/x.db-lock"),
        ("its -shm may not be written", "d/x.db", "touch d/x.db-shm; chmod 400 d/x.db-shm"),
        ("its -wal is a folder", "d/x.db", "mkdir d/x.db-wal"),
        ("its -journal is a folder", "d/x.db", "mkdir d/x.db-journal"),
        ("it has another name", "d/x.db", "ln d/x.db d/y.db"),
        ("it is called as a part of another", "d/x.db-wal", "cp d/x.db d/x.db-wal"),
        ("it is a link to nothing", "d/l.db", "ln -s nothing.db d/l.db"),
        ("it is a link to nothing in no folder", "d/l.db", "ln -s no/thing.db d/l.db"),
        ("it is gone but for its log", "d/n.db", "echo x > d/n.db-wal"),
        ("it was copied as the service ended", "d/x.db", "mv d/x.db d/x.db.rescued"),
        ("it is cut short", "d/x.db", "truncate -s 9000 d/x.db"),
        ("it is a letter", "d/n.db", "echo 'Dear Ann,' > d/n.db"),
        ("it is a folder", "d/n.db", "mkdir d/n.db"), ("nothing is in the way", "d/x.db", ":"),
    ]

    @Test("doctor finds an error wherever serve does not start, and none where it does")
    func doctor() throws {
        let all = Self.obstacles.map { ($0.testDescription, $0.target, $0.script) } + Self.more
        for (what, target, script) in all {
            try shell("rm -rf d circle; mkdir d; '\(Binary.path)' migrate --database d/x.db")
            try folder.write("", to: "in.csv")
            try shell(script)
            let serve = try Binary.start(
                ["serve", "--no-create", "--listen", "127.0.0.1:0", "--database", target], launcher: BoundUser.launcher,
                in: folder)
            #expect(eventually { serve.hasEnded || serve.errors.contains("listening") })
            let starts = !serve.hasEnded
            serve.signal(SIGTERM)
            let started = try serve.wait()
            let told = try Binary.run(
                ["doctor", "--listen", "127.0.0.1:0", "--database", target], launcher: BoundUser.launcher, in: folder)
            #expect(
                starts == (started.exitCode == 0) && starts == (what == "nothing is in the way"), "\(what): \(started)")
            #expect((told.exitCode == 0) == starts, "\(what): \(started.errors)\n\(told)")
            try shell("chmod -R u+rwX d 2> /dev/null || true")
        }
    }

    @Test("while a service has it whose lock can't be looked at, it is that which is in the way, and not another name")
    func lockOfService() throws {
        let server = try RunningServer(in: folder)
        try shell("chmod 0 casekeeper.db-lock")
        let result = try Binary.run(
            ["serve", "--listen", "127.0.0.1:0"], launcher: ["/usr/bin/timeout", "20"] + BoundUser.launcher, in: folder)
        #expect(result.exitCode == 78)
        #expect(result.errors.contains("casekeeper.db-lock: change its permissions"), "\(result.errors)")
        #expect(!result.errors.contains("by another name"))
        try shell("chmod 600 casekeeper.db-lock")
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test("a place for refused rows that can't be written is noticed before the first row, and nothing is changed")
    func rejects() throws {
        try shell("mkdir closed && printf 'words,name\\nIt drips.,Ann\\n' > closed/in.csv && chmod 500 closed")
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        let mapping = ["--map", "complaint=words", "--map", "customer.name=name"]
        for (arguments, words) in [
            (["closed/in.csv"], "name another place for refused rows with --rejects"),
            (["in.csv", "--rejects", "closed/r.csv"], "closed/r.csv can't be made"),
            (["in.csv", "--rejects", "no/r.csv"], "no/r.csv can't be made"),
            (["closed/in.csv", "--dry-run", "--rejects", "closed/r.csv"], "closed/r.csv can't be made"),
        ] {
            let result = try Binary.run(["import"] + arguments + mapping, launcher: BoundUser.launcher, in: folder)
            #expect(result.exitCode == 74, "\(result)")
            #expect(result.errors.contains(words), "\(result)")
            #expect(result.output.isEmpty)
            #expect(!folder.has("casekeeper.db"))
        }
        let elsewhere = ["import", "closed/in.csv", "--rejects", "r.csv"] + mapping
        #expect(try Binary.run(elsewhere, launcher: BoundUser.launcher, in: folder).exitCode == 0)
        // That writes nothing there.
        let dry = ["import", "closed/in.csv", "--dry-run"] + mapping
        #expect(try Binary.run(dry, launcher: BoundUser.launcher, in: folder).exitCode == 0)
        try shell("chmod 700 closed")
    }
}
