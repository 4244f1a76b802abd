/// Whether the desk goes on with a customer (T17).
public enum Relationship: String, Vocabulary {
    case keep, end
}

/// What was last decided about going on with a customer, and when.
public struct RelationshipDecision: Sendable, Hashable {
    /// What was decided.
    public let decision: Relationship
    /// The stamp of the decision.
    public let recordedAt: Instant

    /// A decision as it stands on record.
    public init(_ decision: Relationship, recordedAt: Instant) {
        self.decision = decision
        self.recordedAt = recordedAt
    }
}
