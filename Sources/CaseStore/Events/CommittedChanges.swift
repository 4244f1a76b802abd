public import Complaints

/// What a batch has brought, once it is on disk, for those who wait for it.
public struct CommittedChanges: Sendable, Hashable {
    /// The batch's stamp.
    public let stamp: Instant
    /// The ids of its events, one after the other; nil when it has none.
    public let events: ClosedRange<Int64>?
    /// What types they are of.
    public let types: EventTypes
    /// The earliest instant at which the clock has something to say of what it changed; nil when it has not.
    public let earliestWake: Instant?
    /// Whether a token may have been made or revoked, or a session ended: who was let in before may not be any more.
    public let touchesTokens: Bool
    /// Whether something of a webhook may have changed, or is to be sent.
    public let touchesWebhooks: Bool
}

extension CommittedChanges {
    init(_ transaction: WriteTransaction) {
        let log = transaction.log
        stamp = transaction.now
        events = log.count > 0 ? log.lastID - log.count + 1...log.lastID : nil
        types = log.types
        earliestWake = transaction.earliestWake
        touchesTokens = transaction.touchesTokens
        touchesWebhooks = transaction.touchesWebhooks
    }
}
