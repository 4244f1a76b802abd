import GRDB

/// Up to where an index of words knows the log and the customers.
struct SearchProgress: Equatable {
    let logID: Int64
    let customerID: Int64

    private static let known = SQL("SELECT log_id, customer_id FROM search_progress WHERE id = 1")
    private static let knownOfAll = SQL(
        """
        SELECT log_id, customer_id, (SELECT max(id) FROM case_log), (SELECT max(id) FROM customer)
        FROM search_progress WHERE id = 1
        """)

    /// That of the full-text index.
    static func read(_ db: Database, _ statements: StatementCache) throws -> SearchProgress {
        try require(
            statements.first(known, db) { SearchProgress(logID: $0.integer(0), customerID: $0.integer(1)) })
    }

    /// The same, and what it would be with all that there is.
    static func readOfAll(
        _ db: Database, _ statements: StatementCache
    ) throws -> (known: SearchProgress, all: SearchProgress) {
        try require(
            statements.first(knownOfAll, db) { row in
                (
                    SearchProgress(logID: row.integer(0), customerID: row.integer(1)),
                    SearchProgress(logID: row.integer(2), customerID: row.integer(3))
                )
            })
    }

    private static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw StoreError.unreadable("the search_progress row is missing") }
        return value
    }
}
