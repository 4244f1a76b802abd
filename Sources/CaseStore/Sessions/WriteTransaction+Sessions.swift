public import Complaints
import GRDB

/// Sessions of the board are of this file alone: no entry of the log tells of them, and the clock stays as it is.
extension WriteTransaction {
    /// Begins a session, which ends with its token at the latest. Those that have ended go, and of a token's the oldest beyond
    /// `Session.mostOfToken`, so that there are never many.
    public func beginSession(_ secret: SessionSecret, of token: Token?, actor: String?) throws -> Session {
        touchesTokens = true
        let longest = now + Session.longest
        let endsAt = token?.expiresAt.map { min($0, longest) } ?? longest
        return try locally {
            try statements.run(Self.forgetEnded, db) { $0.add(now) }
            try statements.run(Self.endOldest, db) { row in
                row.add(token?.id)
                row.add(now)
                row.add(Int64(Session.mostOfToken - 1))
            }
            let id = try statements.first(
                Self.insertSession, db,
                bind: { row in
                    row.add(secret.hash)
                    row.add(token?.id)
                    row.add(actor)
                    row.add(now)
                    row.add(endsAt)
                }
            ) { $0.integer(0) }
            guard let id else { throw StoreError.unreadable("a new session is not there") }
            return Session(id: id, tokenID: token?.id, actor: actor, createdAt: now, endsAt: endsAt)
        }
    }

    private static let forgetEnded = SQL("DELETE FROM session WHERE ends_at <= ?")

    private static let endOldest = SQL(
        """
        UPDATE session SET ended_at = ?2 WHERE id IN (
            SELECT id FROM session WHERE token_id IS ?1 AND ended_at IS NULL ORDER BY id DESC LIMIT -1 OFFSET ?3)
        """)

    private static let insertSession = SQL(
        """
        INSERT INTO session (secret_hash, token_id, actor, created_at, ends_at) VALUES (?, ?, ?, ?, ?) RETURNING id
        """)

    /// Ends a session: whoever comes with its cookie is not let in from the next request on. One that has ended stays so.
    public func endSession(_ id: Int64) throws {
        touchesTokens = true
        try locally {
            try statements.run(Self.endOne, db) { row in
                row.add(now)
                row.add(id)
            }
        }
    }

    /// Ends all sessions of a token.
    func endSessions(ofToken id: Int64) throws {
        try locally {
            try statements.run(Self.endAll, db) { row in
                row.add(now)
                row.add(id)
            }
        }
    }

    private static let endAll = SQL("UPDATE session SET ended_at = ?1 WHERE token_id = ?2 AND ended_at IS NULL")

    private static let endOne = SQL("UPDATE session SET ended_at = ?1 WHERE id = ?2 AND ended_at IS NULL")
}
