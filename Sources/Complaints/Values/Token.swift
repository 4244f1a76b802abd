/// A bearer token, as the database knows it: the secret itself is shown once and never stored.
public struct Token: Sendable, Hashable {
    /// What it is revoked by.
    public let id: Int64
    /// Who or what it is for; the log shows it.
    public let name: String
    /// What it lets its bearer do.
    public let role: Role
    /// When it was made.
    public let createdAt: Instant
    /// From when on it lets nobody in; nil: it does not expire.
    public let expiresAt: Instant?
    /// Since when it lets nobody in.
    public internal(set) var revokedAt: Instant?
    /// When it was last let in, as far as that has been written down: it is, about once a minute; nil: never.
    public let lastUsedAt: Instant?
    /// Who made it over HTTP; nil for one that was made on the machine itself.
    public let createdBy: String?
    /// Whose it is; nil for one that several people share. Whoever comes with it acts as them, and as nobody else.
    public let owner: String?
    /// Who revoked it over HTTP; nil for one that was revoked on the machine itself, or is not.
    public internal(set) var revokedBy: String?
    /// Its sessions of the board that are open, where they were looked up.
    public var sessions: [Session] = []

    /// A token as it stands on record.
    public init(
        id: Int64, name: String, role: Role, createdAt: Instant, expiresAt: Instant?, revokedAt: Instant? = nil,
        lastUsedAt: Instant? = nil, createdBy: String?, owner: String? = nil, revokedBy: String? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
        self.createdBy = createdBy
        self.owner = owner
        self.revokedBy = revokedBy
    }

    /// Whether it lets anybody in at `now`.
    public func isValid(at now: Instant) -> Bool {
        revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}
