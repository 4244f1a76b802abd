import Foundation
import GRDB
import TestSupport
import Testing

@testable import casekeeper

@Suite("A write-ahead log that Litestream reads", .serialized)
struct ReplicatedLogTests {
    private static let limit = 1 << 19

    @Test("is left to it: past the limit no report waits, it is told of once, and Litestream has it begin anew")
    func standing() throws {
        let scene = try FaultScene(["--wal-limit", "\(Self.limit)"])
        let litestream = try Litestream(of: "casekeeper.db", in: scene.folder)
        // Reads as Litestream does when it is slow to send what it has read.
        var settings = Configuration()
        settings.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: scene.folder.path("casekeeper.db"), configuration: settings)
        try reader.unsafeReentrantWrite { try $0.execute(sql: "BEGIN; SELECT count(*) FROM complaint_case") }
        while try #require(try scene.figure("casekeeper_wal_bytes")) <= 2 * Self.limit {
            #expect(try scene.write().status == 201)
        }
        #expect(try scene.get("/v1/reports/promises").status == 200, "though the log is too long")
        #expect(try scene.get("/readyz").status == 200)
        #expect(try scene.logSize() > Self.limit)
        #expect(told(scene) == 1)

        try reader.unsafeReentrantWrite { try $0.execute(sql: "COMMIT") }
        try reader.close()
        let isShort = try eventually {
            _ = try litestream.sync()
            #expect(try scene.write().status == 201)
            return try #require(try scene.figure("casekeeper_wal_bytes")) < Self.limit
        }
        #expect(isShort)
        #expect(told(scene) == 0)
        litestream.process.signal(SIGTERM)
        #expect(try litestream.process.wait().exitCode == 0)
        let restored = try litestream.restore(to: "copy.db")
        #expect(restored.exitCode == 0, "\(restored.errors)")
        try scene.settle()
        let verified = try Binary.run(["verify", "--database", "copy.db"], in: scene.folder)
        #expect(verified.exitCode == 0, "\(verified.output)")
    }

    /// How much oftener it was said that the log stands than that it is in order again. Litestream may have been stopped while
    /// it did not read: then the log still began anew once or more before it stood, and each of the two is said each time.
    private func told(_ scene: FaultScene) -> Int {
        scene.logged("Litestream does not let the write-ahead log begin anew")
            - scene.logged("the write-ahead log is within its limit again")
    }

    @Test("keeps a commit in whose sync the service was killed, and which Litestream has read")
    func killedInCommit() throws {
        let scene = try FaultScene()
        let litestream = try Litestream(of: "casekeeper.db", in: scene.folder)
        for _ in 0..<5 { #expect(try scene.write().status == 201) }
        #expect(try litestream.sync().exitCode == 0)
        let calls = try scene.holdSync()
        let write = scene.beginWrite()
        #expect(eventually { calls.hasBeenMade })
        #expect(try litestream.sync().exitCode == 0)
        scene.server.process.signal(SIGKILL)
        try calls.end()
        #expect(try scene.server.process.wait().exitCode == 128 + SIGKILL)
        #expect(try write.end().status == 0)
        try scene.start()
        for _ in 0..<5 { #expect(try scene.write().status == 201) }
        let synced = try litestream.sync()
        #expect(synced.exitCode == 0, "\(synced.errors)")
        let restored = try litestream.restore(to: "copy.db")
        #expect(restored.exitCode == 0, "\(restored.errors)")
        let verified = try Binary.run(["verify", "--database", "copy.db"], in: scene.folder)
        #expect(verified.exitCode == 0, "\(verified.output)")
        litestream.process.signal(SIGTERM)
        #expect(try litestream.process.wait().exitCode == 0)
        try scene.settle()
    }

    @Test("is emptied by nobody else while Litestream has it open, also between its transactions, and is afterwards")
    func betweenTransactions() throws {
        let scene = try FaultScene(["--wal-limit", "\(Self.limit)", "--replicated"])
        // As Litestream is while it moves the log into the database.
        let idle = try DatabaseQueue(path: scene.folder.path("casekeeper.db"))
        #expect(try idle.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaint_case") } == 0)
        var before = 0
        for _ in 0..<4000 where before <= 2 * Self.limit {
            #expect(try scene.write().status == 201)
            let bytes = try #require(try scene.figure("casekeeper_wal_bytes"))
            try #require(bytes > before, "it was emptied")
            before = bytes
        }
        #expect(before > 2 * Self.limit)
        try idle.close()
        let isShort = try eventually {
            #expect(try scene.write().status == 201)
            return try #require(try scene.figure("casekeeper_wal_bytes")) < Self.limit
        }
        #expect(isShort)
        try scene.settle()
    }

    @Test("is as any other once nobody reads it: a copy has Litestream's tables, and is served as if it had none")
    func nobody() throws {
        let scene = try FaultScene(["--wal-limit", "\(Self.limit)"])
        let litestream = try Litestream(of: "casekeeper.db", in: scene.folder)
        #expect(try scene.write().status == 201)
        #expect(try scene.figure("casekeeper_replicated") == 1)
        litestream.process.signal(SIGTERM)
        #expect(try litestream.process.wait().exitCode == 0)
        try FileManager.default.removeItem(atPath: scene.folder.path(".casekeeper.db-litestream"))
        #expect(try scene.figure("casekeeper_replicated") == 0)
        #expect(try scene.end().exitCode == 0)
        // (Whoever only reads makes an empty one.)
        #expect(FileManager.default.fileExists(atPath: scene.path("-wal")) == false)
        try scene.compare()
        try scene.start()
        #expect(try scene.run("backup", scene.folder.path("backup.db")).exitCode == 0)
        try scene.settle()
    }
}
