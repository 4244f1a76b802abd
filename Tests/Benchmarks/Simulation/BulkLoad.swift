import CaseStore
package import Complaints
import Foundation
import GRDB

/// Fills a new database with a made-up history, for tests and benchmarks: by the same rules and into the same rows as
/// the service, but each step at an instant of its own, from cases held in memory, and without any care for the file
/// until it is finished. Secondary indexes and triggers are taken away meanwhile and made again at the end, which is
/// several times faster than keeping them; but for those that cases, customers and owners are looked up by.
package final class BulkLoad {
    private let connection: DatabaseQueue
    private var names = NameBook()
    private var owners = KnownOwners()
    private var statements = StatementCache()
    private var log: LogWriter
    private var setAside: [String] = []
    private var last = Instant.earliest
    private var stepsSinceFlush = 0

    private static let secondary = """
        SELECT type, name, sql FROM sqlite_schema
        WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name NOT IN ('name', 'customer')
            AND name NOT LIKE '%_by_external_id'
            AND name NOT IN ('promise_unsettled', 'promise_unsettled_by_owner', 'complaint_case_open_by_owner',
                'owner_change_by_promise')
        ORDER BY type, name
        """

    /// How many steps the full-text index is brought nearer to the log after; it stays ahead of what they write.
    private static let flushEvery = 1000

    /// Makes the database. `salt` gives 16 bytes for each log entry; the same ones make the same log again.
    ///
    /// - Throws: `StoreError.unusable` when there is a file already.
    package init(path: String, salt: @escaping () -> [UInt8]) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.unusable("\(path) is there already: a history is made into a new file.")
        }
        _ = try CaseStore(path: path)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.allowsUnsafeTransactions = true
        connection = try DatabaseQueue(path: path, configuration: configuration)
        let statements = statements
        log = try connection.inDatabase { db in
            for pragma in [
                "locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -1048576",
                "temp_store = MEMORY",
            ] {
                try db.execute(sql: "PRAGMA \(pragma)")
            }
            return try LogWriter(db, statements, makeSalt: salt)
        }
        setAside = try connection.inDatabase { db in
            try db.execute(sql: "BEGIN EXCLUSIVE")
            let rows = try Row.fetchAll(db, sql: Self.secondary)
            for row in rows { try db.execute(sql: "DROP \(row["type"] as String) \(row["name"] as String)") }
            return rows.map { $0["sql"] }
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
            var draft = CaseChange(of: before, nextPromiseID: try transaction.nextPromiseID)
            try change(&draft, try transaction.record.policy(for: before.record), transaction.now)
            return try transaction.save(draft, by: actor).file
        }
    }

    /// Resolves a case as the duplicate of another one, both as the steps before left them.
    ///
    /// - Throws: `Refusal`, after which the load can't go on.
    package func resolve(
        _ duplicate: CaseFile, asDuplicateOf other: CaseFile, because reason: String, by actor: Actor,
        at instant: Instant
    ) throws -> (duplicate: CaseFile, other: CaseFile) {
        try step(at: instant) { transaction in
            let request = DuplicateRequest(caseID: other.record.id, reason: reason)
            let goal = CaseTransfer.Goal(
                other, policy: try transaction.record.policy(for: other.record), isRing: false)
            let transfer = try CaseTransfer(
                Incoming(request), of: duplicate, knowing: [], to: goal, nextPromiseID: try transaction.nextPromiseID,
                by: actor, at: transaction.now)
            let file = try transaction.save(transfer.other, by: actor).file
            return (try transaction.save(transfer.duplicate, by: actor).file, file)
        }
    }

    /// Every step has a stamp, later than the one before.
    private func step<Value>(at instant: Instant, _ body: (WriteTransaction) throws -> Value) throws -> Value {
        last = max(instant, Instant(milliseconds: last.milliseconds + 1))
        return try connection.inDatabase { db in
            let transaction = WriteTransaction(
                db, names: names, owners: owners, statements: statements, now: last, log: log, hasSavepoints: false,
                advises: false)
            let value = try body(transaction)
            log = transaction.log
            stepsSinceFlush += 1
            if stepsSinceFlush == Self.flushEvery {
                stepsSinceFlush = 0
                try transaction.catchUpSearch()
            }
            return value
        }
    }

    /// Makes the indexes and triggers, and leaves a database like any other. Nothing can be added afterwards.
    package func finish() throws {
        _ = try step(at: last) { try $0.catchUpSearch() }
        try connection.inDatabase { db in
            for sql in setAside { try db.execute(sql: sql) }
            try db.execute(sql: "UPDATE clock SET stamp = ? WHERE id = 1", arguments: [last.milliseconds])
            try db.execute(sql: "COMMIT")
            try db.execute(sql: "PRAGMA locking_mode = NORMAL")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        // A connection is not closed while there are statements of it.
        statements = StatementCache()
        names = NameBook()
        try connection.close()
    }
}
