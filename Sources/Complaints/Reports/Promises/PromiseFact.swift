/// What a report needs of one promise from the desk to the customer, as the record had it at the report's `as_of`.
/// A report reads a great many of these: making one from a row allocates nothing but a long key.
public struct PromiseFact: Sendable, Hashable {
    /// What the report groups by, nil when the promise or its case has none; of no account for days, weeks and months.
    public let key: String?
    /// From when its time was counted (`Promise.countedFrom(receivedAt:openedAt:)`).
    public let countedFrom: Instant
    /// When it was made first (`Promise.firstMadeAt`).
    public let madeAt: Instant
    /// When the first promise of its chain was made.
    public let chainMadeAt: Instant
    /// By when it was to be kept.
    public let dueAt: Instant
    /// The due instant of the first promise of the chain.
    public let originalDueAt: Instant
    /// Whether the customer knows of it.
    public let isTold: Bool
    /// Whether something shows that it was kept.
    public let hasEvidence: Bool
    /// What became of it; nil while it is unsettled.
    public let outcome: Settlement.Outcome?
    /// When the service was told of the outcome; nil while there is none.
    public let recordedAt: Instant?
    /// When a dispute of its keep was upheld; nil: none was.
    public let upheldAt: Instant?
    /// The promise that took its place; nil for the last one of a chain.
    public let successor: Int64?
    /// When somebody was last given it, or took it, up to its due instant; nil when nobody was after its making.
    public let reassignedAt: Instant?

    /// A fact as a row has it. Without `chainMadeAt` it is the first one of its chain, without `madeAt` it was counted from
    /// its making.
    ///
    /// - Precondition: `outcome` and `recordedAt` are both there or both missing.
    public init(
        key: String?, countedFrom: Instant, madeAt: Instant? = nil, chainMadeAt: Instant? = nil, dueAt: Instant,
        originalDueAt: Instant, isTold: Bool, hasEvidence: Bool = false, outcome: Settlement.Outcome?,
        recordedAt: Instant?, upheldAt: Instant? = nil, successor: Int64? = nil, reassignedAt: Instant? = nil
    ) {
        self.key = key
        self.countedFrom = countedFrom
        self.madeAt = madeAt ?? countedFrom
        self.chainMadeAt = chainMadeAt ?? self.madeAt
        self.hasEvidence = hasEvidence
        self.upheldAt = upheldAt
        self.successor = successor
        self.dueAt = dueAt
        self.originalDueAt = originalDueAt
        self.isTold = isTold
        precondition((outcome == nil) == (recordedAt == nil), "an outcome is recorded at some instant")
        self.outcome = outcome
        self.recordedAt = recordedAt
        self.reassignedAt = reassignedAt
    }

    /// The fact of a promise as of the report's instant. `accountable` is for whom it counted at its due
    /// instant, or at the report's when it is due later (`Promise.accountable(at:ownerChanges:)`); `fields` are those of its case,
    /// and `outcome` is what was found of that. Without `chainMadeAt` it is the first one of its chain.
    public init(
        _ promise: Promise, countedFrom: Instant, chainMadeAt: Instant? = nil, accountable: String?,
        reassignedAt: Instant? = nil, in fields: CaseFields, outcome: CaseOutcome? = nil, groupBy: PromiseGrouping
    ) {
        let key: String? =
            switch groupBy {
            case .owner: accountable
            case .team: fields.team
            case .kind: promise.kind.rawValue
            case .category: fields.category
            case .channel: fields.channel.rawValue
            case .severity: fields.severity.rawValue
            case .outcome: outcome?.rawValue
            case .madeBy: promise.madeBy
            case .day, .week, .month: nil
            }
        self.init(
            key: key, countedFrom: countedFrom, madeAt: promise.firstMadeAt, chainMadeAt: chainMadeAt,
            dueAt: promise.dueAt,
            originalDueAt: promise.originalDueAt, isTold: promise.told != nil,
            hasEvidence: promise.settlement?.evidence != nil, outcome: promise.settlement?.outcome,
            recordedAt: promise.settlement?.recordedAt, upheldAt: promise.upheld?.recordedAt,
            successor: promise.successor, reassignedAt: reassignedAt)
    }

    /// Whether it came into other hands in the last quarter of its span, when it could hardly be kept any more.
    public var isReassignedLate: Bool {
        guard let reassignedAt else { return false }
        return (dueAt - reassignedAt).milliseconds * 4 <= (dueAt - countedFrom).milliseconds
    }

    /// The state at `now`, by the rule of `Promise.state(at:)`.
    public func state(at now: Instant) -> PromiseState { state(at: now, dueAt: dueAt) }

    /// The same by another due instant than its own.
    func state(at now: Instant, dueAt: Instant) -> PromiseState {
        outcome?.state(dueAt: dueAt, isUpheld: upheldAt != nil) ?? .unsettled(dueAt: dueAt, at: now)
    }

    /// Whether it was kept in time, but the service was told only after the due instant.
    public var isBackdated: Bool {
        guard let outcome, let recordedAt else { return false }
        return outcome.isBackdated(dueAt: dueAt, recordedAt: recordedAt)
    }

    /// Whether it was given up as the relationship ended.
    public var isEnded: Bool {
        if case .withdrawn(_, .ended) = outcome { true } else { false }
    }

    /// Whether it was late or broken at some time up to `now`, by the rule that escalates (T13).
    public func wasEverBroken(at now: Instant) -> Bool {
        outcome.countedBrokenAt(
            now, madeAt: madeAt, dueAt: dueAt, recordedAt: recordedAt, upheldAt: upheldAt) != nil
    }

    /// Whether it was kept in time, but so soon after its making that nobody waited for it.
    public var isInstant: Bool {
        guard let outcome, let recordedAt, upheldAt == nil else { return false }
        return outcome.isInstant(madeAt: madeAt, dueAt: dueAt, recordedAt: recordedAt)
    }

    /// Of the last one of a chain: whether the chain was kept by its first due instant, and on record by then; nil where that
    /// is not to be told, as it has not come yet, or the chain ended in what no rate counts: a release, a mistake, a keep
    /// within a minute of the chain's beginning, or in another case, where it is counted. A keep by then of a last promise that
    /// is `isInstant` is in no rate either; one after that leaves the chain missed, so that a date is not forgotten by a new one.
    public func isChainKept(at now: Instant) -> Bool? {
        switch state(at: now) {
        case .open, .overdue: return now > originalDueAt ? false : nil
        case .withdrawn, .void, .renegotiated, .transferred: return nil
        case .broken: return false
        case .kept, .keptLate:
            guard let outcome, let recordedAt else { return nil }
            let due = max(dueAt, originalDueAt)
            if outcome.isInstant(madeAt: chainMadeAt, dueAt: due, recordedAt: recordedAt) { return nil }
            guard max(outcome.at, recordedAt) <= originalDueAt, !isBackdated else { return false }
            return isInstant ? nil : true
        }
    }
}
