/// What the report on load needs of one time that a customer's mood was noted.
public struct MoodFact: Sendable, Hashable {
    /// What the report groups by; nil when there is none.
    public let key: String?
    /// Who noted it.
    public let by: String
    /// The case it was noted in.
    public let caseID: Int64
    /// The stamp of the entry.
    public let recordedAt: Instant
    /// How the customer was.
    public let mood: Mood

    /// A fact as a row has it.
    public init(key: String?, by: String, caseID: Int64, recordedAt: Instant, mood: Mood) {
        self.key = key
        self.by = by
        self.caseID = caseID
        self.recordedAt = recordedAt
        self.mood = mood
    }
}

/// How a case ended, or that somebody was thanked: what went well, or did not, besides promises (T20).
public enum OutcomeFact: Sendable, Hashable {
    /// It was resolved, and that is what the customer said to it.
    case resolved(customerAccepted: Bool)
    /// The customer said thank you.
    case thanks
}
