import Foundation
import GRDB
import Testing

@testable import casekeeper

@Suite("casekeeper restore", .serialized)
struct RestoreCommandTests {
    let folder = try! TemporaryFolder()

    /// A backup of the 60 cases of the sample, and no database.
    private func makeBackup() throws {
        _ = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
        #expect(try Binary.run(["backup", "b.db"], in: folder).exitCode == 0)
        try FileManager.default.removeItem(atPath: folder.path("casekeeper.db"))
    }

    private func cases() throws -> Int { try Database(path: folder.path("casekeeper.db")).cases().count }

    @Test("puts the backup where no database is, and says what is in it")
    func restored() throws {
        try makeBackup()
        let backup = try Data(contentsOf: folder.url.appending(path: "b.db"))
        let result = try Binary.run(["restore", "b.db"], in: folder)
        #expect(result.exitCode == 0)
        let summary =
            /restored casekeeper.db from b.db: 60 cases, 60 promises, 240 log entries\nhead: [0-9a-f]{64} \(entry 240, .*\)\n/
        #expect(result.output.wholeMatch(of: summary) != nil, "\(result.output)")
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
        #expect(try cases() == 60)
        #expect(try Data(contentsOf: folder.url.appending(path: "b.db")) == backup)
    }

    @Test("replaces a database only when told to, and all of it")
    func replaced() throws {
        try makeBackup()
        let server = try RunningServer(in: folder)
        let load = Load(port: server.port, clients: 2, seed: 2)
        load.waitForChanges(20)
        load.stop()
        // What it was killed with is in its write-ahead log.
        server.process.signal(SIGKILL)
        _ = try server.process.wait()
        let before = try cases()
        let refused = try Binary.run(["restore", "b.db"], in: folder)
        #expect(refused.exitCode == 73)
        #expect(refused.errors == "casekeeper: casekeeper.db is there already; --force replaces it\n")
        #expect(try cases() == before)
        #expect(try Binary.run(["restore", "b.db", "--force"], in: folder).exitCode == 0)
        #expect(!folder.has("casekeeper.db-wal") && !folder.has("casekeeper.db-shm"))
        #expect(try cases() == 60)
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
    }

    @Test("takes away what is left of a database that is gone only when told to")
    func leftover() throws {
        try makeBackup()
        try folder.write("the last that was written", to: "casekeeper.db-wal")
        let refused = try Binary.run(["restore", "b.db"], in: folder)
        #expect(refused.exitCode == 73)
        #expect(refused.errors.hasSuffix("/casekeeper.db-wal is there already; --force replaces it\n"))
        #expect(try folder.read("casekeeper.db-wal") == "the last that was written")
        #expect(!folder.has("casekeeper.db"))
        #expect(try Binary.run(["restore", "b.db", "--force"], in: folder).exitCode == 0)
        #expect(!folder.has("casekeeper.db-wal"))
        #expect(try cases() == 60)
    }

    @Test("leaves a database alone that a service has, and the service goes on")
    func served() throws {
        try makeBackup()
        let server = try RunningServer(in: folder)
        let load = Load(port: server.port, clients: 2, seed: 3)
        load.waitForChanges(10)
        let refused = try Binary.run(["restore", "b.db", "--force"], in: folder)
        #expect(refused.exitCode == 75, "\(refused.errors)")
        #expect(refused.errors.contains("casekeeper.db is in use by process \(server.process.id) (serve)"))
        load.waitForChanges(load.ledger.changes.count + 10)
        load.stop()
        #expect(load.unexpected.isEmpty, "\(load.unexpected)")
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        #expect(try Ledger.missing(load.ledger.changes, at: folder.path("casekeeper.db")).isEmpty)
        #expect(try Binary.run(["restore", "b.db", "--force"], in: folder).exitCode == 0, "and then it may")
    }

    @Test("a backup that is not as it was written changes nothing")
    func tampered() throws {
        try makeBackup()
        let queue = try DatabaseQueue(path: folder.path("b.db"))
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "DROP TRIGGER promise_keeps_its_word")
            try db.execute(sql: "UPDATE promise SET made_at = made_at - 1 WHERE id = 3")
        }
        try queue.close()
        try folder.write("", to: "casekeeper.db")
        let result = try Binary.run(["restore", "b.db", "--force"], in: folder)
        #expect(result.exitCode == 65)
        #expect(result.output.hasPrefix("promises: Promise 3 "))
        #expect(try folder.read("casekeeper.db").isEmpty)
    }

    @Test("says what is no backup, and changes nothing")
    func refusals() throws {
        try folder.write("No database", to: "b.db")
        try folder.write("", to: "d.db")
        let before = try FolderSnapshot(of: folder)
        #expect(try Binary.run(["restore", "b.db"], in: folder).exitCode == 65)
        #expect(try Binary.run(["restore", "c.db"], in: folder).exitCode == 66)
        #expect(try Binary.run(["restore"], in: folder).exitCode == 64)
        #expect(try Binary.run(["restore", "d.db"], in: folder).exitCode == 65)
        #expect(try before.difference(to: FolderSnapshot(of: folder)) == [], "not even a lock")
    }
}
