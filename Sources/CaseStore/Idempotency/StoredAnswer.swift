/// An answer that is kept for retries.
public struct StoredAnswer: Sendable, Hashable {
    /// Between 200 and 299: refusals change nothing, so they need not be kept.
    public let status: Int
    /// Location (RFC 9110 section 10.2.2), where the answer had one.
    public let location: String?
    /// ETag (RFC 9110 section 8.8.3), where the answer had one.
    public let entityTag: String?
    /// As it was sent.
    public let body: [UInt8]

    /// An answer with the header fields that are its own.
    public init(status: Int, location: String?, entityTag: String?, body: [UInt8]) {
        self.status = status
        self.location = location
        self.entityTag = entityTag
        self.body = body
    }
}
