/// What a report needs of one promise from the desk to the customer, as the record had it at the report's `as_of`.
/// A report reads a great many of these: making one from a row allocates nothing but a long key.
public struct PromiseFact: Sendable, Hashable {
    /// What the report groups by, nil when the promise or its case has none; of no account for days, weeks and months.
    public let key: String?
    /// When it was made.
    public let madeAt: Instant
    /// By when it was to be kept.
    public let dueAt: Instant
    /// The due instant of the first promise of the chain.
    public let originalDueAt: Instant
    /// Whether the customer knows of it.
    public let isTold: Bool
    /// What became of it; nil while it is unsettled.
    public let outcome: Settlement.Outcome?
    /// Whether it was kept in time, but the service was told only after the due instant.
    public let isBackdated: Bool

    /// A fact as a row has it. `recordedAt` is when the service was told of the outcome.
    ///
    /// - Precondition: `outcome` and `recordedAt` are both there or both missing.
    public init(
        key: String?, madeAt: Instant, dueAt: Instant, originalDueAt: Instant, isTold: Bool,
        outcome: Settlement.Outcome?, recordedAt: Instant?
    ) {
        self.key = key
        self.madeAt = madeAt
        self.dueAt = dueAt
        self.originalDueAt = originalDueAt
        self.isTold = isTold
        self.outcome = outcome
        switch (outcome, recordedAt) {
        case (let outcome?, let recordedAt?):
            isBackdated = outcome.isBackdated(dueAt: dueAt, recordedAt: recordedAt)
        case (nil, nil): isBackdated = false
        default: preconditionFailure("an outcome is recorded at some instant")
        }
    }

    /// The fact of a promise as of the report's instant. `owner` is the promise's at its due instant, or at the
    /// report's when it is due later (`Promise.owner(at:ownerChanges:)`); `fields` are those of its case.
    public init(_ promise: Promise, owner: String?, in fields: CaseFields, groupBy: PromiseGrouping) {
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
            key: key, madeAt: promise.madeAt, dueAt: promise.dueAt, originalDueAt: promise.originalDueAt,
            isTold: promise.told != nil, outcome: promise.settlement?.outcome,
            recordedAt: promise.settlement?.recordedAt)
    }

    /// The state at `now`, by the rule of `Promise.state(at:)`.
    public func state(at now: Instant) -> PromiseState {
        outcome?.state(dueAt: dueAt) ?? .unsettled(dueAt: dueAt, at: now)
    }

    /// Whether it was late or broken at some time up to `now`, by the rule that escalates (T13).
    public func wasEverBroken(at now: Instant) -> Bool {
        outcome.brokeAt(now, dueAt: dueAt) != nil
    }
}
