import Complaints
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("The write-ahead log, kept short while changes go on")
struct CheckpointerTests {
    private let folder: ScratchFolder
    private let store: CaseStore

    init() throws {
        folder = try ScratchFolder()
        store = try CaseStore(
            path: folder.path("desk.db"), options: StoreOptions(minFreeSpace: 0, logLimit: 1 << 20))
    }

    private func write(_ count: Int) throws {
        for _ in 0..<count {
            try store.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) }
        }
    }

    /// Goes on writing until that is so; it may take some batches more.
    private func writes(_ condition: () -> Bool) throws -> Bool {
        try eventually {
            if condition() { return true }
            try write(1)
            return false
        }
    }

    @Test("begins anew again and again, and what it held is in the database's file")
    func beginsAnew() throws {
        let before = store.logFigures.complete
        var longest = 0
        for _ in 0..<40 {
            try write(10)
            longest = max(longest, store.logFigures.bytes)
        }
        #expect(try writes { store.logFigures.complete > before + 3 })
        #expect(longest < 4 << 20)
        #expect(store.logFigures.failed == 0)
        #expect(store.logFigures.partial == 0, "nobody was in the way")
        // The file alone, without the log: all of it but what came last.
        store.checkpoint()
        try FileManager.default.copyItem(atPath: folder.path("desk.db"), toPath: folder.path("copy.db"))
        let copy = try DatabaseQueue(path: folder.path("copy.db"))
        let count = try copy.inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaint_case") }
        #expect(try #require(count) >= 400)
        #expect(try store.makeReader().read { try $0.cases(CaseFilter(), PageRequest(limit: 1)).total } == count)
    }

    @Test("is emptied when the store is told to, also while it is being copied")
    func emptiedMeanwhile() throws {
        for _ in 0..<12 {
            // Up to where the next change has it copied, and one more.
            repeat { try write(1) } while store.logFigures.bytes < 5 << 17
            store.checkpoint()
            #expect(store.logFigures.bytes == 0)
            let size = try FileManager.default.attributesOfItem(atPath: folder.path("desk.db-wal"))[.size]
            #expect(size as? Int == 0)
        }
        #expect(store.logFigures.failed == 0)
        #expect(try store.makeReader().verify().findings == [])
    }

    @Test("with a reader in the way it grows, changes go on, and it begins anew once that is gone")
    func readerInTheWay() throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path("desk.db"), configuration: configuration)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN")
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM complaint_case")
        }
        while store.logFigures.bytes < 3 << 20 { try write(10) }
        #expect(try writes { store.logFigures.partial > 0 })
        #expect(store.logFigures.complete <= 1)
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        #expect(try writes { store.logFigures.bytes < 1 << 20 })
    }
}
