import Complaints
import Foundation
import GRDB
import Hashing
import Synchronization
import Testing

@testable import CaseStore
@testable import Migrations

@Suite("Migrations")
struct MigratorTests {
    /// What is said of a file that is refused.
    private func refusal(_ open: () throws -> Void) -> String? {
        do {
            try open()
            return nil
        } catch StoreError.unusable(let reason) {
            return reason
        } catch {
            return "\(error)"
        }
    }

    @Test("the list is what lies in the folder, in order and without gaps")
    func listAndFolder() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Migrations").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
        #expect(Migration.all.map { $0.name + ".sql" } == files.sorted())
        #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
        for migration in Migration.all {
            let file = try Data(contentsOf: folder.appending(path: migration.name + ".sql"))
            #expect(migration.sql == Array(file), "\(migration.name) as it is embedded")
        }
    }

    @Test("each applied one is on record with the SHA-256 of its file")
    func checksums() throws {
        let desk = try Desk()
        let rows = try desk.raw().read {
            try Row.fetchAll($0, sql: "SELECT version, name, checksum FROM schema_migration ORDER BY version")
        }
        let expected = Migration.all.map { [String($0.version), $0.name, SHA256.hash($0.sql).hex] }
        #expect(rows.map { [String($0[0] as Int), $0[1] as String, $0[2] as String] } == expected)
    }

    @Test("opening again applies nothing")
    func reopening() throws {
        let desk = try Desk()
        let before = try desk.raw().read { try Row.fetchAll($0, sql: "SELECT * FROM schema_migration") }
        #expect(try CaseStore.pendingMigrations(path: desk.store.path).isEmpty)
        let again = try desk.opened(clock: desk.clock)
        #expect(try again.raw().read { try Row.fetchAll($0, sql: "SELECT * FROM schema_migration") } == before)
    }

    @Test("a new one is applied, and what is pending is known beforehand without touching the file")
    func pending() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        _ = try DatabaseQueue(path: path)
        #expect(try CaseStore.pendingMigrations(path: path) == Migration.all.map(\.name))
        let next = Migration(
            version: Migration.all.count + 1, name: "V_next", sql: Array("CREATE TABLE more (a);".utf8))
        let migrator = Migrator(path: path, migrations: Migration.all + [next])
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        #expect(try connection.inDatabase { try migrator.migrate($0) } == Migration.all.map(\.name) + ["V_next"])
        #expect(try connection.inDatabase { try migrator.migrate($0) } == [])
    }

    /// A step that SQLite is busy with for longer than anybody waits in a test: it counts to a number that it is never at.
    private static let endless = Migration(
        version: Migration.all.count + 2, name: "V_endless",
        sql: Array(
            """
            CREATE TABLE endless (a INTEGER) STRICT;
            INSERT INTO endless WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0;
            """.utf8))

    @Test(
        "whoever waits is told of each as it begins, as it goes on and as it is done, and of nothing that was applied before"
    )
    func watched() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        let told = Mutex<[MigrationProgress]>([])
        let watch = MigrationWatch(
            interval: .zero, tell: { progress in told.withLock { $0.append(progress) } })
        let halfway = Array(Migration.all.prefix(20))
        _ = try connection.inDatabase { try Migrator(path: path, migrations: halfway).migrate($0) }
        _ = try connection.inDatabase { try Migrator(path: path).migrate($0, watch: watch) }
        let all = told.withLock { $0 }
        let later = Migration.all.dropFirst(20)
        #expect(all.filter(\.isDone).map(\.name) == later.map(\.name))
        #expect(all.filter(\.isDone).map(\.step) == later.map(\.version))
        #expect(all.first?.isDone == false && all.first?.name == later.first?.name)
        #expect(all.allSatisfy { $0.total == Migration.all.count && $0.elapsed >= .zero })
    }

    @Test(
        "one that goes on for too long is given up whole, what was applied before it stays, and the next time goes on there"
    )
    func givenUp() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        let next = Migration(
            version: Migration.all.count + 1, name: "V_next", sql: Array("CREATE TABLE more (a INTEGER) STRICT;".utf8))
        _ = try connection.inDatabase { try Migrator(path: path).migrate($0) }
        let told = Mutex<[String]>([])
        let watch = MigrationWatch(
            interval: .zero, isUnwanted: { told.withLock { $0.filter { $0 == "V_endless" }.count > 2 } },
            tell: { progress in told.withLock { $0.append(progress.name) } })
        let error = #expect(throws: MigrationInterruption.self) {
            try connection.inDatabase {
                _ = try Migrator(path: path, migrations: Migration.all + [next, Self.endless]).migrate($0, watch: watch)
            }
        }
        #expect(error?.undone == "V_endless")
        #expect(error?.applied == ["V_next"])
        let tables = "SELECT name FROM sqlite_schema WHERE name IN ('more', 'endless')"
        #expect(try connection.inDatabase { try String.fetchAll($0, sql: tables) } == ["more"])
        // The connection can be used as before, for as long as it takes.
        let other = Migration(version: next.version + 1, name: "V_other", sql: Array("SELECT 1;".utf8))
        #expect(
            try connection.inDatabase {
                try Migrator(path: path, migrations: Migration.all + [next, other]).migrate($0)
            }
                == ["V_other"])
    }

    /// By then the indexes of a UNIQUE have been turned into indexes of their own, in the schema itself (V008).
    @Test("a database with external ids keeps them unique, and those without one take no place among them")
    func externalIDs() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        try connection.inDatabase { db in
            _ = try Migrator(path: path, migrations: Array(Migration.all.prefix(7))).migrate(db)
            for (id, externalID) in [(1, "C-1"), (2, "C-2"), (3, nil), (4, nil)] as [(Int, String?)] {
                try db.execute(
                    sql:
                        "INSERT INTO customer (id, external_id, name, recorded_at, updated_at) VALUES (?, ?, 'Ida', 0, 0)",
                    arguments: [id, externalID])
                try db.execute(
                    sql: """
                        INSERT INTO complaint_case (id, external_id, customer_id, complaint, channel, severity, mood,
                            received_at, opened_at, status, imported, version, edits, updated_at)
                        VALUES (?1, ?2, ?1, 'It drips.', 'phone', 'normal', 'calm', 0, 0, 'open', 0, 1, 0, 0)
                        """, arguments: [id, externalID])
            }
            #expect(try Migrator(path: path).migrate(db) == Migration.all.dropFirst(7).map(\.name))
        }
        try connection.close()
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
            for table in ["customer", "complaint_case"] {
                let ids = "SELECT external_id FROM \(table) INDEXED BY \(table)_by_external_id WHERE external_id > ''"
                #expect(try String.fetchAll(db, sql: ids) == ["C-1", "C-2"])
                try db.execute(sql: "UPDATE \(table) SET external_id = NULL WHERE id = 2")
                try db.execute(sql: "UPDATE \(table) SET external_id = 'C-2' WHERE id = 3")
                let error = #expect(throws: DatabaseError.self) {
                    try db.execute(sql: "UPDATE \(table) SET external_id = 'C-1' WHERE id = 4")
                }
                #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE)
            }
            #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
        }
    }

    @Test("names of before that differ in full case folding only are one name")
    func folding() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        let folded = try connection.inDatabase { db in
            let before = Array(Migration.all.prefix { $0.name != "V010_full_case_folding" })
            _ = try Migrator(path: path, migrations: before).migrate(db)
            for (spelling, small) in [
                ("Straße", "straße"), ("STRASSE", "strasse"), ("Ann", "ann"), ("\u{1C5}", "\u{1C6}"),
            ] {
                try db.execute(
                    sql: "INSERT INTO name (role, spelling, folded) VALUES ('owner', ?, ?)",
                    arguments: [spelling, small])
            }
            _ = try Migrator(path: path).migrate(db)
            return try String.fetchAll(db, sql: "SELECT folded FROM name ORDER BY id")
        }
        #expect(folded == ["strasse", "strasse", "ann", "\u{1C6}"])
    }

    @Test("names of before that differ in the space between their words only are one name")
    func spaces() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        let names = try connection.inDatabase { db in
            let before = Array(Migration.all.prefix { !$0.name.hasSuffix("_space_in_names") })
            try #require(before.count < Migration.all.count)
            _ = try Migrator(path: path, migrations: before).migrate(db)
            for (spelling, folded) in [("Ann  Lee", "ann  lee"), ("Ann Lee", "ann lee"), ("A\nB", "a\nb")] {
                try db.execute(
                    sql: "INSERT INTO name (role, spelling, folded) VALUES ('owner', ?, ?)",
                    arguments: [spelling, folded])
            }
            _ = try Migrator(path: path).migrate(db)
            return try Row.fetchAll(db, sql: "SELECT spelling, folded FROM name ORDER BY id").map {
                [$0[0] as String, $0[1] as String]
            }
        }
        #expect(names == [["Ann  Lee", "ann lee"], ["Ann Lee", "ann lee"], ["A\nB", "a b"]])
    }

    @Test("one that fails leaves nothing of itself")
    func failing() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        let broken = Migration(version: 1, name: "V_broken", sql: Array("CREATE TABLE a (b); CREATE TABLE a (b);".utf8))
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        let error = #expect(throws: StoreError.self) {
            try connection.inDatabase { try Migrator(path: path, migrations: [broken]).migrate($0) }
        }
        // No second try mends it, and whoever starts it again and again is to know.
        guard case .unusable(let reason) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(reason.contains("V_broken") && reason.contains("already exists"))
        #expect(try connection.inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") } == 0)
    }

    @Test(
        "a database that this version can't have made is refused with the reason",
        arguments: [
            ("INSERT INTO schema_migration VALUES (999, 'V999_later', 'x', 0)", "newer casekeeper"),
            ("UPDATE schema_migration SET checksum = 'edited' WHERE version = 1", "has been edited"),
            ("UPDATE schema_migration SET name = 'V001_other' WHERE version = 1", "has been edited"),
            ("PRAGMA application_id = 7", "another program"),
        ])
    func refused(sql: String, reason: String) throws {
        let desk = try Desk()
        try desk.raw().writeWithoutTransaction { try $0.execute(sql: sql) }
        let opening = refusal { _ = try desk.opened(clock: desk.clock) }
        #expect(opening?.contains(reason) == true, "\(opening ?? "opened")")
        let asking = refusal { _ = try CaseStore.pendingMigrations(path: desk.store.path) }
        #expect(asking?.contains(reason) == true, "\(asking ?? "answered")")
    }

    @Test("the database of another program is refused and left as it was")
    func anotherProgram() throws {
        let folder = try ScratchFolder()
        let path = folder.path("other.db")
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE song (title)") }
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(refusal { _ = try CaseStore(path: path) }?.contains("another program") == true)
        #expect(refusal { _ = try CaseStore.pendingMigrations(path: path) }?.contains("another program") == true)
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("a file that is no database, and a folder that is not there, are refused with the reason")
    func noDatabase() throws {
        let folder = try ScratchFolder()
        let text = folder.path("notes.txt")
        try String(repeating: "To do: call Ida.\n", count: 100).write(toFile: text, atomically: true, encoding: .utf8)
        #expect(refusal { _ = try CaseStore(path: text) }?.contains("no SQLite database") == true)
        #expect(refusal { _ = try CaseStore(path: folder.path("none/desk.db")) }?.contains("can't be made") == true)
        #expect(refusal { _ = try CaseStore(path: folder.url.path) }?.contains("no regular file") == true)
        // Nobody can write there, not even root.
        #expect(refusal { _ = try CaseStore(path: "/proc/desk.db") }?.contains("can't be made") == true)
    }

    @Test("two that open a new file at once both find it whole")
    func concurrently() async throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask { _ = try CaseStore(path: path) }
            }
            try await group.waitForAll()
        }
        #expect(try CaseStore.pendingMigrations(path: path).isEmpty)
    }
}
