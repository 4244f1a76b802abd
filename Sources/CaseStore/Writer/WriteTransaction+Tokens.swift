public import Complaints
import GRDB

extension WriteTransaction {
    /// Makes a token for that secret.
    public func createToken(name: String, role: Role, secret: TokenSecret, expiresAt: Instant?) throws -> Token {
        let token = Token(
            id: try nextID(Self.nextToken), name: name, role: role, createdAt: now, expiresAt: expiresAt, revokedAt: nil
        )
        let statement = try db.cachedStatement(
            sql: "INSERT INTO token (id, name, role, secret_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            token.id, name, role.rawValue, DatabaseBytes.value(secret.hash), now.milliseconds, expiresAt?.milliseconds,
        ])
        return token
    }

    /// Revokes a token, from the next request on. One that was revoked already stays as it is.
    ///
    /// - Throws: `StoreError.notFound`.
    public func revokeToken(_ id: Int64) throws -> Token {
        try db.cachedStatement(sql: "UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
            .execute(arguments: [now.milliseconds, id])
        guard let token = try record.tokens().first(where: { $0.id == id }) else { throw StoreError.notFound }
        return token
    }
}
