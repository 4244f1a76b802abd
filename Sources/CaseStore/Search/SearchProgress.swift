import GRDB

/// Up to where the full-text index knows the log and the customers.
struct SearchProgress: Equatable {
    let logID: Int64
    let customerID: Int64

    private static let current = SQL("SELECT log_id, customer_id FROM search_progress WHERE id = 1")

    static func read(_ db: Database, _ statements: StatementCache) throws -> SearchProgress {
        let progress = try statements.first(current, db) {
            SearchProgress(logID: $0.integer(0), customerID: $0.integer(1))
        }
        guard let progress else { throw StoreError.failed("the search_progress row is missing") }
        return progress
    }
}
