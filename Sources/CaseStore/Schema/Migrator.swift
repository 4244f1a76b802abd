import Complaints
import Foundation
import GRDB
import Hashing
import Migrations

/// Brings a database to the shape this program knows, and refuses one that it must not touch.
struct Migrator {
    let path: String
    let migrations: [Migration]
    /// Of each migration, by its version.
    private let checksums: [Int: String]

    init(path: String) {
        self.path = path
        migrations = Migration.all
        checksums = Self.checksums
    }

    init(path: String, migrations: [Migration]) {
        self.path = path
        self.migrations = migrations
        checksums = Self.checksums(of: migrations)
    }

    /// Of all of this program's, made once: each connection that is opened is held to them.
    private static let checksums = checksums(of: Migration.all)

    private static func checksums(of migrations: [Migration]) -> [Int: String] {
        Dictionary(uniqueKeysWithValues: migrations.map { ($0.version, SHA256.hash($0.sql).hex) })
    }

    /// Applies what is missing, each migration in a transaction of its own with its entry in `schema_migration`.
    /// Returns the names of those applied.
    ///
    /// - Throws: `MigrationInterruption` where the watch has had enough, and `StoreError.unusable` where a step can't be
    ///   applied to what is in the database, which no second try mends; besides what SQLite throws.
    func migrate(_ db: Database, watch: MigrationWatch = MigrationWatch()) throws -> [String] {
        var applied: [String] = []
        if try !missing(db).isEmpty { Self.addFunctions(to: db) }
        // Asked again under the lock: another process may be at the same.
        while try !missing(db).isEmpty {
            try db.run("BEGIN IMMEDIATE")
            do {
                let step = try missing(db).first.map { StepWatch($0, of: migrations.count, watch) }
                if let step { try step.run(db) { try apply(step.migration, db) } }
                try db.run("COMMIT")
                if let step {
                    applied.append(step.migration.name)
                    step.tellDone()
                }
            } catch {
                var cause = error
                if var interruption = error as? MigrationInterruption {
                    interruption.applied = applied
                    cause = interruption
                } else if let failure = error as? MigrationFailure {
                    cause = StoreError.unusable(
                        """
                        \(path) can't be brought to this version's shape: \(failure). What it was before that step it still is. \
                        Use the version that made it; or restore a backup, if it was changed by hand.
                        """)
                }
                do {
                    try db.makeIdle()
                } catch {
                    throw StoreError.failed("\(cause), and what was begun could not be taken back: \(error)")
                }
                throw cause
            }
        }
        return applied
    }

    /// Applies what is missing within a transaction of the caller's, and returns the names.
    ///
    /// - Throws: `MigrationFailure`, besides what SQLite throws.
    func applyMissing(_ db: Database) throws -> [String] {
        let missing = try missing(db)
        if !missing.isEmpty { Self.addFunctions(to: db) }
        for migration in missing { try apply(migration, db) }
        return missing.map(\.name)
    }

    /// The migrations that have not been applied; throws when the database is not ours, or when the ones that have are
    /// not those we know.
    func missing(_ db: Database) throws -> [Migration] {
        try Self.checkIdentity(db, path: path)
        let applied = try applied(db)
        for row in applied {
            guard let known = migrations.first(where: { $0.version == row.version }) else {
                throw StoreError.unusable(
                    """
                    \(path) was made by a newer casekeeper (it has \(applied.last?.name ?? row.name), and this one ends with \
                    \(migrations.last?.name ?? "none")). Use that version, or restore the backup from before the upgrade.
                    """)
            }
            let isKnown = ([checksum(known)] + known.formerChecksums).contains { $0.isExactly(row.checksum) }
            guard isKnown, known.name == row.name else {
                throw StoreError.unusable(
                    "\(path) has another migration \(row.name) than this casekeeper: one that was applied has been "
                        + "edited. Use the version that made the database.")
            }
        }
        return migrations.filter { migration in !applied.contains { $0.version == migration.version } }
    }

    private func applied(_ db: Database) throws -> [(version: Int, name: String, checksum: String)] {
        // Asked each time: another process may have made the table since.
        let exists = try db.first("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration')") {
            $0.flag(0)
        }
        guard exists == true else { return [] }
        var applied: [(version: Int, name: String, checksum: String)] = []
        try StatementCache().rows(Self.entries, db) { applied.append((Int($0.integer(0)), $0.text(1), $0.text(2))) }
        return applied
    }

    private static let entries = SQL("SELECT version, name, checksum FROM schema_migration ORDER BY version")
    private static let insertEntry = SQL(
        """
        INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, unixepoch() * 1000)
        """)

    private func apply(_ migration: Migration, _ db: Database) throws {
        try db.run(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                checksum TEXT NOT NULL,
                applied_at INTEGER NOT NULL
            ) STRICT
            """)
        do {
            try db.run(String(decoding: migration.sql, as: UTF8.self))
        } catch let error as DatabaseError where MigrationFailure.isOfContents(error) {
            throw MigrationFailure(name: migration.name, reason: error.words)
        }
        try StatementCache().run(Self.insertEntry, db) { row in
            row.add(Int64(migration.version))
            row.add(migration.name)
            row.add(checksum(migration))
        }
        try db.run("PRAGMA application_id = \(SQLiteConnection.applicationID)")
    }

    /// Writes down when a new database's policies came about: migrations ask for no time, as all machines that make them are
    /// to make the same.
    static func dateNewPolicies(_ db: Database, now: Instant) throws {
        let areNew = try db.first("SELECT EXISTS (SELECT 1 FROM policy WHERE updated_at = 0)") { $0.flag(0) }
        guard areNew == true else { return }
        try StatementCache().run(datePolicies, db) { $0.add(now) }
    }

    private static let datePolicies = SQL("UPDATE policy SET updated_at = ? WHERE updated_at = 0")

    /// What migrations may ask for besides SQLite's own functions: how names compare, and phone numbers. Added once a
    /// connection, before the first of them, as SQLite lets no function be replaced while a statement runs.
    private static func addFunctions(to db: Database) {
        db.add(function: FoldName.function)
        db.add(function: phoneKey)
    }

    private static let phoneKey = DatabaseFunction("phone_key", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).flatMap(PhoneNumber.init)?.reversed
    }

    /// Another program's database is left alone.
    static func checkIdentity(_ db: Database, path: String) throws {
        let id = try applicationID(db)
        if id == SQLiteConnection.applicationID { return }
        let tables = try db.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
        guard id == 0, tables == 0 else {
            throw StoreError.unusable("\(path) is the database of another program. Give another file.")
        }
    }

    /// Whose the file says it is; 0 for nobody's.
    static func applicationID(_ db: Database) throws -> Int32 {
        try db.first("PRAGMA application_id") { Int32(truncatingIfNeeded: $0.integer(0)) } ?? 0
    }

    private func checksum(_ migration: Migration) -> String {
        checksums[migration.version] ?? SHA256.hash(migration.sql).hex
    }
}
