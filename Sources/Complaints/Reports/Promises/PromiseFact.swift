/// What a report needs of one promise from the desk to the customer, as the record had it at the report's `as_of`.
/// A report reads a great many of these: making one from a row allocates nothing but a long key.
public struct PromiseFact: Sendable, Hashable {
    /// What the report groups by, nil when the promise or its case has none; of no account for days, weeks and months.
    public let key: String?
    /// From when its time was counted (`Promise.countedFrom(receivedAt:openedAt:)`).
    public let countedFrom: Instant
    /// By when it was to be kept.
    public let dueAt: Instant
    /// The due instant of the first promise of the chain.
    public let originalDueAt: Instant
    /// Whether the customer knows of it.
    public let isTold: Bool
    /// What became of it; nil while it is unsettled.
    public let outcome: Settlement.Outcome?
    /// When the service was told of the outcome; nil while there is none.
    public let recordedAt: Instant?

    /// A fact as a row has it.
    ///
    /// - Precondition: `outcome` and `recordedAt` are both there or both missing.
    public init(
        key: String?, countedFrom: Instant, dueAt: Instant, originalDueAt: Instant, isTold: Bool,
        outcome: Settlement.Outcome?, recordedAt: Instant?
    ) {
        self.key = key
        self.countedFrom = countedFrom
        self.dueAt = dueAt
        self.originalDueAt = originalDueAt
        self.isTold = isTold
        precondition((outcome == nil) == (recordedAt == nil), "an outcome is recorded at some instant")
        self.outcome = outcome
        self.recordedAt = recordedAt
    }

    /// The fact of a promise as of the report's instant. `owner` is the promise's at its due instant, or at the
    /// report's when it is due later (`Promise.owner(at:ownerChanges:)`); `fields` are those of its case.
    public init(
        _ promise: Promise, countedFrom: Instant, owner: String?, in fields: CaseFields, groupBy: PromiseGrouping
    ) {
        let key: String? =
            switch groupBy {
            case .owner: owner
            case .team: fields.team
            case .kind: promise.kind.rawValue
            case .category: fields.category
            case .channel: fields.channel.rawValue
            case .severity: fields.severity.rawValue
            case .madeBy: promise.madeBy
            case .day, .week, .month: nil
            }
        self.init(
            key: key, countedFrom: countedFrom, dueAt: promise.dueAt, originalDueAt: promise.originalDueAt,
            isTold: promise.told != nil, outcome: promise.settlement?.outcome,
            recordedAt: promise.settlement?.recordedAt)
    }

    /// The state at `now`, by the rule of `Promise.state(at:)`.
    public func state(at now: Instant) -> PromiseState {
        outcome?.state(dueAt: dueAt) ?? .unsettled(dueAt: dueAt, at: now)
    }

    /// Whether it was kept in time, but the service was told only after the due instant.
    public var isBackdated: Bool {
        guard let outcome, let recordedAt else { return false }
        return outcome.isBackdated(dueAt: dueAt, recordedAt: recordedAt)
    }

    /// Whether it was late or broken at some time up to `now`, by the rule that escalates (T13).
    public func wasEverBroken(at now: Instant) -> Bool {
        outcome.countedBrokenAt(now, dueAt: dueAt, recordedAt: recordedAt) != nil
    }
}
