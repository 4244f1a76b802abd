import Foundation
import GRDB
import TestSupport
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

    @Test("a backup that can't be read is no input (66), whatever keeps it from being read")
    func unreadable() throws {
        try makeBackup()
        #expect(mkdir(folder.path("closed"), 0o700) == 0)
        try FileManager.default.copyItem(atPath: folder.path("b.db"), toPath: folder.path("closed/b.db"))
        chmod(folder.path("b.db"), 0)
        chmod(folder.path("closed"), 0)
        defer { chmod(folder.path("closed"), 0o700) }
        for file in ["b.db", "closed/b.db"] {
            let result = try Binary.run(["restore", file], launcher: BoundUser.launcher, in: folder)
            #expect(result.exitCode == 66, "\(result)")
            #expect(result.errors.contains("\(file) can't be read: ") && result.errors.contains(" may not "))
        }
        #expect(!folder.has("casekeeper.db"))
    }

    @Test("while something else than a service has the database open it is said what, and what to stop")
    func heldElsewhere() throws {
        try makeBackup()
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        func refusal(whileOpenIn program: String) throws -> String {
            try? FileManager.default.removeItem(atPath: folder.path(program))
            // A process is called as what it was started by.
            try FileManager.default.createSymbolicLink(
                atPath: folder.path(program), withDestinationPath: "/usr/bin/python3")
            let script = """
                import sqlite3, time
                db = sqlite3.connect('casekeeper.db')
                db.execute('BEGIN')
                db.execute('SELECT count(*) FROM token').fetchall()
                open('ready', 'w').close(); time.sleep(60)
                """
            let holder = try RunningProcess(path: folder.path(program), ["-c", script], environment: [:], in: folder)
            #expect(eventually { folder.has("ready") }, "\(holder.errors)")
            defer {
                holder.signal(SIGKILL)
                _ = try? holder.wait()
                try? FileManager.default.removeItem(atPath: folder.path("ready"))
            }
            let refused = try Binary.run(["restore", "b.db", "--force"], in: folder)
            #expect(refused.exitCode == 75, "\(refused)")
            let words = "casekeeper.db is open in process \(holder.id) (\(program)): "
            #expect(refused.errors.contains(words), "\(refused)")
            return refused.errors
        }
        let litestream = try refusal(whileOpenIn: "litestream")
        #expect(
            litestream.contains("stop Litestream first")
                && litestream.contains("litestream reset \(folder.path("casekeeper.db")) before it is started again"))
        #expect(try refusal(whileOpenIn: "sqlview").contains("end that first"))
        #expect(try Binary.run(["restore", "b.db", "--force"], in: folder).exitCode == 0)
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
