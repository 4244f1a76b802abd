import GRDB
import GRDBSQLite

/// Between two pieces of work a connection is idle: it has begun no transaction, and no statement keeps a snapshot open.
/// One that is not could begin nothing new, and its snapshot would keep the write-ahead log from getting shorter.
extension Database {
    /// Whether it is so.
    var isIdle: Bool {
        sqlite3_get_autocommit(sqliteConnection) != 0
            && sqlite3_txn_state(sqliteConnection, nil) == SQLITE_TXN_NONE
    }

    /// Makes it so: resets what still runs, and takes back what was begun. Nothing interrupts it, whatever bound the
    /// connection works under: its progress handler is gone after it, for whoever set it to set it anew.
    ///
    /// - Throws: `DatabaseError` when SQLite can't.
    func makeIdle() throws {
        sqlite3_progress_handler(sqliteConnection, 0, nil, nil)
        var next = sqlite3_next_stmt(sqliteConnection, nil)
        while let statement = next {
            // It returns how the statement's last run ended, which is known already.
            if sqlite3_stmt_busy(statement) != 0 { _ = sqlite3_reset(statement) }
            next = sqlite3_next_stmt(sqliteConnection, statement)
        }
        guard sqlite3_get_autocommit(sqliteConnection) == 0 else { return }
        let code = sqlite3_exec(sqliteConnection, "ROLLBACK", nil, nil, nil)
        guard code == SQLITE_OK else { throw DatabaseError.last(of: sqliteConnection, code: code) }
    }

    /// Runs `body` in a transaction of which nothing is kept.
    ///
    /// - Parameter begin: how it begins, such as `BEGIN IMMEDIATE`.
    /// - Throws: what `body` throws, else `DatabaseError` when the transaction can't be begun or ended.
    func discarding<Value>(_ begin: String, _ body: () throws -> Value) throws -> Value {
        try run(begin)
        let outcome = Result { try body() }
        let end = Result { try makeIdle() }
        let value = try outcome.get()
        try end.get()
        return value
    }
}

/// What a connection is for, as the log names it.
enum ConnectionRole: String {
    case reader, writer
}

extension StoreHealth {
    /// Sees that a connection is idle: before a piece of work, and after it. When it is not, it is made so, and the
    /// operator hears of it: there is a mistake somewhere.
    ///
    /// - Parameter cause: why it may not be, where that is known.
    /// - Throws: `DatabaseError` when it can't be made idle.
    func requireIdle(_ db: Database, _ role: ConnectionRole, cause: (any Error)? = nil) throws {
        guard !db.isIdle else { return }
        let found = db.isInsideTransaction ? "in a transaction" : "with a statement that had not come to its end"
        try db.makeIdle()
        healed(role, "it was \(found)" + (cause.map { " after \($0)" } ?? ""))
    }
}
