/// The person who complains.
public struct Customer: Sendable, Hashable {
    /// What `/v1/customers/{id}` calls them.
    public let id: Int64
    /// What may be edited.
    public var fields: CustomerFields
    /// When the service was told of them; for imported history, when their complaint was received.
    public let recordedAt: Instant
    /// What was last decided about going on with them (T17); nil while nobody decided.
    public var relationship: RelationshipDecision?
    /// When all that is personal was erased at their wish; nil while it is there.
    public var erasedAt: Instant?
    /// Who they turned out to be: another customer on record, in whom they are seen from then on; nil while they are themselves.
    public var mergedInto: Int64?
    /// When that was said.
    public var mergedAt: Instant?
    /// Whether somebody was ever merged into them, so that there may be more to see of them.
    public var hasMerged: Bool
    /// When a field of theirs last changed; `recordedAt` when none has.
    public var updatedAt: Instant
    /// 1, and one more with every change.
    public var version: Int64

    /// A customer as they stand on record.
    public init(
        id: Int64, fields: CustomerFields, recordedAt: Instant, relationship: RelationshipDecision? = nil,
        erasedAt: Instant? = nil, mergedInto: Int64? = nil, mergedAt: Instant? = nil, hasMerged: Bool = false,
        updatedAt: Instant, version: Int64
    ) {
        self.id = id
        self.fields = fields
        self.recordedAt = recordedAt
        self.relationship = relationship
        self.erasedAt = erasedAt
        self.mergedInto = mergedInto
        self.mergedAt = mergedAt
        self.hasMerged = hasMerged
        self.updatedAt = updatedAt
        self.version = version
    }
}
