import GRDB
import GRDBSQLite

/// The prepared statements of one connection. A statement depends on
/// - its SQL, all of which is compared where it is generated; what is fixed has a slot of its own for each text;
/// - the values, which are not in it: they are bound anew for each run;
/// - the connection: each has a cache of its own;
/// - the schema: when that changes SQLite prepares it again by itself.
final class StatementCache {
    private static let limit = 128

    private var generated: [String: Statement] = [:]
    /// By `SQL.slot`.
    private var fixed: [OpaquePointer?] = []
    private let values = BoundValues()

    deinit {
        for handle in fixed { sqlite3_finalize(handle) }
    }

    /// A statement of generated SQL. There is a bounded number of them: GRDB's own cache never lets one go.
    func statement(_ sql: String, _ db: Database) throws -> Statement {
        if let statement = generated[sql] { return statement }
        if generated.count >= Self.limit { generated.removeAll() }
        let statement = try db.makeStatement(sql: sql)
        generated[sql] = statement
        return statement
    }

    private func handle(_ sql: SQL, _ db: Database) throws -> OpaquePointer {
        if sql.slot < fixed.count, let handle = fixed[sql.slot] { return handle }
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(
            db.sqliteConnection, sql.text, -1, UInt32(bitPattern: SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw DatabaseError.last(of: db.sqliteConnection, code: code) }
        while fixed.count <= sql.slot { fixed.append(nil) }
        fixed[sql.slot] = handle
        return handle
    }

    /// Runs a statement that has no rows.
    func run(_ sql: SQL, _ db: Database, _ bind: (inout Bindings) throws -> Void = { _ in }) throws {
        try rows(sql, db, bind: bind) { _ in }
    }

    /// Runs a statement and goes through its rows.
    func rows(
        _ sql: SQL, _ db: Database, bind: (inout Bindings) throws -> Void = { _ in },
        _ body: (Columns) throws -> Void
    ) throws {
        let run = Run(handle: try handle(sql, db))
        let mark = values.mark
        defer { values.release(to: mark) }
        try run.bind(values, bind)
        try run.rows {
            try body($0)
            return true
        }
    }

    /// What `body` makes of the first row; nil when there is none.
    func first<Value>(
        _ sql: SQL, _ db: Database, bind: (inout Bindings) throws -> Void = { _ in },
        _ body: (Columns) throws -> Value
    ) throws -> Value? {
        let run = Run(handle: try handle(sql, db))
        let mark = values.mark
        defer { values.release(to: mark) }
        try run.bind(values, bind)
        var value: Value?
        try run.rows {
            value = try body($0)
            return false
        }
        return value
    }
}

extension Statement {
    /// Goes through the rows of a generated statement, until `body` says that it has seen enough.
    func rows(_ arguments: StatementArguments, _ body: (Columns) throws -> Bool) throws {
        try setArguments(arguments)
        try Run(handle: sqliteStatement).rows(body)
    }
}
