public import Complaints
import GRDB

extension ReadTransaction {
    private static let columns = """
        id, name, role, created_at, expires_at, revoked_at,
        (SELECT u.last_used_at FROM token_use u WHERE u.token_id = token.id), created_by, revoked_by,
        (SELECT o.name FROM owner o WHERE o.id = token.owner_id)
        """

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

    /// The token of that id, valid or not; nil when there is none.
    public func token(_ id: Int64) throws -> Token? {
        try statements.first(Self.tokenByID, db, bind: { $0.add(id) }, token)
    }

    private static let tokenByID = SQL("SELECT \(columns) FROM token WHERE id = ?")

    /// Whether there is an administrator's token that lets somebody in at `now`.
    ///
    /// - Parameter id: a token that is not looked at.
    public func hasValidAdmin(besides id: Int64? = nil, at now: Instant) throws -> Bool {
        let found = try statements.first(
            Self.validAdmin, db,
            bind: {
                $0.add(now)
                $0.add(id)
            }
        ) { $0.flag(0) }
        return found ?? false
    }

    private static let validAdmin = SQL(
        """
        SELECT EXISTS (
            SELECT 1 FROM token
            WHERE role = 'admin' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?1) AND id IS NOT ?2)
        """)

    /// Whether another token than theirs lets a manager in at `now`. A further one of the same owner is theirs as well.
    func hasOtherManager(than actor: Actor, at now: Instant) throws -> Bool {
        try statements.first(
            Self.otherManager, db,
            bind: {
                $0.add(now)
                $0.add(actor.tokenID)
            }
        ) { $0.flag(0) } ?? false
    }

    private static let otherManager = SQL(
        """
        SELECT EXISTS (
            SELECT 1 FROM token
            WHERE role IN ('manager', 'admin') AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?1)
                AND id IS NOT ?2 AND NOT (owner_id IS NOT NULL
                    AND owner_id IS (SELECT t.owner_id FROM token t WHERE t.id = ?2)))
        """)

    /// The other personal tokens of whoever has that one, valid or not; none where it is shared.
    func otherTokens(than id: Int64) throws -> Set<Int64> {
        var ids: Set<Int64> = []
        try statements.rows(Self.otherTokens, db, bind: { $0.add(id) }) { ids.insert($0.integer(0)) }
        return ids
    }

    private static let otherTokens = SQL(
        """
        SELECT o.id FROM token t JOIN token o ON o.owner_id = t.owner_id
        WHERE t.id = ?1 AND t.owner_id IS NOT NULL AND o.id <> t.id
        """)

    /// A page of all tokens, oldest first; as they are today.
    public func tokens(_ request: PageRequest) throws -> Page<Token> {
        let count = request.counts ? try count(from: "token", ListSQL()) : nil
        var tokens: [Token] = []
        try statements.rows(
            Self.tokenPage, db,
            bind: {
                $0.add(request.after?.id ?? 0)
                $0.add(Int64(request.limit + 1))
            }
        ) { tokens.append(try token($0)) }
        return page(tokens, request, count: count) { PageKey(value: nil, id: $0.id) }
    }

    private static let tokenPage = SQL("SELECT \(columns) FROM token WHERE id > ? ORDER BY id LIMIT ?")

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
            expiresAt: row.optionalInstant(4), revokedAt: row.optionalInstant(5), lastUsedAt: row.optionalInstant(6),
            createdBy: row.optionalText(7), owner: row.optionalText(9), revokedBy: row.optionalText(8))
    }
}
