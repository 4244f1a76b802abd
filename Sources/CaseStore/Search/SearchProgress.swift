import Complaints
import GRDB

/// A place in the log and among the customers.
struct SearchProgress: Equatable {
    let logID: Int64
    let customerID: Int64

    static let start = SearchProgress(logID: 0, customerID: 0)
}

/// What the full-text index knows of the record: all after `missing`, up to `known`. It is made anew from its end on, as what
/// is newest is asked for most.
struct SearchState {
    let known: SearchProgress
    /// The last that it has yet to be told anew; `.start` when there is none.
    let missing: SearchProgress

    /// Whether a search may not find what is there.
    var isIncomplete: Bool { missing != .start }

    func knows(entry id: Int64) -> Bool { id > missing.logID && id <= known.logID }
    func knows(customer id: Int64) -> Bool { id > missing.customerID && id <= known.customerID }

    private static let columns = "log_id, customer_id, missing_log_id, missing_customer_id"
    private static let state = SQL("SELECT \(columns) FROM search_progress WHERE id = 1")
    private static let stateAndAll = SQL(
        """
        SELECT \(columns), (SELECT max(id) FROM case_log), (SELECT max(id) FROM customer)
        FROM search_progress WHERE id = 1
        """)

    private init(_ row: Columns) {
        known = SearchProgress(logID: row.integer(0), customerID: row.integer(1))
        missing = SearchProgress(logID: row.integer(2), customerID: row.integer(3))
    }

    static func read(_ db: Database, _ statements: StatementCache) throws -> SearchState {
        try require(statements.first(state, db) { SearchState($0) })
    }

    /// The same, and what `known` would be with all that there is.
    static func readOfAll(
        _ db: Database, _ statements: StatementCache
    ) throws -> (state: SearchState, all: SearchProgress) {
        try require(
            statements.first(stateAndAll, db) {
                (SearchState($0), SearchProgress(logID: $0.integer(4), customerID: $0.integer(5)))
            })
    }

    private static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw StoreError.unreadable("the search_progress row is missing") }
        return value
    }
}
