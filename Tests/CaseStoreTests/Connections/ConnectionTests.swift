import GRDB
import GRDBSQLite
import Testing

@testable import CaseStore

@Suite("Connections")
struct ConnectionTests {
    @Test(
        "the writer is durable, and holds foreign keys",
        arguments: [
            ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("temp_store", "2"),
            ("recursive_triggers", "1"),
        ])
    func writer(pragma: String, expected: String) throws {
        let desk = try Desk()
        let connection = try SQLiteConnection.open(path: desk.store.path, readonly: false, options: StoreOptions())
        #expect(try connection.inDatabase { try String.fetchOne($0, sql: "PRAGMA \(pragma)") } == expected)
    }

    @Test("a reader can't write")
    func reader() throws {
        let desk = try Desk()
        let connection = try SQLiteConnection.open(path: desk.store.path, readonly: true, options: StoreOptions())
        #expect(throws: DatabaseError.self) {
            try connection.inDatabase { try $0.execute(sql: "UPDATE clock SET stamp = 1") }
        }
    }

    @Test("SQLite counts no memory, whoever opens a database first: it would take one lock for all connections")
    func memory() throws {
        let connection = try DatabaseQueue()
        #expect(try connection.read { try Int.fetchOne($0, sql: "SELECT length('counted')") } == 7)
        #expect(sqlite3_memory_used() == 0)
    }
}
