/// A session of the board: who has shown a token once, or given a name while there was none, is known by a cookie until it ends.
public struct Session: Sendable, Hashable {
    /// What it is ended by.
    public let id: Int64
    /// Whose token it goes by; nil while there is none.
    public let tokenID: Int64?
    /// Who acts, where the token is shared or there is none; nil where nobody said so.
    public let actor: String?
    /// When the token was shown.
    public let createdAt: Instant
    /// From when on it lets nobody in, unless it is ended before, or its token.
    public let endsAt: Instant
    /// Since when it lets nobody in; nil: it was not ended.
    public let endedAt: Instant?

    /// A session as it stands on record.
    public init(
        id: Int64, tokenID: Int64?, actor: String?, createdAt: Instant, endsAt: Instant, endedAt: Instant? = nil
    ) {
        self.id = id
        self.tokenID = tokenID
        self.actor = actor
        self.createdAt = createdAt
        self.endsAt = endsAt
        self.endedAt = endedAt
    }

    /// How long one lasts at most: a working day and its overtime.
    public static let longest = ElapsedTime.seconds(12 * 3600)
    /// How many of a token there are at a time: one more ends the oldest.
    public static let mostOfToken = 32
    /// How many there are at a time: one more ends that which would end first.
    public static let most = 4096

    /// Whether it lets anybody in at `now`, as far as it depends on itself.
    public func isOpen(at now: Instant) -> Bool { endedAt == nil && now < endsAt }
}
