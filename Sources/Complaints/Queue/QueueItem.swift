/// Something that waits for somebody, in a manager's queue: one item a reason.
public struct QueueItem: Sendable, Hashable {
    /// Where it can be read: what raised it.
    public enum Place: Sendable, Hashable {
        /// An entry of the case's log, by its number.
        case entry(Int64)
        /// A promise, by its id.
        case promise(Int64)
    }

    /// What waits, and why.
    public let reason: QueueReason
    /// Since when: the stamp of the entry, the due instant of an overdue promise, when an owner was asked to accept one.
    public let since: Instant
    /// What raised it.
    public let place: Place
    /// Whom it waits for: the case's supervisor, for want of one the owner of a case with a threat; the owner of a
    /// promise. Nil when nobody is named.
    public let waitsFor: String?
    /// The case, and whom to call.
    public let summary: CaseSummary

    /// The item with its case as of another instant.
    public func showing(_ summary: CaseSummary) -> QueueItem {
        QueueItem(reason: reason, since: since, place: place, waitsFor: waitsFor, summary: summary)
    }

    /// An item as it was read.
    public init(reason: QueueReason, since: Instant, place: Place, waitsFor: String?, summary: CaseSummary) {
        self.reason = reason
        self.since = since
        self.place = place
        self.waitsFor = waitsFor
        self.summary = summary
    }
}
