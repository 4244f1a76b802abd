/// That a case comes to a later stage of its regime.
public struct StageRequest: Sendable, Hashable {
    /// The stage, by name.
    public var stage: String
    /// Why; kept in the log.
    public var reason: String
    /// When the customer asked for it; nil: now.
    public var requestedAt: PastInstant?

    /// A stage that was asked for.
    public init(stage: String, reason: String, requestedAt: PastInstant? = nil) {
        self.stage = stage
        self.reason = reason
        self.requestedAt = requestedAt
    }
}
