import Complaints
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("A database that Litestream replicates")
struct ReplicationTests {
    private let folder: ScratchFolder
    private static let limit = 1 << 18

    init() throws { folder = try ScratchFolder() }

    private func open(isReplicated: Bool = false) throws -> CaseStore {
        var options = StoreOptions(minFreeSpace: 0, logLimit: Self.limit)
        options.isReplicated = isReplicated
        return try CaseStore(path: folder.path("desk.db"), options: options)
    }

    private func fill(_ store: CaseStore) throws {
        while store.logFigures.bytes <= Self.limit {
            try store.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) }
        }
    }

    @Test("is known by the folder beside it, from when it is there until it is gone, or by what is said")
    func known() throws {
        let store = try open()
        #expect(store.logFigures.isReplicated == false)
        let beside = URL(filePath: folder.path(".desk.db-litestream"))
        try FileManager.default.createDirectory(at: beside, withIntermediateDirectories: false)
        #expect(store.logFigures.isReplicated)
        try FileManager.default.removeItem(at: beside)
        #expect(store.logFigures.isReplicated == false)
        #expect(try open(isReplicated: true).logFigures.isReplicated)
    }

    @Test("does not empty its log while a reader stays, nor waits for that, and begins long reads all the same")
    func passive() throws {
        let store = try open(isReplicated: true)
        let reader = try DatabaseQueue(path: folder.path("desk.db"))
        try reader.inDatabase { db in
            try db.execute(sql: "BEGIN")
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM complaint_case")
            try fill(store)
            #expect(store.beginLongRead())
            store.endLongRead()
            // It would wait for the reader for seconds otherwise; that it is emptied is for Litestream alone.
            store.checkpoint()
            #expect(store.logFigures.bytes > Self.limit)
            try db.execute(sql: "COMMIT")
        }
        store.checkpoint()
        #expect(store.logFigures.bytes > Self.limit)
        let size = try FileManager.default.attributesOfItem(atPath: folder.path("desk.db-wal"))[.size] as? Int
        #expect(try #require(size) > Self.limit, "what is in it is not taken from who reads it")
    }
}
