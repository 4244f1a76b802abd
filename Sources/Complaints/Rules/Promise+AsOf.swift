/// That a promise changed hands.
public struct OwnerChange: Sendable, Hashable {
    /// The stamp of the change.
    public let recordedAt: Instant
    /// The owner up to then.
    public let from: String?
    /// What that owner had said to the promise, if they were asked.
    public let acceptance: Promise.Acceptance?
    /// Whether that owner declined it; else somebody gave it away, or took it.
    public let isDecline: Bool

    /// A change as it stands on record.
    public init(
        recordedAt: Instant, from: String?, acceptance: Promise.Acceptance? = nil, isDecline: Bool = false
    ) {
        self.recordedAt = recordedAt
        self.from = from
        self.acceptance = acceptance
        self.isDecline = isDecline
    }
}

extension Promise {
    /// The promise as the record had it at `instant`, or nil when it was not yet made: what was recorded later is
    /// taken away. `ownerChanges` are all of this promise's, oldest first.
    public func asOf(_ instant: Instant, ownerChanges: [OwnerChange]) -> Promise? {
        guard madeAt <= instant else { return nil }
        var promise = held(at: instant, ownerChanges: ownerChanges)
        promise.version = version(at: instant, ownerChanges: ownerChanges)
        if let settlement, settlement.recordedAt > instant { promise.settlement = nil }
        if let upheld, upheld.recordedAt > instant { promise.upheld = nil }
        if let told, told.recordedAt > instant { promise.told = nil }
        return promise
    }

    /// Its version at `instant`: 1, and one more with every change up to then. Where none came after it is today's, and
    /// after a keep comes the decision of a dispute alone: so the two ways in which the customer can be told in the batch of
    /// a keep need not be told apart.
    private func version(at instant: Instant, ownerChanges: [OwnerChange]) -> Int64 {
        var changes = ownerChanges.map(\.recordedAt)
        changes += ownerChanges.compactMap { $0.acceptance?.acceptedAt }
        // What was taken on as it was settled has changed once.
        if let at = acceptance?.acceptedAt, at != settlement?.recordedAt { changes.append(at) }
        if let settlement { changes.append(settlement.recordedAt) }
        if let upheld { changes.append(upheld.recordedAt) }
        if let told, !isToldAtItsMaking, !isToldByItsKeep { changes.append(told.recordedAt) }
        let later = changes.count { $0 > instant }
        if later == 0 { return version }
        if later == 1, let upheld, upheld.recordedAt > instant { return version - 1 }
        return 1 + Int64(changes.count - later)
    }

    /// Whether the customer knows of it since it was made, which is no change: the policy's own promises they do not know
    /// of, and of others only when the attempt to tell them failed.
    private var isToldAtItsMaking: Bool {
        !madeBy.isExactly(Actor.policy.name) && customerNotified?.outcome.informs != false
    }

    /// Whether the customer knows of it as it was kept, which is one change.
    private var isToldByItsKeep: Bool {
        guard let told, let settlement, case .kept(let at) = settlement.outcome else { return false }
        return told.recordedAt == settlement.recordedAt && told.at == at
    }
}
