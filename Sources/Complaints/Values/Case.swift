/// One customer's complaint, in their own words, and how it is being handled.
public struct Case: Sendable, Hashable {
    public let id: Int64
    public var customer: Customer
    /// Verbatim, never edited (T5).
    public let complaint: String
    /// What may be edited.
    public var fields: CaseFields
    public let receivedAt: Instant
    /// When the service was told of the case; for imported history, when it was received.
    public let openedAt: Instant
    public var status: CaseStatus
    public var resolvedAt: Instant?
    public var closedAt: Instant?
    public let imported: Bool
    /// The sequence number of the last entry of the case's log: every change writes at least one.
    public var version: Int64
    /// How often its fields were edited; its promises' entity tags change with it.
    public var edits: Int64
    public var updatedAt: Instant

    public init(
        id: Int64, customer: Customer, complaint: String, fields: CaseFields = CaseFields(), receivedAt: Instant,
        openedAt: Instant, status: CaseStatus = .open, resolvedAt: Instant? = nil, closedAt: Instant? = nil,
        imported: Bool = false, version: Int64 = 0, edits: Int64 = 0, updatedAt: Instant
    ) {
        self.id = id
        self.customer = customer
        self.complaint = complaint
        self.fields = fields
        self.receivedAt = receivedAt
        self.openedAt = openedAt
        self.status = status
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
        self.imported = imported
        self.version = version
        self.edits = edits
        self.updatedAt = updatedAt
    }
}
