public import Complaints
import GRDB

extension ReadTransaction {
    private static let columns = "id, token_id, actor, created_at, ends_at, ended_at"

    /// The session that secret belongs to, open or not.
    public func session(_ secret: SessionSecret) throws -> Session? {
        try statements.first(Self.sessionByHash, db, bind: { $0.add(secret.hash) }, session)
    }

    private static let sessionByHash = SQL("SELECT \(columns) FROM session WHERE secret_hash = ?")

    /// The session of that id, open or not; nil when there is none, or none any more.
    public func session(_ id: Int64) throws -> Session? {
        try statements.first(Self.sessionByID, db, bind: { $0.add(id) }, session)
    }

    private static let sessionByID = SQL("SELECT \(columns) FROM session WHERE id = ?")

    /// The sessions of a token that are open now, oldest first: `Session.mostOfToken` at most.
    public func openSessions(ofToken id: Int64) throws -> [Session] {
        var sessions: [Session] = []
        try statements.rows(
            Self.openOfToken, db,
            bind: {
                $0.add(id)
                $0.add(asOf)
            }
        ) { sessions.append(session($0)) }
        return sessions
    }

    private static let openOfToken = SQL(
        """
        SELECT \(columns) FROM session WHERE token_id = ?1 AND ended_at IS NULL AND ends_at > ?2 ORDER BY id
        """)

    private func session(_ row: Columns) -> Session {
        Session(
            id: row.integer(0), tokenID: row.optionalInteger(1), actor: row.optionalText(2),
            createdAt: row.instant(3), endsAt: row.instant(4), endedAt: row.optionalInstant(5))
    }
}
