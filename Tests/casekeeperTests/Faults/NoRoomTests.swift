import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("Where files can't get longer", .serialized)
struct NoRoomTests {
    let folder = try! TemporaryFolder()

    /// Every command that has a database, to be run in a folder where b.db is a backup.
    private static var commands: [[String]] {
        UnusableDatabaseTests.commands.map { words in
            words.first == "backup" ? ["backup", "new-backup.db"] + words.suffix(2) : words
        }
    }

    private func run(_ words: [String], _ target: String, _ launcher: [String]) throws -> RunResult {
        try Binary.run(words.map { $0 == "TARGET" ? target : $0 }, launcher: launcher, in: folder)
    }

    @Test("each command says that the disk is full (74), and leaves nothing of a new database")
    func fullDisk() throws {
        let disk = try SmallDisk(bytes: 4 << 20, in: folder)
        let inside = disk.launcher + ["/usr/bin/timeout", "20", "/usr/bin/env", "-C", disk.root]
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        try FileManager.default.copyItem(atPath: folder.path("in.csv"), toPath: disk.path("in.csv"))
        _ = try run(["migrate", "--database", "TARGET"], "x.db", inside)
        _ = try run(["backup", "b.db", "--database", "TARGET"], "x.db", inside)
        unlink(disk.path("x.db-lock"))
        let empty = try disk.fill()
        let names = try FileManager.default.contentsOfDirectory(atPath: disk.path(".")).sorted()
        for words in Self.commands {
            let new = try run(words, "new.db", inside)
            let isMissing = new.errors.contains("there is no database")
            #expect(new.exitCode == (isMissing ? 66 : 74), "\(words): \(new)")
            #expect(isMissing || new.errors.contains("the disk is full"), "\(words): \(new)")
            let left = try FileManager.default.contentsOfDirectory(atPath: disk.path(".")).sorted()
            #expect(left == names, "\(words)")
        }
        // One that is there may be readable; one that is not is not for that reason.
        for words in Self.commands where words.first != "serve" {
            let result = try run(words, "x.db", inside)
            #expect([0, 73, 74, 65].contains(result.exitCode), "\(words): \(result)")
            #expect((result.exitCode == 74) == result.errors.contains("the disk is full"), "\(words): \(result)")
        }
        let doctor = try run(["doctor", "--listen", "127.0.0.1:0", "--database", "TARGET"], "x.db", inside)
        #expect(doctor.exitCode == 74, "\(doctor)")
        try empty()
        let after = try run(["verify", "--database", "TARGET"], "x.db", inside)
        #expect(after.exitCode == 0, "\(after)")
    }

    @Test("each command says that its files may not be longer (74), where that is so")
    func limitedFiles() throws {
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        _ = try Binary.run(["migrate", "--database", "x.db"], in: folder)
        _ = try Binary.run(["backup", "b.db", "--database", "x.db"], in: folder)
        for limit in [4096, 100_000] {
            for words in Self.commands {
                let result = try run(
                    words, "new.db", ["/usr/bin/timeout", "20", "/usr/bin/prlimit", "--fsize=\(limit)"])
                if result.exitCode == 66 { continue }
                #expect(result.exitCode == 74, "\(limit), \(words): \(result)")
                #expect(result.errors.contains("ulimit -f"), "\(limit), \(words): \(result)")
                #expect(!folder.has("new.db") && !folder.has("new.db-lock"), "\(limit), \(words)")
            }
        }
    }

    @Test("what brings a database up to date says how far it came, and goes on from there")
    func migration() throws {
        let fixture = Repository.root.appending(path: "Tests/CaseStoreTests/Fixtures/V010.db.gz")
        let bytes = try gunzip(Array(Data(contentsOf: fixture)))
        for words in [["migrate"], ["token", "create", "Ann", "--role", "admin"], ["promote"]] {
            try folder.write(bytes, to: "casekeeper.db")
            let stopped = try Binary.run(words, launcher: ["/usr/bin/prlimit", "--fsize=500000"], in: folder)
            #expect(stopped.exitCode == 74, "\(words): \(stopped)")
            #expect(stopped.errors.contains("; before that V011_space_in_names to V0"), "\(stopped.errors)")
            let applied = stopped.output.split(separator: "\n").filter { $0.hasPrefix("applied ") }
            #expect(applied.isEmpty == (words != ["migrate"]))
            let rest = try Binary.run(["migrate"], in: folder)
            #expect(rest.exitCode == 0)
            let others = rest.output.split(separator: "\n").filter { $0.hasPrefix("applied ") }
            #expect(!others.isEmpty && Set(others).isDisjoint(with: applied))
            #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
            for suffix in ["", "-wal", "-shm", "-lock"] { unlink(folder.path("casekeeper.db" + suffix)) }
        }
    }
}
