/// As much of a case as somebody needs who is about to pick up the phone for a promise made in it.
public struct CaseSummary: Sendable, Hashable {
    /// What `/v1/cases/{id}` calls it.
    public let id: Int64
    /// The case's key in another system; nil when it has none.
    public var externalID: String?
    /// The line the case is known by; nil when nobody gave it one.
    public var subject: String?
    /// How much hangs on it.
    public var severity: Severity
    /// How the customer was when last observed (T10).
    public var mood: Mood
    /// Whom to call, with phone and email.
    public var customer: Customer
    /// Who called for them, where they did not themselves.
    public var contact: Contact
    /// By when the case must be settled, whatever is promised; nil when nothing demands it.
    public var hardDeadline: Instant?
    /// The case's `customerID`.
    public var customerID: Int64
    /// The case's `edits`.
    public var edits: Int64

    /// A case's summary as a row has it.
    public init(
        id: Int64, externalID: String?, subject: String?, severity: Severity, mood: Mood, customer: Customer,
        contact: Contact, hardDeadline: Instant? = nil, customerID: Int64, edits: Int64
    ) {
        self.id = id
        self.externalID = externalID
        self.subject = subject
        self.severity = severity
        self.mood = mood
        self.customer = customer
        self.contact = contact
        self.hardDeadline = hardDeadline
        self.customerID = customerID
        self.edits = edits
    }
}

extension Case {
    /// What its promises show of the case.
    public var summary: CaseSummary {
        CaseSummary(
            id: id, externalID: fields.externalID, subject: fields.subject, severity: fields.severity,
            mood: fields.mood, customer: customer, contact: fields.contact,
            hardDeadline: fields.hardDeadline, customerID: customerID, edits: edits)
    }
}
