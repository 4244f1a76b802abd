import Complaints
import GRDB
import GRDBSQLite

/// The prepared statements of one connection, and the one way in which all are prepared, bound, stepped and read. A
/// statement depends on
/// - its SQL, all of which is compared where it is generated; what is fixed has a slot of its own for each text;
/// - the values, which are not in it: they are bound anew for each run;
/// - the connection: each has a cache of its own;
/// - the schema: when that changes SQLite prepares it again by itself.
package final class StatementCache {
    private static let limit = 128

    /// There is a bounded number of them.
    private var generated: [String: PreparedStatement] = [:]
    /// By `SQL.slot`.
    private var fixed: [PreparedStatement?] = []
    private let values = BoundValues()

    /// One for a connection that has none yet.
    package init() {}

    private func prepared(_ sql: SQL, _ db: Database) throws -> PreparedStatement {
        if sql.slot < fixed.count, let statement = fixed[sql.slot] { return statement }
        let statement = try PreparedStatement(sql.text, db)
        while fixed.count <= sql.slot { fixed.append(nil) }
        fixed[sql.slot] = statement
        return statement
    }

    private func prepared(_ sql: String, _ db: Database) throws -> PreparedStatement {
        if let statement = generated[sql] { return statement }
        if generated.count >= Self.limit { generated.removeAll() }
        let statement = try PreparedStatement(sql, db)
        generated[sql] = statement
        return statement
    }

    /// The statement is held meanwhile, as `body` may fill the cache with others.
    private func run(
        _ statement: PreparedStatement, _ bind: (inout Bindings) throws -> Void, _ body: (Columns) throws -> Bool
    ) throws {
        try withExtendedLifetime(statement) {
            let run = Run(handle: statement.handle)
            let mark = values.mark
            defer { values.release(to: mark) }
            try run.bind(values, bind)
            try run.rows(body)
        }
    }
}

// MARK: - Statements whose text is always the same
extension StatementCache {
    /// Runs a statement that has no rows.
    func run(_ sql: SQL, _ db: Database, _ bind: (inout Bindings) throws -> Void = { _ in }) throws {
        try rows(sql, db, bind: bind) { _ in }
    }

    /// Runs a statement and goes through its rows.
    func rows(
        _ sql: SQL, _ db: Database, bind: (inout Bindings) throws -> Void = { _ in },
        _ body: (Columns) throws -> Void
    ) throws {
        try run(prepared(sql, db), bind) {
            try body($0)
            return true
        }
    }

    /// What `body` makes of the first row; nil when there is none.
    func first<Value>(
        _ sql: SQL, _ db: Database, bind: (inout Bindings) throws -> Void = { _ in },
        _ body: (Columns) throws -> Value
    ) throws -> Value? {
        var value: Value?
        try run(prepared(sql, db), bind) {
            value = try body($0)
            return false
        }
        return value
    }
}

// MARK: - Generated statements
extension StatementCache {
    /// Runs a generated statement and goes through its rows, until `body` says that it has seen enough.
    ///
    /// - Parameter named: the values of its parameters, by their names without the colon. There may be others among them.
    func rows(
        _ sql: String, _ named: [String: SQLValue], _ db: Database, _ body: (Columns) throws -> Bool
    ) throws {
        let statement = try prepared(sql, db)
        try run(statement, { try statement.bind(named, to: &$0) }, body)
    }

    /// What `body` makes of the first row; nil when there is none.
    func first<Value>(
        _ sql: String, _ named: [String: SQLValue], _ db: Database, _ body: (Columns) throws -> Value
    ) throws -> Value? {
        var value: Value?
        try rows(sql, named, db) {
            value = try body($0)
            return false
        }
        return value
    }
}

/// A value that is bound by its parameter's name.
enum SQLValue: Sendable, Hashable {
    case integer(Int64?)
    case text(String)

    static func instant(_ instant: Instant) -> SQLValue { .integer(instant.milliseconds) }
}

/// A statement that SQLite has prepared, for as long as somebody holds it.
private final class PreparedStatement {
    let handle: OpaquePointer
    /// Those of its parameters, without the colon.
    private lazy var names: [String] = (0..<sqlite3_bind_parameter_count(handle)).map { index in
        sqlite3_bind_parameter_name(handle, index + 1).map { String(String(cString: $0).dropFirst()) } ?? ""
    }

    init(_ sql: String, _ db: Database) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(
            db.sqliteConnection, sql, -1, UInt32(bitPattern: SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw DatabaseError.last(of: db.sqliteConnection, code: code) }
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func bind(_ values: [String: SQLValue], to row: inout Bindings) throws {
        for name in names {
            switch values[name] {
            case let value?: row.add(value)
            case nil: throw StoreError.failed("a statement's parameter \(name) has no value")
            }
        }
    }
}

/// For what is asked once, mostly before there is a cache: how a connection is set up, migrations, copies.
extension Database {
    /// Runs one statement or several, and passes over their rows.
    ///
    /// - Throws: `DatabaseError`.
    func run(_ script: String) throws {
        let code = sqlite3_exec(sqliteConnection, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw DatabaseError.last(of: sqliteConnection, code: code) }
    }

    /// What `body` makes of the first row; nil when there is none.
    func first<Value>(_ sql: String, _ body: (Columns) throws -> Value) throws -> Value? {
        try StatementCache().first(sql, [:], self, body)
    }
}
