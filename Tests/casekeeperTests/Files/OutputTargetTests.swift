import CaseStore
import Foundation
import GRDB
import Testing

@testable import casekeeper

/// Every command that writes a file it is told the name of, and every place where it must not.
@Suite("What a command writes goes over nothing else", .serialized)
struct OutputTargetTests {
    let folder = try! TemporaryFolder()

    /// A command by what it writes; `TARGET` is its place.
    struct Output: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let importing = [
        "import", "in.csv", "--map", "complaint=words", "--map", "customer.name=name",
    ]

    static let outputs: [Output] = [
        Output(arguments: importing + ["--rejects", "TARGET"]),
        Output(arguments: importing + ["--rejects", "TARGET", "--dry-run"]),
        Output(arguments: ["backup", "TARGET"]),
        Output(arguments: ["backup", "TARGET", "--force"]),
        Output(arguments: ["restore", "b.db", "--force", "--database", "TARGET"]),
        Output(arguments: ["serve", "--listen", "127.0.0.1:0", "--bootstrap-token-file", "TARGET"]),
        Output(arguments: ["migrate", "--database", "TARGET"]),
        Output(arguments: ["token", "create", "Ann", "--role", "admin", "--database", "TARGET"]),
        Output(arguments: importing + ["--database", "TARGET"]),
        Output(arguments: ["serve", "--listen", "127.0.0.1:0", "--database", "TARGET"]),
    ]

    /// Places that are wrong for all of them.
    static let targets = [
        "in.csv", "./in.csv", "casekeeper.db-wal", "casekeeper.db-lock", "letter.txt", "in-link",
        "wal-link",
        "letter-link", "hard-link", "folder", "folder-link", "pipe", "pipe-link", "/dev/full",
        "/proc/self/x",
        "no/such/folder/x", "new/", "letter.txt/",
    ]
    /// Places that are wrong where no database goes: that is opened through a link.
    static let targetsOfOthers = [
        "casekeeper.db", "casekeeper.db-shm", "db-link", "dangling-link", "casekeeper.db-journal",
    ]

    /// An input with a row that is refused, a database that somebody has open, and what may be in the way.
    private func makeScene() throws -> DatabaseQueue {
        try folder.write("words,name\nIt drips.,Ann\nIt leaks.,\n", to: "in.csv")
        try folder.write("Dear Ann,\n", to: "letter.txt")
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        #expect(try Binary.run(["backup", "b.db"], in: folder).exitCode == 0)
        for (name, target) in [
            ("in-link", "in.csv"), ("db-link", "casekeeper.db"), ("wal-link", "casekeeper.db-wal"),
            ("letter-link", "letter.txt"), ("dangling-link", "nowhere"), ("folder-link", "folder"),
            ("pipe-link", "pipe"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path(name), withDestinationPath: target)
        }
        try FileManager.default.linkItem(
            atPath: folder.path("in.csv"), toPath: folder.path("hard-link"))
        try FileManager.default.createDirectory(
            atPath: folder.path("folder"), withIntermediateDirectories: false)
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        let open = try DatabaseQueue(path: folder.path("casekeeper.db"))
        try open.writeWithoutTransaction { try $0.execute(sql: "UPDATE clock SET stamp = stamp") }
        return open
    }

