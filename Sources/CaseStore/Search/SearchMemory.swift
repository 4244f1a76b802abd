import GRDB

/// Full-text index in memory, like that of the database, empty at first.
struct SearchMemory {
    private let connection: DatabaseQueue
    private let statements = StatementCache()

    private static let addCustomer = SQL("INSERT INTO customer_text (rowid, body) VALUES (?, ?)")
    static let matchingCases = SQL("SELECT rowid FROM case_text WHERE case_text MATCH ?")
    static let matchingCustomers = SQL("SELECT rowid FROM customer_text WHERE customer_text MATCH ?")
    private static let tables = SQL("SELECT sql FROM sqlite_schema WHERE name IN ('case_text', 'customer_text')")
    private static let clearings = [
        SQL("INSERT INTO case_text (case_text) VALUES ('delete-all')"),
        SQL("INSERT INTO customer_text (customer_text) VALUES ('delete-all')"),
    ]

    /// Words are to be told apart as the database does.
    init(like db: Database) throws {
        connection = try DatabaseQueue()
        var tables: [String] = []
        try StatementCache().rows(Self.tables, db) { tables.append($0.text(0)) }
        try connection.inDatabase { memory in
            for sql in tables { try memory.run(sql) }
        }
    }

    func clear() throws {
        try connection.inDatabase { db in
            for sql in Self.clearings { try statements.run(sql, db) }
        }
    }

    /// In one transaction: after each FTS5 writes what it holds as a part of its own.
    func add(cases: [(id: Int64, body: String)], customers: [(id: Int64, body: String)]) throws {
        try connection.write { db in
            try SearchTexts.run(SearchTexts.addCase, with: cases, db, statements)
            try SearchTexts.run(Self.addCustomer, with: customers, db, statements)
        }
    }

    func matches(_ sql: SQL, _ term: String) throws -> [Int64] {
        try connection.inDatabase { db in
            var ids: [Int64] = []
            try statements.rows(sql, db, bind: { $0.add(term) }) { ids.append($0.integer(0)) }
            return ids
        }
    }
}
