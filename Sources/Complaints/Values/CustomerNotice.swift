/// What came of trying to tell the customer.
public enum ContactOutcome: String, Vocabulary {
    case reached
    case sent
    case messageLeft = "message_left"
    case attempted

    /// Whether the customer can be taken to know: they were spoken to, or the message waits for them.
    public var informs: Bool { self != .attempted }

    /// Whether it came to them itself, and not a call for them to call back: they spoke with the desk, or have it in
    /// writing.
    public var arrived: Bool { self == .reached || self == .sent }
}

/// When and how the customer was told (T3).
public struct CustomerNotice: Sendable, Hashable {
    /// The way it was tried.
    public var channel: Channel
    /// Whether they now know.
    public var outcome: ContactOutcome
    /// When it was tried.
    public var at: Instant

    /// A notice as it stands on record.
    public init(channel: Channel, outcome: ContactOutcome, at: Instant) {
        self.channel = channel
        self.outcome = outcome
        self.at = at
    }
}
