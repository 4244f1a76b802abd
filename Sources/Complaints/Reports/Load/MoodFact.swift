/// What the report on load needs of one time that a customer's mood was observed.
public struct MoodFact: Sendable, Hashable {
    /// What the report groups by; nil when there is none.
    public let key: String?
    /// The case it was observed in.
    public let caseID: Int64
    /// The stamp of the entry.
    public let recordedAt: Instant
    /// How the customer was.
    public let mood: Mood

    /// A fact as a row has it.
    public init(key: String?, caseID: Int64, recordedAt: Instant, mood: Mood) {
        self.key = key
        self.caseID = caseID
        self.recordedAt = recordedAt
        self.mood = mood
    }
}
