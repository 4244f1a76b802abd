public import Complaints
import GRDB

/// Sessions of the board are of this file alone: no entry of the log tells of them, and the clock stays as it is. One that is ended
/// has its end then, so that rows go by one index, whichever end they came to.
extension WriteTransaction {
    /// Begins a session, which ends with its token at the latest. Of the open ones of its token those beyond
    /// `Session.mostOfToken` end, the oldest first, and of all those beyond `Session.most`, what would end first: so there are never
    /// many. Some of those that have ended go, more than a login ends.
    ///
    /// - Parameter before: what the browser had until now, which it is no longer known by; nil: nothing.
    public func beginSession(
        _ secret: SessionSecret, of token: Token?, actor: String?, replacing before: SessionSecret? = nil
    ) throws -> Session {
        touchesTokens = true
        let longest = now + Session.longest
        let endsAt = token?.expiresAt.map { min($0, longest) } ?? longest
        _ = try forgetSessions(limit: Self.forgottenAtLogin)
        return try locally {
            if let before {
                try statements.run(Self.endOfSecret, db) { row in
                    row.add(now)
                    row.add(before.hash)
                }
            }
            try statements.run(Self.endOldestOfToken, db) { row in
                row.add(now)
                row.add(token?.id)
                row.add(Int64(Session.mostOfToken - 1))
            }
            try statements.run(Self.endOldest, db) { row in
                row.add(now)
                row.add(Int64(Session.most - 1))
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

    private static let forgottenAtLogin = 64

    /// Takes out sessions that have ended, but for the last that began: no other gets the number of one that somebody may still be
    /// known by.
    ///
    /// - Returns: how many: `limit` at most.
    public func forgetSessions(limit: Int) throws -> Int {
        try locally {
            try statements.run(Self.forgetEnded, db) { row in
                row.add(now)
                row.add(Int64(limit))
            }
            return db.changesCount
        }
    }

    private static let forgetEnded = SQL(
        """
        DELETE FROM session WHERE id IN (
            SELECT id FROM session WHERE ends_at <= ?1 AND id < (SELECT max(id) FROM session) ORDER BY ends_at LIMIT ?2)
        """)

    /// What all ends do: it is over now, and no row says that a session ended before it began.
    private static let ending = """
        UPDATE session SET ended_at = ?1, ends_at = min(ends_at, max(?1, created_at + 1))
        WHERE ended_at IS NULL AND
        """

    private static let endOfSecret = SQL("\(ending) secret_hash = ?2")

    private static let endOldestOfToken = SQL(
        """
        \(ending) id IN (
            SELECT id FROM session WHERE token_id IS ?2 AND ended_at IS NULL ORDER BY id DESC LIMIT -1 OFFSET ?3)
        """)

    private static let endOldest = SQL(
        """
        \(ending) id IN (
            SELECT id FROM session WHERE ends_at > ?1 ORDER BY ends_at DESC, id DESC LIMIT -1 OFFSET ?2)
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

    private static let endOne = SQL("\(ending) id = ?2")

    /// Ends all sessions of a token.
    func endSessions(ofToken id: Int64) throws {
        try locally {
            try statements.run(Self.endAll, db) { row in
                row.add(now)
                row.add(id)
            }
        }
    }

    private static let endAll = SQL("\(ending) token_id = ?2")
}
