import GRDB

/// Prepared statements of generated SQL, a bounded number of them: GRDB's own cache never lets one go.
final class StatementCache {
    private static let limit = 128

    private var statements: [String: Statement] = [:]

    func statement(_ sql: String, _ db: Database) throws -> Statement {
        if let statement = statements[sql] { return statement }
        if statements.count >= Self.limit { statements.removeAll() }
        let statement = try db.makeStatement(sql: sql)
        statements[sql] = statement
        return statement
    }
}
