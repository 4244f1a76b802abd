import Foundation
import GRDB
import Testing

@testable import CaseStore

@Suite("The names of databases, whatever characters are in them")
struct FileNameTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test(
        "the file has the name that was asked for, and is found under it, also where it is only looked at",
        arguments: ["a b.db", "what?.db", "no#1.db", "50%25.db", "ü&vfs=none.db", "a:b.db"])
    func names(name: String) throws {
        let path = folder.path(name)
        let writer = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        try writer.inDatabase { db in
            try db.execute(sql: "CREATE TABLE word (id INTEGER PRIMARY KEY)")
            try db.execute(sql: "INSERT INTO word VALUES (7)")
        }
        try writer.close()
        let still = try SQLiteConnection.openStill(path: path, options: StoreOptions())
        #expect(try still.unsafeRead { try Int.fetchOne($0, sql: "SELECT id FROM word") } == 7)
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path("."))
        #expect(found == [name])
    }
}
