import Complaints
import GRDB

/// Full-text index in memory, like that of the database, empty at first.
struct SearchMemory {
    private let connection: DatabaseQueue
    private let statements = StatementCache()

    private static let tables = SQL("SELECT sql FROM sqlite_schema WHERE name IN ('case_text', 'customer_text')")

    /// Words are to be told apart as the database does.
    init(like db: Database) throws {
        connection = try DatabaseQueue(configuration: .unobserved("casekeeper.search"))
        var tables: [String] = []
        try StatementCache().rows(Self.tables, db) { tables.append($0.text(0)) }
        try connection.inDatabase { memory in
            for sql in tables { try memory.run(sql) }
        }
    }

    func clear() throws {
        try connection.inDatabase { db in
            for sql in [CaseFields.statements, CustomerFields.statements] { try statements.run(sql.removeAll, db) }
        }
    }

    /// In one transaction: after each FTS5 writes what it holds as a part of its own.
    func add(cases: [SearchRow], customers: [SearchRow]) throws {
        try connection.write { db in
            for (sql, rows) in [(CaseFields.statements, cases), (CustomerFields.statements, customers)] {
                for row in rows { try statements.run(sql.add, db) { sql.bind(row, to: &$0) } }
            }
        }
    }

    /// The rows that an expression of FTS5 finds.
    func matches(_ sql: SQL, _ expression: String) throws -> [Int64] {
        try connection.inDatabase { db in
            var ids: [Int64] = []
            try statements.rows(sql, db, bind: { $0.add(expression) }) { ids.append($0.integer(0)) }
            return ids
        }
    }
}
