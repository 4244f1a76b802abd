import Complaints
import GRDB

extension ReadTransaction {
    private static let columns = "id, name, role, created_at, expires_at, revoked_at"

    /// Whether a token was ever made: from then on everybody needs one.
    public func hasTokens() throws -> Bool {
        try Bool.fetchOne(db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM token)")) ?? false
    }

    /// The token that secret belongs to, valid or not.
    public func token(_ secret: TokenSecret) throws -> Token? {
        let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM token WHERE secret_hash = ?")
        return try Row.fetchOne(statement, arguments: [DatabaseBytes.value(secret.hash)]).map(token)
    }

    /// Every token, oldest first.
    public func tokens() throws -> [Token] {
        try Row.fetchAll(db, sql: "SELECT \(Self.columns) FROM token ORDER BY id").map(token)
    }

    private func token(_ row: Row) throws -> Token {
        Token(
            id: row[0], name: row[1], role: try row.word(2), createdAt: row.instant(3),
            expiresAt: row.optionalInstant(4), revokedAt: row.optionalInstant(5))
    }
}
