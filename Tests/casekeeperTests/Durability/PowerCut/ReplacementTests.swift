import CaseStore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import casekeeper

/// The power goes at every moment at which a copy takes the place of something.
@Suite("A power cut while a database is replaced", .serialized)
struct ReplacementTests {
    let folder = try! TemporaryFolder()

    /// What is found at the place of the database, each time in other files than before.
    private func eachState(
        of recording: Recording, from files: [String: [UInt8]], _ body: (String, TemporaryFolder) throws -> Void
    ) throws {
        var random = SeededRandom(PowerCutTests.seed)
        var disk = SimulatedDisk(folder: recording.data.path, files: files)
        disk.leftOut = { $0.hasSuffix("-shm") || $0.contains(".partial-") }
        var seen = Set<Int>()
        for index in 0...recording.trace.events.count {
            var states = [disk.contents()]
            // Names change a few times only, and the order in which they come to the disk is what counts.
            let variants = PowerCutTests.variants * (disk.hasPendingNames ? 8 : 1)
            for _ in 0..<variants { states.append(disk.contents(surviving: &random)) }
            for found in states where seen.insert(Self.digest(found)).inserted {
                let folder = try TemporaryFolder(inMemory: true)
                for (path, bytes) in found { try folder.write(bytes, to: URL(filePath: path).lastPathComponent) }
                try body("seed \(PowerCutTests.seed), event \(index)", folder)
            }
            if index < recording.trace.events.count {
                try disk.take(recording.trace.events[index], of: recording.trace)
            }
        }
    }

    private static func digest(_ files: [String: [UInt8]]) -> Int {
        var hasher = Hasher()
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            hasher.combine(path)
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
        return hasher.finalize()
    }

    /// A backup of the sample in `folder`.
    private func makeBackup() throws -> CopyHead {
        _ = try Binary.run(["import", Repository.sample, "--database", "other.db"] + CFPB.options, in: folder)
        return try CopyHead(Binary.run(["backup", "b.db", "--database", "other.db"], in: folder))
    }

    /// The last line of what backup and restore print.
    private struct CopyHead: Equatable {
        let line: String

        init(_ result: RunResult) throws {
            #expect(result.exitCode == 0, "\(result.errors)")
            line = String(try #require(result.output.firstMatch(of: /head: ([0-9a-f]{64})/)).1)
        }
    }

    @Test("restore leaves the old database whole or the new one whole, whose log had never been moved into it")
    func restore() throws {
        let new = try makeBackup()
        let recording = try Recording(in: folder)
        // Killed, so that what it acknowledged is in its write-ahead log.
        let server = try RunningServer(["--database", recording.database], in: folder)
        let load = Load(port: server.port, clients: 3, seed: 5)
        load.waitForChanges(20)
        server.process.signal(SIGKILL)
        load.stop()
        _ = try server.process.wait()
        let files = try recording.files()
        #expect(files.keys.contains(recording.database + "-wal"))
        let arguments = ["restore", folder.path("b.db"), "--force", "--database", recording.database]
        let restored = try recording.run(Binary.path, arguments) { try CopyHead($0.wait()) }
        #expect(restored == new)

        var old = 0
        var whole = 0
        try eachState(of: recording, from: files) { place, folder in
            let path = folder.path("casekeeper.db")
            let verification = try CaseStore(path: path).makeReader().verify()
            #expect(verification.findings == [], "\(place)")
            if verification.head?.hash == new.line {
                whole += 1
            } else {
                old += 1
                #expect(try Ledger.missing(load.ledger.changes, at: path).isEmpty, "\(place)")
            }
        }
        #expect(old > 0 && whole > 0, "\(old) old, \(whole) new")
        print(
            "power cut during restore: seed \(PowerCutTests.seed), \(old) states of the old database, \(whole) of the new one, all whole"
        )
    }

    @Test("restore keeps the log of a database that can't be read from the one that takes its place")
    func restoreOverDamaged() throws {
        let new = try makeBackup()
        let recording = try Recording(in: folder)
        _ = try Binary.run(["migrate", "--database", recording.database], in: folder)
        // A log without the first page: nothing makes the database readable again, and yet it can be applied.
        let queue = try DatabaseQueue(path: recording.database)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "UPDATE clock SET stamp = 1")
            let log = recording.database + "-wal"
            #expect(try Data(contentsOf: URL(filePath: log)).count == 32 + 24 + 4096)
            try FileManager.default.copyItem(atPath: log, toPath: folder.path("log"))
        }
        try queue.close()
        try FileManager.default.moveItem(atPath: folder.path("log"), toPath: recording.database + "-wal")
        var garbage = try Data(contentsOf: URL(filePath: recording.database))
        garbage.replaceSubrange(..<1000, with: Data(repeating: 0x67, count: 1000))
        try garbage.write(to: URL(filePath: recording.database))
        let files = try recording.files()
        let arguments = ["restore", folder.path("b.db"), "--force", "--database", recording.database]
        #expect(try recording.run(Binary.path, arguments) { try CopyHead($0.wait()) } == new)

        var whole = 0
        try eachState(of: recording, from: files) { place, folder in
            guard (try? Data(contentsOf: URL(filePath: folder.path("casekeeper.db")))) != garbage else { return }
            let verification = try CaseStore(path: folder.path("casekeeper.db")).makeReader().verify()
            #expect(verification.findings == [] && verification.head?.hash == new.line, "\(place)")
            whole += 1
        }
        #expect(whole > 0)
    }

    @Test("backup leaves the old file as it was or the new one whole", arguments: [false, true])
    func backup(replaces: Bool) throws {
        let head = try makeBackup()
        let recording = try Recording(in: folder)
        var old: Data?
        if replaces {
            _ = try Binary.run(["migrate", "--database", "empty.db"], in: folder)
            let empty = try Binary.run(["backup", recording.database, "--database", "empty.db"], in: folder)
            #expect(empty.exitCode == 0, "\(empty.errors)")
            old = try Data(contentsOf: URL(filePath: recording.database))
        }
        let files = try recording.files()
        let arguments = ["backup", recording.database, "--database", folder.path("other.db")]
        let made = try recording.run(Binary.path, arguments + (replaces ? ["--force"] : [])) { try CopyHead($0.wait()) }
        #expect(made == head)

        var states: [String] = []
        try eachState(of: recording, from: files) { place, folder in
            guard folder.has("casekeeper.db") else { return states.append("none") }
            let found = try Data(contentsOf: URL(filePath: folder.path("casekeeper.db")))
            guard found != old else { return states.append("old") }
            let verification = try CaseStore.openReader(path: folder.path("casekeeper.db")).verify()
            #expect(verification.findings == [] && verification.head?.hash == head.line, "\(place)")
            states.append("new")
        }
        #expect(states == [replaces ? "old" : "none", "new"])
    }
}
