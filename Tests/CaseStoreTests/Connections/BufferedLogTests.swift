import Foundation
import GRDB
import Testing

@testable import CaseStore

@Suite("The write-ahead log, whose frames go out together")
struct BufferedLogTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// A new database whose writer has room for few pages, so that a large transaction spills into the log.
    private func writer(_ name: String = "log.db") throws -> DatabaseQueue {
        let queue = try SQLiteConnection.open(path: folder.path(name), readonly: false, options: StoreOptions())
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = 20")
            try db.execute(sql: "CREATE TABLE word (id INTEGER PRIMARY KEY, spelling TEXT)")
        }
        return queue
    }

    /// A row takes a quarter of a page.
    private func insert(_ ids: ClosedRange<Int>, _ db: Database) throws {
        for id in ids {
            try db.execute(
                sql: "INSERT INTO word VALUES (?, ?)",
                arguments: [id, "\(id) " + String(repeating: "w", count: 1000)])
        }
    }

    private func figures(_ queue: DatabaseQueue) throws -> [Int] {
        try queue.inDatabase { db in
            #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
            let row = try Row.fetchOne(
                db, sql: "SELECT count(*), coalesce(sum(CAST(spelling AS INTEGER)), 0) FROM word")
            return [row?[0] ?? -1, row?[1] ?? -1]
        }
    }

    @Test("a transaction far larger than the cache and the buffer is whole, in it, beside it, and after it")
    func spilled() throws {
        let queue = try writer()
        let sum = 2000 * 2001 / 2
        let reader = try SQLiteConnection.open(path: folder.path("log.db"), readonly: true, options: StoreOptions())
        try queue.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            try insert(1...2000, db)
            // What was spilled is read again by the one who wrote it, and by nobody else.
            #expect(try Int.fetchOne(db, sql: "SELECT sum(CAST(spelling AS INTEGER)) FROM word") == sum)
            #expect(try figures(reader) == [0, 0])
            try db.execute(sql: "UPDATE word SET spelling = '0' || spelling WHERE id % 7 = 0")
            try db.execute(sql: "COMMIT")
        }
        #expect(try figures(reader) == [2000, sum])
        #expect(try figures(DatabaseQueue(path: folder.path("log.db"))) == [2000, sum])
    }

    @Test("what was spilled and rolled back is gone, and the next commit takes its place in the log")
    func rolledBack() throws {
        let queue = try writer()
        let reader = try SQLiteConnection.open(path: folder.path("log.db"), readonly: true, options: StoreOptions())
        for round in 1...3 {
            try queue.inDatabase { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                try insert(1000...1999, db)
                try db.execute(sql: "ROLLBACK")
                try insert(round...round, db)
            }
            #expect(try figures(reader) == [round, round * (round + 1) / 2])
        }
    }

    @Test("another process reads the log as it stands, without the one who wrote it")
    func copied() throws {
        let queue = try writer()
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "BEGIN IMMEDIATE")
            try insert(1...500, db)
            try db.execute(sql: "COMMIT")
        }
        // As a crash would leave them: the files of a writer that is still there.
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.path("log.db" + suffix), toPath: folder.path("copy.db" + suffix))
        }
        #expect(try figures(DatabaseQueue(path: folder.path("copy.db"))) == [500, 500 * 501 / 2])
        #expect(try figures(queue) == [500, 500 * 501 / 2])
    }

    @Test("a commit takes far fewer system calls than it has frames")
    func calls() throws {
        let queue = try writer()
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = 1000")
            try db.execute(sql: "BEGIN IMMEDIATE")
            try insert(1...200, db)
            let before = try Self.writes
            try db.execute(sql: "COMMIT")
            let writes = try Self.writes - before
            #expect((1...20).contains(writes), "some 50 frames in \(writes) writes")
        }
    }

    /// How many times this process has called the system to write.
    private static var writes: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/self/io", encoding: .utf8)
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("syscw:") })
            return try #require(Int(line.dropFirst("syscw:".count).drop { $0 == " " }))
        }
    }

    @Test(
        "the file has the name that was asked for, whatever characters are in it",
        arguments: ["a b.db", "what?.db", "no#1.db", "50%25.db", "ü&vfs=none.db", "a:b.db"])
    func names(name: String) throws {
        _ = try writer(name)
        #expect(FileManager.default.fileExists(atPath: folder.path(name)))
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path("."))
        #expect(found.allSatisfy { $0.hasPrefix(name) }, "\(found)")
    }
}
