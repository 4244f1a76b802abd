/// The fields of a case that can be edited.
public struct CaseFields: Sendable, Hashable {
    /// The case's key in another system; unique.
    public var externalID: String?
    public var subject: String?
    public var channel: Channel
    public var category: String?
    public var tags: [String]
    public var severity: Severity
    public var mood: Mood
    public var desiredOutcome: String?
    public var estimate: Estimate?
    public var owner: String?
    public var team: String?
    public var supervisor: String?
    public var hardDeadline: Instant?

    public init(
        externalID: String? = nil, subject: String? = nil, channel: Channel = .other, category: String? = nil,
        tags: [String] = [], severity: Severity = .normal, mood: Mood = .calm, desiredOutcome: String? = nil,
        estimate: Estimate? = nil, owner: String? = nil, team: String? = nil, supervisor: String? = nil,
        hardDeadline: Instant? = nil
    ) {
        self.externalID = externalID
        self.subject = subject
        self.channel = channel
        self.category = category
        self.tags = tags
        self.severity = severity
        self.mood = mood
        self.desiredOutcome = desiredOutcome
        self.estimate = estimate
        self.owner = owner
        self.team = team
        self.supervisor = supervisor
        self.hardDeadline = hardDeadline
    }
}
