/// As much of a case as somebody needs who is about to pick up the phone for a promise made in it.
public struct CaseSummary: Sendable, Hashable {
    public let id: Int64
    public let externalID: String?
    public let subject: String?
    public let severity: Severity
    public let mood: Mood
    public let customer: Customer
    /// The case's `edits`.
    public let edits: Int64

    public init(
        id: Int64, externalID: String?, subject: String?, severity: Severity, mood: Mood, customer: Customer,
        edits: Int64
    ) {
        self.id = id
        self.externalID = externalID
        self.subject = subject
        self.severity = severity
        self.mood = mood
        self.customer = customer
        self.edits = edits
    }
}

extension Case {
    public var summary: CaseSummary {
        CaseSummary(
            id: id, externalID: fields.externalID, subject: fields.subject, severity: fields.severity,
            mood: fields.mood, customer: customer, edits: edits)
    }
}
