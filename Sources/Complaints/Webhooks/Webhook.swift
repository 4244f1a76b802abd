/// A subscription of another program to events: where they are posted, and which. Its secrets are not in it, so that nothing
/// that shows one can show them.
public struct Webhook: Sendable, Hashable {
    /// What the log numbers it with.
    public let id: Int64
    /// Where events are posted.
    public var url: WebhookURL
    /// What else may be edited.
    public var fields: WebhookFields
    /// Why the service turned it off by itself; nil while it is on, and where somebody turned it off.
    public var offReason: WebhookOffReason?
    /// Until when the secret before the present one is signed with, too; nil where there is none.
    public var formerSecretUntil: Instant?
    /// The last event before it was made: it is told of what comes after that.
    public let afterEvent: Int64
    /// Who made it.
    public let createdBy: String
    /// When it was made.
    public let recordedAt: Instant
    /// When something of it last changed.
    public var updatedAt: Instant
    /// 1, and one more with every change.
    public var version: Int64

    /// A webhook as it stands on record.
    public init(
        id: Int64, url: WebhookURL, fields: WebhookFields = WebhookFields(), offReason: WebhookOffReason? = nil,
        formerSecretUntil: Instant? = nil, afterEvent: Int64, createdBy: String, recordedAt: Instant,
        updatedAt: Instant, version: Int64 = 1
    ) {
        self.id = id
        self.url = url
        self.fields = fields
        self.offReason = offReason
        self.formerSecretUntil = formerSecretUntil
        self.afterEvent = afterEvent
        self.createdBy = createdBy
        self.recordedAt = recordedAt
        self.updatedAt = updatedAt
        self.version = version
    }

    /// How long the secret before stays good after a rotation, so that a receiver can change over in between.
    public static let rotation = ElapsedTime.hours(24)
    /// How long a delivery is kept once it is done.
    public static let keptFor = ElapsedTime.days(30)
    /// How many deliveries may wait; while as many do, no more of the log is taken in hand.
    public static let mostWaiting = 1_000
}

/// Why the service turned a webhook off.
public enum WebhookOffReason: String, Vocabulary {
    /// Its receiver said that there will be nobody any more (410).
    case gone
    /// Something could not be delivered for as long as it is tried.
    case failing
}
