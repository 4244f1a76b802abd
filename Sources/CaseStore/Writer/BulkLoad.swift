package import Complaints
import Foundation
import GRDB

/// Fills a new database with a made-up history, for tests and benchmarks: by the same rules and into the same rows as
/// the service, but each step at an instant of its own, from cases held in memory, and without any care for the file
/// until it is finished. Secondary indexes and triggers are taken away meanwhile and made again at the end, which is
/// several times faster than keeping them; but for those that cases and customers are looked up by.
package final class BulkLoad {
    private let connection: DatabaseQueue
    private var names = NameBook()
    private var statements = StatementCache()
    private var log: LogWriter
    private var setAside: [String] = []
    private var last = Instant.earliest
    private var stepsSinceFlush = 0

    private static let setAside = SQL(
        """
        SELECT type, name, sql FROM sqlite_schema
        WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name <> 'name'
            AND name NOT LIKE '%_by_external_id'
        ORDER BY type, name
        """)

    /// How many steps the full-text index is brought up to date after.
    private static let flushEvery = 20_000

    /// Makes the database. `salt` gives 16 bytes for each log entry; the same ones make the same log again.
    package init(path: String, salt: @escaping () -> [UInt8]) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.unusable("\(path) is there already: a history is made into a new file.")
        }
        _ = try CaseStore(path: path)
        let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        self.connection = connection
        let statements = statements
        log = try connection.inDatabase { db in
            for pragma in [
                "locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF",
                "cache_size = -1048576",
            ] {
                try db.run("PRAGMA \(pragma)")
            }
            return try LogWriter(db, statements, makeSalt: salt)
        }
        setAside = try connection.inDatabase { db in
            try db.run("BEGIN EXCLUSIVE")
            var dropped: [(drop: String, sql: String)] = []
            try StatementCache().rows(Self.setAside, db) {
                dropped.append(("DROP \($0.text(0)) \($0.text(1))", $0.text(2)))
            }
            for one in dropped { try db.run(one.drop) }
            return dropped.map(\.sql)
        }
    }

    /// Opens a case at an instant.
    ///
    /// - Throws: `Refusal`, after which the load can't go on.
    package func open(_ request: CaseRequest, by actor: Actor, at instant: Instant) throws -> CaseFile {
        try step(at: instant) { try $0.openCase(Incoming(request), by: actor).file }
    }

    /// Changes a case as the step before left it.
    ///
    /// - Throws: `Refusal`, after which the load can't go on.
    package func change(
        _ before: CaseFile, by actor: Actor, at instant: Instant,
        _ change: (inout CaseChange, Policy, Instant) throws -> Void
    ) throws -> CaseFile {
        try step(at: instant) { transaction in
            var draft = CaseChange(of: before, nextPromiseID: try transaction.nextID(WriteTransaction.nextPromise))
            try change(&draft, try transaction.record.policy(before.record.fields.severity), transaction.now)
            return try transaction.save(draft, by: actor).file
        }
    }

    /// Every step has a stamp, later than the one before.
    private func step<Value>(at instant: Instant, _ body: (WriteTransaction) throws -> Value) throws -> Value {
        last = max(instant, Instant(milliseconds: last.milliseconds + 1))
        return try connection.inDatabase { db in
            let transaction = WriteTransaction(
                db, names: names, statements: statements, now: last, log: log, hasSavepoints: false, advises: false)
            let value = try body(transaction)
            log = transaction.log
            stepsSinceFlush += 1
            if stepsSinceFlush == Self.flushEvery {
                stepsSinceFlush = 0
                try transaction.search.catchUp()
            }
            return value
        }
    }

    /// Makes the indexes and triggers, and leaves a database like any other. Nothing can be added afterwards.
    package func finish() throws {
        try connection.inDatabase { db in
            try SearchIndex(db: db, statements: statements).catchUp()
            for sql in setAside { try db.run(sql) }
            try ClockRow.set(last, db, statements)
            try db.run("COMMIT")
            try db.run("PRAGMA locking_mode = NORMAL")
            try db.run("PRAGMA journal_mode = WAL")
        }
        // A connection is not closed while there are statements of it.
        statements = StatementCache()
        names = NameBook()
        try connection.close()
    }
}
