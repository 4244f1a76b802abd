public import Complaints
import GRDB

extension WriteTransaction {
    /// Makes the token that was asked for, with that secret, and says which name nobody was known by: it is known by none the
    /// more for that.
    ///
    /// - Parameter maker: nil on the machine itself.
    /// - Throws: `Refusal`.
    public func createToken(
        _ incoming: Incoming<TokenRequest>, secret: TokenSecret, by maker: Actor?
    ) throws -> (token: Token, new: [NewName]) {
        let given = try look(
            at: incoming.value.owner.map { [NamedOwner("owner", $0)] } ?? [], people: [], by: maker ?? .local)
        let (request, expiresAt) = try incoming.adding(given.issues).checked(at: now)
        let token = try createToken(
            name: request.name, role: request.role, secret: secret, expiresAt: expiresAt, owner: request.owner,
            by: maker)
        return (token, given.new)
    }

    /// Makes a token with that secret.
    ///
    /// - Parameters:
    ///   - owner: whose it is to be, by whatever name; nil for one that several people share.
    ///   - maker: nil on the machine itself.
    public func createToken(
        name: String, role: Role, secret: TokenSecret, expiresAt: Instant?, owner: String? = nil,
        by maker: Actor? = nil
    ) throws -> Token {
        let owner = try owner.map(loggedOwner)
        let token = Token(
            id: try nextID(Self.nextToken), name: name, role: role, createdAt: now, expiresAt: expiresAt,
            revokedAt: nil, lastUsedAt: nil, createdBy: maker?.name, owner: owner?.name, revokedBy: nil)
        try statements.run(Self.insertToken, db) { row in
            row.add(token.id)
            row.add(name)
            row.add(role.rawValue)
            row.add(secret.hash)
            row.add(now)
            row.add(expiresAt)
            row.add(maker?.name)
            row.add(owner?.id)
        }
        inserted(token.id, Self.nextToken)
        touchesTokens = true
        try log(.tokenCreated(token), about: .token(token.id), by: maker ?? .local)
        return token
    }

    private static let insertToken = SQL(
        """
        INSERT INTO token (id, name, role, secret_hash, created_at, expires_at, created_by, owner_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)

    /// The token that a command is about; nil when there is none.
    public func subject(of command: TokenCommand) throws -> Token? {
        try record.token(command.tokenID)
    }

    /// Revokes a token on the machine itself; nil when there is none.
    public func revokeToken(_ id: Int64) throws -> Token? {
        let command = TokenCommand.revoke(token: id, Incoming(()))
        return try subject(of: command).map { try perform(command, on: $0) }
    }

    /// Performs a command on the token that it is about, as this transaction has read it.
    ///
    /// - Parameter actor: nil on the machine itself.
    /// - Throws: `Refusal`.
    public func perform(_ command: TokenCommand, on subject: Token, by actor: Actor? = nil) throws -> Token {
        switch command {
        case .revoke(_, let incoming): try revoke(subject, incoming, by: actor)
        }
    }

    private func revoke(_ before: Token, _ incoming: Incoming<Void>, by actor: Actor?) throws -> Token {
        let token = try before.revoked(
            incoming, by: actor, hasOtherAdmin: record.hasValidAdmin(besides: before.id, at: now), at: now)
        guard token.revokedAt != before.revokedAt else { return before }
        try statements.run(Self.revoke, db) { row in
            row.add(token.revokedAt)
            row.add(token.revokedBy)
            row.add(token.id)
        }
        try endSessions(ofToken: token.id)
        touchesTokens = true
        try log(.tokenRevoked(token, at: now), about: .token(token.id), by: actor ?? .local)
        return token
    }

    private static let revoke = SQL("UPDATE token SET revoked_at = ?, revoked_by = ? WHERE id = ?")

    /// Writes down when tokens were last let in; none of them goes back.
    public func noteUses(_ uses: [Int64: Instant]) throws {
        try locally {
            for (id, instant) in uses {
                try statements.run(Self.noteUse, db) { row in
                    row.add(id)
                    row.add(instant)
                }
            }
        }
    }

    private static let noteUse = SQL(
        """
        INSERT INTO token_use (token_id, last_used_at) VALUES (?, ?)
        ON CONFLICT (token_id) DO UPDATE SET last_used_at = excluded.last_used_at
        WHERE excluded.last_used_at > token_use.last_used_at
        """)
}
