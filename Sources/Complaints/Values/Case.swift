/// One customer's complaint, in their own words, and how it is being handled.
public struct Case: Sendable, Hashable {
    /// What `/v1/cases/{id}` calls it.
    public let id: Int64
    /// Who complains, as they are on record today: where they were merged into somebody, that is who they are.
    public var customer: Customer
    /// Whom the case is on record for: `customer`, or one who was merged into them. It can be corrected.
    public var customerID: Int64
    /// Verbatim, never edited (T5).
    public let complaint: String
    /// What may be edited.
    public var fields: CaseFields
    /// The mood observed before the latest one (T10); nil when it was observed only once.
    public var moodBefore: Mood?
    /// When the complaint reached the desk; never after `openedAt`.
    public let receivedAt: Instant
    /// When the service was told of the case; for imported history, when it was received.
    public let openedAt: Instant
    /// Where the case stands; where it stood before is in its `StatusChange`s.
    public var status: CaseStatus
    /// When it was last resolved; nil while it is open.
    public var resolvedAt: Instant?
    /// When it was closed; nil unless it is closed now.
    public var closedAt: Instant?
    /// Whether the customer said that they are content with how it was resolved last (T14); nil while it is open, and
    /// where nobody wrote it down.
    public var customerAccepted: Bool?
    /// The case that it was resolved as a duplicate of; nil while it is open, and where it was resolved otherwise.
    public var duplicateOf: Int64?
    /// How it ended by its last resolution; nothing while it is open.
    public var ending: CaseEnding
    /// How many stages of regimes were opened in it.
    public var stages: Int
    /// When the customer last heard something from the desk (`Hearing`); nil while they have heard nothing since they complained.
    public var heardAt: Instant?
    /// Whether it is history from another system, recorded at its events' own instants.
    public let imported: Bool
    /// How many entries of the case's log tell of a change: every change writes at least one. That a promise fell due is
    /// in the log too, but is no change of the case.
    public var version: Int64
    /// How often its fields were edited; its promises' entity tags change with it.
    public var edits: Int64
    /// The stamp of its last change; for imported history, the instant of its last event.
    public var updatedAt: Instant

    /// A case as it stands on record.
    public init(
        id: Int64, customer: Customer, customerID: Int64? = nil, complaint: String, fields: CaseFields = CaseFields(),
        moodBefore: Mood? = nil, receivedAt: Instant, openedAt: Instant, status: CaseStatus = .open,
        resolvedAt: Instant? = nil, closedAt: Instant? = nil, customerAccepted: Bool? = nil, duplicateOf: Int64? = nil,
        ending: CaseEnding = CaseEnding(), stages: Int = 0, heardAt: Instant? = nil, imported: Bool = false,
        version: Int64 = 0, edits: Int64 = 0,
        updatedAt: Instant
    ) {
        self.id = id
        self.customer = customer
        self.customerID = customerID ?? customer.id
        self.complaint = complaint
        self.fields = fields
        self.moodBefore = moodBefore
        self.receivedAt = receivedAt
        self.openedAt = openedAt
        self.status = status
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
        self.customerAccepted = customerAccepted
        self.duplicateOf = duplicateOf
        self.ending = ending
        self.stages = stages
        self.heardAt = heardAt
        self.imported = imported
        self.version = version
        self.edits = edits
        self.updatedAt = updatedAt
    }
}

extension Case {
    /// Whether both are one customer's: a case is a duplicate of no other.
    func isOfOneCustomer(with other: Case) -> Bool { customer.id == other.customer.id }

    /// Where the mood is going; nil when it was observed only once (T10).
    public var moodTrend: MoodTrend? {
        moodBefore.map { MoodTrend(from: $0, to: fields.mood) }
    }
}
