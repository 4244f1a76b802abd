import Foundation
import Testing

@testable import casekeeper

@Suite("The name of a database", .serialized)
struct DatabaseNameTests {
    let folder = try! TemporaryFolder()

    /// Every command with a database; `TARGET` is where it is said to be.
    static let commands = UnusableDatabaseTests.commands
    static let writers = commands.filter { !FilePermissionsTests.isReader($0) }

    private func run(_ arguments: [String], on target: String, launcher: [String] = []) throws -> RunResult {
        try Binary.run(
            arguments.map { $0 == "TARGET" ? target : $0 }, launcher: launcher + ["/usr/bin/timeout", "20"], in: folder)
    }

    private func prepare() throws {
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        for name in ["one.db", "b.db", "casekeeper.db"] {
            #expect(try Binary.run(["migrate", "--database", name], in: folder).exitCode == 0)
        }
    }

    /// Each of these gives the file of a database that is served another name; the shell is in the folder.
    static let otherNames = ["ln one.db two.db", "ln one.db two.db && rm one.db", "mv one.db two.db"]

    @Test("is one for all processes: under another one, what is served is in use (75)", arguments: otherNames)
    func served(script: String) throws {
        try prepare()
        let server = try RunningServer(["--database", "one.db"], in: folder)
        let shell = try RunningProcess(
            path: "/bin/sh", ["-ec", script], environment: ["PATH": "/usr/bin:/bin"], in: folder
        ).wait()
        try #require(shell.exitCode == 0)
        let before = try FolderSnapshot(of: folder, leavingOut: ["one.db-wal", "one.db-shm"])
        for arguments in Self.commands {
            let result = try run(arguments, on: "two.db")
            #expect(result.exitCode == 75, "\(arguments): \(result)")
            #expect(result.errors.contains("two.db is in use by a process that knows it by another name"))
            #expect(
                try before.difference(to: FolderSnapshot(of: folder, leavingOut: ["one.db-wal", "one.db-shm"])) == [],
                "\(arguments)")
        }
        server.process.signal(SIGKILL)
        _ = try server.process.wait()
    }

    @Test("is its only one: a file with two is not written (78), under neither", arguments: ["one.db", "two.db"])
    func hardLink(target: String) throws {
        try prepare()
        try FileManager.default.linkItem(atPath: folder.path("one.db"), toPath: folder.path("two.db"))
        let before = try FolderSnapshot(of: folder)
        for arguments in Self.writers {
            let result = try run(arguments, on: target)
            #expect(result.exitCode == 78, "\(arguments): \(result)")
            #expect(result.errors.contains("\(target) has 2 names (hard links)"))
            #expect(try before.difference(to: FolderSnapshot(of: folder)) == [], "\(arguments)")
        }
        #expect(try run(["verify", "--database", "TARGET"], on: target).exitCode == 0)
    }

    @Test("is no mount of the file alone (78), of which nobody else would see what is kept beside it")
    func mount() throws {
        try prepare()
        try folder.write("", to: "a two.db")
        let namespaces = ["/usr/bin/unshare", geteuid() == 0 ? "-m" : "-Urm", "/bin/sh", "-ec"]
        let script = #"PATH=/usr/bin:/bin mount --bind one.db "a two.db" && exec "$0" "$@""#
        for arguments in Self.writers {
            let result = try run(arguments, on: "a two.db", launcher: namespaces + [script])
            #expect(result.exitCode == 78, "\(arguments): \(result)")
            #expect(result.errors.contains("a two.db is mounted by itself"), "\(result)")
        }
        #expect(!folder.has("a two.db-lock") && !folder.has("a two.db-wal"))
    }

    @Test(
        "is that of a file, whatever SQLite takes such a name for",
        arguments: [":memory:", "file:x.db", "file::memory:", "file:y?mode=memory", "file:///z.db", "a b%c?d#e"])
    func special(name: String) throws {
        let name = name.replacing("/", with: "_")
        let made = try Binary.run(["token", "create", "Ann", "--role", "admin", "--database", name], in: folder)
        #expect(made.exitCode == 0, "\(made)")
        #expect(folder.has(name))
        let listed = try Binary.run(["token", "list", "--database", name], in: folder)
        #expect(listed.output.contains("Ann"), "\(listed)")
        #expect(try Binary.run(["backup", "file:b.db", "--database", name], in: folder).exitCode == 0)
        #expect(try Binary.run(["restore", "file:b.db", "--database", name, "--force"], in: folder).exitCode == 0)
        #expect(try Binary.run(["restore", "file:b.db", "--database", "file:new"], in: folder).exitCode == 0)
        #expect(try Binary.run(["verify", "--database", "file:new"], in: folder).exitCode == 0)
        let again = try Binary.run(["token", "list", "--database", name], in: folder)
        #expect(again.output.contains("Ann"), "\(again)")
        let server = try RunningServer(["--database", name], in: folder)
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test("is not empty (64), nor is that of any other file, which is said", arguments: commands)
    func empty(arguments: [String]) throws {
        let result = try run(arguments, on: "")
        #expect(result.exitCode == 64, "\(result)")
        #expect(
            result.errors.contains("The value '' is invalid for '--database <file>': it must be the name of a file"))
        #expect(try FolderSnapshot(of: folder).names.isEmpty)
    }

    @Test("may be empty in the environment, as if it were not set")
    func emptyVariable() throws {
        let result = try Binary.run(["migrate"], environment: ["CASEKEEPER_DATABASE": ""], in: folder)
        #expect(result.exitCode == 0)
        #expect(folder.has("casekeeper.db"))
    }
}
