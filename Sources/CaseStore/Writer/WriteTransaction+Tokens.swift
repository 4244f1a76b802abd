public import Complaints
import GRDB

extension WriteTransaction {
    /// Makes a token for that secret.
    ///
    /// - Parameter maker: nil on the machine itself.
    public func createToken(
        name: String, role: Role, secret: TokenSecret, expiresAt: Instant?, by maker: Actor? = nil
    ) throws -> Token {
        let token = Token(
            id: try nextID(Self.nextToken), name: name, role: role, createdAt: now, expiresAt: expiresAt,
            revokedAt: nil, lastUsedAt: nil, createdBy: maker?.name, revokedBy: nil)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO token (id, name, role, secret_hash, created_at, expires_at, created_by)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            token.id, name, role.rawValue, DatabaseBytes.value(secret.hash), now.milliseconds, expiresAt?.milliseconds,
            maker?.name,
        ])
        inserted(token.id, Self.nextToken)
        touchesTokens = true
        return token
    }

    /// Revokes a token, from the next request on. One that was revoked already stays as it is.
    ///
    /// - Parameter actor: nil on the machine itself.
    /// - Throws: `StoreError.notFound`.
    public func revokeToken(_ id: Int64, by actor: Actor? = nil) throws -> Token {
        let statement = try db.cachedStatement(
            sql: "UPDATE token SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL")
        try statement.execute(arguments: [now.milliseconds, actor?.name, id])
        touchesTokens = true
        guard let token = try record.token(id) else { throw StoreError.notFound }
        return token
    }

    /// Writes down when tokens were last let in; none of them goes back.
    public func noteUses(_ uses: [Int64: Instant]) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE token SET last_used_at = ?1 WHERE id = ?2 AND coalesce(last_used_at, ?1 - 1) < ?1")
        for (id, instant) in uses { try statement.execute(arguments: [instant.milliseconds, id]) }
    }
}
