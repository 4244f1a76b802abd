import Complaints
import GRDB

extension ReadTransaction {
    private static let columns = "id, name, role, created_at, expires_at, revoked_at"

    /// Whether a token was ever made: from then on everybody needs one.
    public func hasTokens() throws -> Bool {
        try statements.first(Self.anyToken, db) { $0.flag(0) } ?? false
    }

    private static let anyToken = SQL("SELECT EXISTS (SELECT 1 FROM token)")

    /// The token that secret belongs to, valid or not.
    public func token(_ secret: TokenSecret) throws -> Token? {
        try statements.first(Self.tokenByHash, db, bind: { $0.add(secret.hash) }, token)
    }

    private static let tokenByHash = SQL("SELECT \(columns) FROM token WHERE secret_hash = ?")

    /// Every token, oldest first.
    public func tokens() throws -> [Token] {
        var tokens: [Token] = []
        try statements.rows(Self.allTokens, db) { tokens.append(try token($0)) }
        return tokens
    }

    private static let allTokens = SQL("SELECT \(columns) FROM token ORDER BY id")

    private func token(_ row: Columns) throws -> Token {
        Token(
            id: row.integer(0), name: row.text(1), role: try row.word(2), createdAt: row.instant(3),
            expiresAt: row.optionalInstant(4), revokedAt: row.optionalInstant(5))
    }
}
