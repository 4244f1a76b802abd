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

    @Test("does not empty its log while Litestream reads, nor waits for that, and begins long reads all the same")
    func read() throws {
        let store = try open(isReplicated: true)
        let reader = try DatabaseQueue(path: folder.path("desk.db"))
        try reader.inDatabase { db in
            try db.execute(sql: "BEGIN")
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM complaint_case")
            try fill(store)
            let before = try frames()
            #expect(store.beginLongRead())
            store.endLongRead()
            // It would wait for the reader for seconds otherwise; that it is emptied is for Litestream alone.
            store.checkpoint()
            try store.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) }
            #expect(store.logFigures.bytes > Self.limit)
            #expect(try frames().starts(with: before), "what is in it is not taken from who reads it")
            try db.execute(sql: "COMMIT")
        }
    }

    @Test(
        "whose Litestream does not run has a log that ends before it begins anew: no frame is left that Litestream knows"
    )
    func emptied() throws {
        let store = try open(isReplicated: true)
        for _ in 0..<20 { try store.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) } }
        #expect(store.logFigures.bytes > 0)
        // As it was killed, and another begins with what it left: the first one is still there, and does nothing.
        let left = (try frames(), try Data(contentsOf: URL(filePath: folder.path("desk.db"))))
        try left.0.write(to: URL(filePath: folder.path("again.db-wal")))
        try left.1.write(to: URL(filePath: folder.path("again.db")))
        chmod(folder.path("again.db"), 0o600)
        var options = StoreOptions(minFreeSpace: 0)
        options.isReplicated = true
        let again = try CaseStore(path: folder.path("again.db"), options: options, purpose: "serve")
        #expect(again.logFigures.bytes == 0)
        #expect(try frames(of: "again.db").isEmpty)
        try again.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) }
        #expect(try again.makeReader().verify().findings == [])

        // While it goes on: each time that the log has begun anew, all of its frames are of that time.
        var isAnew = false
        for _ in 0..<400 {
            let before = try salts(frames().prefix(32))
            try store.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) }
            let now = try frames()
            guard !now.isEmpty, salts(now.prefix(32)) != before else { continue }
            isAnew = true
            let places = stride(from: 32, to: now.count, by: 4096 + 24)
            #expect(places.allSatisfy { now[($0 + 8)..<($0 + 16)] == salts(now.prefix(32)) })
        }
        #expect(isAnew)
    }

    @Test("keeps a commit whose writer was killed before it was in the log's index: Litestream may have read it")
    func unindexed() throws {
        let first = try open(isReplicated: true)
        for _ in 0..<3 { try first.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) } }
        // Never closed: SQLite's locks on the index would go with it.
        let index = Foundation.open(folder.path("desk.db-shm"), O_RDWR | O_CLOEXEC)
        var header = [UInt8](repeating: 0, count: 96)
        #expect(pread(index, &header, 96, 0) == 96)
        try first.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) }
        #expect(pwrite(index, header, 96, 0) == 96)
        let reader = try DatabaseQueue(path: folder.path("desk.db"))
        let count = "SELECT count(*) FROM complaint_case"
        #expect(try reader.read { try Int.fetchOne($0, sql: count) } == 3, "to SQLite it has not happened")

        let again = try open(isReplicated: true)
        #expect(try reader.read { try Int.fetchOne($0, sql: count) } == 4)
        try again.write { _ = try $0.openCase(Incoming(.plain()), by: Desk.agent) }
        #expect(try reader.read { try Int.fetchOne($0, sql: count) } == 5)
        #expect(try again.makeReader().verify().findings == [])
    }

    private func frames(of name: String = "desk.db") throws -> Data {
        try Data(contentsOf: URL(filePath: folder.path(name + "-wal")))
    }

    /// What tells the frames of one time that the log has begun from those of another
    /// (https://www.sqlite.org/fileformat2.html#walformat).
    private func salts(_ header: Data) -> Data { Data(header.dropFirst(16).prefix(8)) }
}
