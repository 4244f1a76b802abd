import Foundation
import GRDB
import Testing

@testable import casekeeper

/// Each command that has a database, over each kind of file that is none of this program's.
@Suite("A file that is no database of this program's", .serialized)
struct ForeignFileTests {
    let folder = try! TemporaryFolder()

    /// What stands where the database is said to be, made by a shell as TARGET.
    private static let kinds: [(name: String, script: String)] = [
        ("text", "echo thesis > TARGET"),
        ("a text with our names in it", "echo 'CREATE TABLE complaint_case (id);' > TARGET"),
        ("bytes", "printf 'PK\\003\\004\\000\\000' > TARGET && head -c 9000 /dev/zero | tr '\\0' x >> TARGET"),
        (
            "another program's database",
            "/usr/bin/python3 -c 'import sqlite3; c = sqlite3.connect(\"TARGET\"); c.execute(\"CREATE TABLE t (x)\")'"
        ),
        ("a folder", "mkdir TARGET"), ("a pipe", "mkfifo TARGET"), ("/dev/full", "ln -s /dev/full TARGET"),
        ("links in a circle", "ln -s TARGET other && ln -s other TARGET"),
        ("the beginning of a database", "\"$0\" migrate --database x.db && head -c 5000 x.db > TARGET && rm x.db*"),
    ]

    private func shell(_ script: String) throws {
        let shell = try RunningProcess(
            path: "/bin/sh", ["-ec", script, Binary.path],
            environment: ["PATH": "/usr/bin:/bin", "CASEKEEPER_CONFIG": "/dev/null"], in: folder
        ).wait()
        try #require(shell.exitCode == 0, "\(shell.errors)")
    }

    @Test("is refused by each command with the same number, and nothing is left beside it", arguments: kinds.indices)
    func refused(index: Int) throws {
        let kind = Self.kinds[index]
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        try shell("\"$0\" migrate --database g.db && \"$0\" backup b.db --database g.db && rm g.db*")
        try shell(kind.script.replacing("TARGET", with: "file"))
        let before = try FolderSnapshot(of: folder)
        for arguments in UnusableDatabaseTests.commands {
            let isRestore = arguments.first == "restore"
            // What begins as a database of ours may be replaced.
            if isRestore, arguments.contains("--force"), kind.name.hasSuffix("a database") { continue }
            var words = arguments.map { $0 == "TARGET" ? "file" : $0 }
            if words.first == "backup" { words[1] = "new.db" }
            let result = try Binary.run(words, launcher: ["/usr/bin/timeout", "20"], in: folder)
            #expect(result.exitCode == (isRestore ? 73 : 78), "\(kind.name), \(words): \(result)")
            #expect(!result.errors.isEmpty)
            #expect(try before.difference(to: FolderSnapshot(of: folder)) == [], "\(kind.name), \(words)")
        }
    }

    /// What stands where a file beside a database would, made by a shell as TARGET.
    private static let strange = ["mkdir TARGET", "mkfifo TARGET", "ln -s /dev/full TARGET", "ln -s nowhere TARGET"]

    @Test(
        "in the place of a file beside a database no command waits for, and none that needs that file passes over",
        arguments: ["-lock", "-wal", "-shm", "-journal"])
    func beside(suffix: String) throws {
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        try shell("\"$0\" migrate --database g.db && \"$0\" backup b.db --database g.db && rm g.db*")
        for script in Self.strange {
            for arguments in UnusableDatabaseTests.commands + [["doctor", "--database", "TARGET"]] {
                try shell(
                    "rm -rf file* new.db* && cp b.db file && " + script.replacing("TARGET", with: "file\(suffix)"))
                var words = arguments.map { $0 == "TARGET" ? "file" : $0 }
                if words.first == "backup" { words[1] = "new.db" }
                let result = try Binary.run(words, launcher: ["/usr/bin/timeout", "20"], in: folder)
                let isReader = FilePermissionsTests.isReader(arguments) && arguments.first != "doctor"
                let what = "\(script), \(suffix), \(words): \(result)"
                if suffix == "-lock", isReader {
                    // A new desk has no calendar.
                    #expect(result.exitCode == (words.first == "due" ? 65 : 0), "\(what)")
                } else {
                    #expect(![0, 124].contains(result.exitCode), "\(what)")
                    #expect((result.errors + result.output).contains("file"), "\(what)")
                }
            }
        }
    }

    @Test("is not replaced for the sake of a lock beside it, and a damaged database of this program's is")
    func lock() throws {
        try shell("\"$0\" migrate --database g.db && \"$0\" backup b.db --database g.db")
        for kind in Self.kinds.prefix(4) {
            try shell("rm -f file*")
            try shell(kind.script.replacing("TARGET", with: "file"))
            try shell("echo '7 (promote)' > file-lock")
            let before = try FolderSnapshot(of: folder)
            let result = try Binary.run(["restore", "b.db", "--force", "--database", "file"], in: folder)
            #expect(result.exitCode == 73, "\(kind.name): \(result)")
            #expect(try before.difference(to: FolderSnapshot(of: folder)) == [], "\(kind.name)")
        }
        for damage in ["printf xxxxxxxxxxxxxxxxxxxx", "head -c 8192 /dev/zero", "head -c 100 /dev/zero"] {
            let damaging = "rm -f file* && cp g.db file && \(damage) | dd of=file conv=notrunc"
            try shell(damaging)
            try shell("echo '7 (serve)' > file-lock")
            let result = try Binary.run(["restore", "b.db", "--force", "--database", "file"], in: folder)
            #expect(result.exitCode == 0, "\(damage): \(result)")
            try shell(damaging)
            let unlocked = try Binary.run(["restore", "b.db", "--force", "--database", "file"], in: folder)
            #expect(unlocked.exitCode == 73, "\(damage): \(unlocked)")
        }
    }
}
