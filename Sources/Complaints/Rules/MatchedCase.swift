/// What the rules of policies look at of a case.
public struct MatchedCase: Sendable, Hashable {
    /// How much hangs on it.
    public var severity: Severity
    /// How the customer was when last observed.
    public var mood: Mood
    /// What it is about; nil when it is not sorted.
    public var category: String?
    /// The way the complaint came in.
    public var channel: Channel
    /// The team it is with; nil for none.
    public var team: String?
    /// What was last decided about going on with its customer; nil when nothing was.
    public var relationship: Relationship?
    /// The regime that it is under, by name; nil for none.
    public var regime: String?

    /// A case with these fields, of a customer about whom that was decided.
    public init(_ fields: CaseFields, _ relationship: Relationship?) {
        severity = fields.severity
        mood = fields.mood
        category = fields.category
        channel = fields.channel
        team = fields.team
        regime = fields.regime
        self.relationship = relationship
    }

    /// A case on record.
    public init(_ record: Case) {
        self.init(record.fields, record.customer.relationship?.decision)
    }
}