    /// What is in the folder. The database is not opened for that: to close it would give up the locks of who has it open
    /// in this process.
    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            .filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }.sorted()
    }

    @Test("by no command, whatever stands at the place", arguments: outputs)
    func hostile(output: Output) throws {
        let open = try makeScene()
        let makesDatabase = output.arguments.contains("--database")
        for target in Self.targets + (makesDatabase ? [] : Self.targetsOfOthers) {
            let before = try FolderSnapshot(of: folder, leavingOut: ["casekeeper.db"])
            let names = try self.names()
            let database = FileStatus(folder.path("casekeeper.db"))?.identity
            let result = try Binary.run(
                output.arguments.map { $0 == "TARGET" ? target : $0 },
                launcher: ["/usr/bin/timeout", "20"], in: folder)
            #expect([64, 65, 66, 73, 74, 75, 78].contains(result.exitCode), "\(target): \(result)")
            #expect(!result.errors.isEmpty)
            let after = try FolderSnapshot(of: folder, leavingOut: ["casekeeper.db"])
            #expect(before.difference(to: after) == [], "\(target): \(result)")
            #expect(try self.names() == names, "\(target): \(result)")
            #expect(FileStatus(folder.path("casekeeper.db"))?.identity == database, "\(target)")
        }
        try open.close()
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
        #expect(try Binary.run(["verify", "--database", "b.db"], in: folder).exitCode == 0)
    }

    @Test("nor by an export that a shell sends into the database")
    func export() throws {
        _ = try Binary.run(["migrate"], in: folder)
        let before = try FolderSnapshot(of: folder)
        let shell = ["/bin/sh", "-c", "exec \"$0\" \"$@\" >> casekeeper.db"]
        let result = try Binary.run(["export", "cases"], launcher: shell, in: folder)
        #expect(result.exitCode == 64)
        #expect(
            try before.difference(to: FolderSnapshot(of: folder)).filter {
                !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
            } == [])
    }

    /// Every command that ends by itself and has a database.
    static let commands = FilePermissionsTests.commands.map(\.arguments).filter { $0.first != "openapi" }

    @Test(
        "nor by what it says, when a shell has sent its standard output into a file that it uses", arguments: commands)
    func standardOutput(arguments: [String]) throws {
        try folder.write("words,name\nIt drips.,Ann\nIt leaks.,\n", to: "in.csv")
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        for name in ["b.db", "r.db", "t.db", "i.db"] {
            try FileManager.default.copyItem(atPath: folder.path("casekeeper.db"), toPath: folder.path(name))
        }
        let database = arguments.firstIndex(of: "--database").map { arguments[$0 + 1] } ?? "casekeeper.db"
        for target in [database] + arguments.filter({ ["in.csv", "b.db"].contains($0) }) {
            let before = try FolderSnapshot(of: folder)
            let shell = ["/bin/sh", "-c", "exec \"$0\" \"$@\" 1<> \(target)"]
            let result = try Binary.run(arguments, launcher: shell, in: folder)
            #expect(result.exitCode == 64 || result.exitCode == 73, "\(target): \(result)")
            #expect(!result.errors.isEmpty)
            #expect(try before.difference(to: FolderSnapshot(of: folder)) == [], "\(target): \(result)")
        }
    }

    @Test("a refused import says nothing on standard output, wherever its refused rows were to go")
    func refusedImport() throws {
        try folder.write("words,name\nIt drips.,Ann\nIt leaks.,\n", to: "in.csv")
        let before = try FolderSnapshot(of: folder)
        let shell = ["/bin/sh", "-c", "exec \"$0\" \"$@\" 1<> in.csv"]
        for rejects in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "other.csv"] {
            let result = try Binary.run(Self.importing + ["--rejects", rejects], launcher: shell, in: folder)
            #expect(result.exitCode == 64, "\(result)")
            #expect(try before.difference(to: FolderSnapshot(of: folder)) == [], "\(rejects)")
        }
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        for (rejects, status) in [("pipe", Int32(73)), ("/dev/fd/999", 73), ("in.csv/x", 74), ("in.csv", 64)] {
            let result = try Binary.run(Self.importing + ["--rejects", rejects], in: folder)
            #expect(result.exitCode == status, "\(rejects): \(result)")
            #expect(result.output.isEmpty, "\(rejects): \(result)")
            #expect(!folder.has("casekeeper.db"), "\(rejects)")
        }
    }

    @Test("an import's refused rows go over those of an earlier one, and leave nothing else")
    func again() throws {
        try folder.write("words,name\nIt drips.,Ann\nIt leaks.,\n", to: "in.csv")
        for row in ["It leaks.,,3,", ",Bo,3,"] {
            #expect(try Binary.run(Self.importing, in: folder).exitCode == 65)
            #expect(try folder.read("in.rejects.csv").hasPrefix("words,name,line,reasons\r\n\(row)"))
            try folder.write("words,name\nIt drips.,Ann\n,Bo\n", to: "in.csv")
        }
        try folder.write("", to: "empty.csv")
        #expect(try Binary.run(Self.importing + ["--rejects", "empty.csv"], in: folder).exitCode == 65)
        #expect(try folder.read("empty.csv").contains("required"))
        let names = try FolderSnapshot(of: folder).names
        #expect(
            names == ["casekeeper.db", "casekeeper.db-lock", "empty.csv", "in.csv", "in.rejects.csv"])
    }

    @Test(
        "what is no file is written as it comes: a pipe that is read, a device, a shell's own descriptor"
    )
    func streams() throws {
        try folder.write("words,name\nIt leaks.,\n", to: "in.csv")
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        let script = """
            "$0" "$@" --rejects /dev/null >&2 || test $? = 65
            cat pipe > piped & "$0" "$@" --rejects pipe >&2 || test $? = 65; wait
            "$0" "$@" --rejects >(cat > substituted) >&2 || test $? = 65; sleep 1
            "$0" "$@" --rejects /dev/stdout || test $? = 65
            """
        let result = try RunningProcess(
            path: "/bin/bash", ["-ec", script, Binary.path] + Self.importing,
            environment: ["PATH": "/usr/bin:/bin"], in: folder
        ).wait()
        #expect(result.exitCode == 0, "\(result.errors)")
        for text in [try folder.read("piped"), try folder.read("substituted"), result.output] {
            #expect(text.contains("words,name,line,reasons\r\nIt leaks.,,2,"), "\(text)")
        }
    }

    @Test("a full disk costs neither an earlier backup nor earlier refused rows")
    func fullDisk() throws {
        try folder.write("words,name\nIt leaks.,\n", to: "in.csv")
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        let disk = try SmallDisk(bytes: 8 << 20, in: folder)
        let database = ["--database", folder.path("casekeeper.db")]
        let importing = Self.importing.map { $0 == "in.csv" ? folder.path($0) : $0 } + database
        let arguments = importing + ["--rejects", "\(disk.root)/r.csv"]
        let first = try Binary.run(arguments, launcher: disk.launcher, in: folder)
        #expect(first.exitCode == 65, "\(first)")
        let backup = ["backup", "\(disk.root)/b.db", "--force"] + database
        #expect(try Binary.run(backup, launcher: disk.launcher, in: folder).exitCode == 0)
        let files = try ["r.csv", "b.db"].map { try Data(contentsOf: URL(filePath: disk.path($0))) }
        _ = try disk.fill()
        for arguments in [arguments, backup] {
            let result = try Binary.run(arguments, launcher: disk.launcher, in: folder)
            #expect(result.exitCode == 74, "\(result)")
        }
        #expect(
            try ["r.csv", "b.db"].map { try Data(contentsOf: URL(filePath: disk.path($0))) } == files)
        let names = try FileManager.default.contentsOfDirectory(atPath: disk.path("."))
        #expect(names.sorted() == ["b.db", "ballast", "r.csv"])
    }
}
