/// What one webhook is told of one event, or a test of it, and what came of it so far. It is known to one machine alone and no
/// part of the record.
public struct Delivery: Sendable, Hashable {
    /// What it is sent again by.
    public let id: Int64
    /// Whom it goes to.
    public let webhookID: Int64
    /// The event; nil for a test.
    public let eventID: Int64?
    /// The case that it is about: what follows in that waits for it.
    public let caseID: Int64?
    /// Whether it is tried once, out of the order, as somebody asked for it.
    public var isOnce: Bool
    /// What became of it.
    public var status: DeliveryStatus
    /// When it was taken in hand.
    public let createdAt: Instant
    /// How often it was tried.
    public var attempts: Int64
    /// When it was tried first of those times that its pauses are counted by; nil: not yet.
    public var firstTriedAt: Instant?
    /// How often it was since.
    public var tries: Int64
    /// When it is tried next, while it is pending.
    public var nextAt: Instant
    /// When the receiver took it last, also while it is to be sent once more.
    public var deliveredAt: Instant?

    /// A delivery as it stands; a new one unless more is given.
    public init(
        id: Int64, webhookID: Int64, eventID: Int64?, caseID: Int64?, isOnce: Bool = false,
        status: DeliveryStatus = .pending, createdAt: Instant, attempts: Int64 = 0, firstTriedAt: Instant? = nil,
        tries: Int64 = 0, nextAt: Instant, deliveredAt: Instant? = nil
    ) {
        self.id = id
        self.webhookID = webhookID
        self.eventID = eventID
        self.caseID = caseID
        self.isOnce = isOnce
        self.status = status
        self.createdAt = createdAt
        self.attempts = attempts
        self.firstTriedAt = firstTriedAt
        self.tries = tries
        self.nextAt = nextAt
        self.deliveredAt = deliveredAt
    }
}

/// What became of a delivery.
public enum DeliveryStatus: String, Vocabulary {
    /// It waits for its turn, or to be tried again.
    case pending
    /// The receiver took it (2xx).
    case delivered
    /// It was to be tried once, and the receiver did not take it, nor ever had.
    case failed
}
