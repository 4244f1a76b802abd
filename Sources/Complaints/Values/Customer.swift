/// The person who complains.
public struct Customer: Sendable, Hashable {
    public let id: Int64
    /// The customer's key in another system; unique.
    public var externalID: String?
    public var name: String
    public var email: String?
    public var phone: String?
    public let recordedAt: Instant
    public var updatedAt: Instant
    /// 1, and one more with every change.
    public var version: Int64

    public init(
        id: Int64, externalID: String?, name: String, email: String?, phone: String?, recordedAt: Instant,
        updatedAt: Instant, version: Int64
    ) {
        self.id = id
        self.externalID = externalID
        self.name = name
        self.email = email
        self.phone = phone
        self.recordedAt = recordedAt
        self.updatedAt = updatedAt
        self.version = version
    }
}
