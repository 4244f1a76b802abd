/// That a promise changed hands.
public struct OwnerChange: Sendable, Hashable {
    /// The stamp of the change.
    public let recordedAt: Instant
    /// The owner up to then.
    public let from: String?
    /// What that owner had said to the promise, if they were asked.
    public let acceptance: Promise.Acceptance?

    /// A change as it stands on record.
    public init(recordedAt: Instant, from: String?, acceptance: Promise.Acceptance? = nil) {
        self.recordedAt = recordedAt
        self.from = from
        self.acceptance = acceptance
    }
}

extension Promise {
    /// The promise as the record had it at `instant`, or nil when it was not yet made: what was recorded later is
    /// taken away. `ownerChanges` are all of this promise's, oldest first.
    public func asOf(_ instant: Instant, ownerChanges: [OwnerChange]) -> Promise? {
        guard madeAt <= instant else { return nil }
        var promise = self
        if let settlement, settlement.recordedAt > instant { promise.settlement = nil }
        if let told, told.recordedAt > instant { promise.told = nil }
        if let next = ownerChanges.first(where: { $0.recordedAt > instant }) {
            promise.owner = next.from
            promise.acceptance = next.acceptance
        }
        if let at = promise.acceptance?.acceptedAt, at > instant { promise.acceptance?.acceptedAt = nil }
        return promise
    }

    /// Whose promise it was at `instant`: the owner before the first change recorded after it.
    public func owner(at instant: Instant, ownerChanges: [OwnerChange]) -> String? {
        guard let next = ownerChanges.first(where: { $0.recordedAt > instant }) else { return owner }
        return next.from
    }
}
