/// What came of trying to tell the customer.
public enum ContactOutcome: String, Vocabulary {
    case reached
    case messageLeft = "message_left"
    case attempted

    /// Whether the customer can be taken to know: they were spoken to, or the message waits for them.
    public var informs: Bool { self != .attempted }
}

/// When and how the customer was told (T3).
public struct CustomerNotice: Sendable, Hashable {
    public var channel: Channel
    public var outcome: ContactOutcome
    public var at: Instant

    public init(channel: Channel, outcome: ContactOutcome, at: Instant) {
        self.channel = channel
        self.outcome = outcome
        self.at = at
    }
}
