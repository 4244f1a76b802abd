/// What the report on concessions needs of one of them, as the record had it at the report's `as_of`.
public struct ConcessionFact: EntryFact, Hashable {
    package typealias Tally = ConcessionTally

    /// The stamp of the entry.
    public let recordedAt: Instant
    /// How much it is.
    public let money: Money
    /// Where it stands.
    public let state: ConcessionState
    /// Whether nobody had looked into a threat that stood beside it.
    public let isUnderThreat: Bool
    /// Whether it was above the policy's limit, or in another currency.
    public let isAboveLimit: Bool
    /// Whether whoever made it has decided on it, in a desk of one.
    public let isDecidedByOneself: Bool
    /// The field of the case that the report groups by; nil when it has none, or the report groups by something else.
    public let caseValue: String?

    /// A fact as a row has it, with what became of it.
    public init(
        recordedAt: Instant, money: Money, state: ConcessionState, isUnderThreat: Bool, isAboveLimit: Bool,
        isDecidedByOneself: Bool = false, caseValue: String?
    ) {
        self.recordedAt = recordedAt
        self.money = money
        self.state = state
        self.isUnderThreat = isUnderThreat
        self.isAboveLimit = isAboveLimit
        self.isDecidedByOneself = isDecidedByOneself
        self.caseValue = caseValue
    }

    package func key(_ grouping: ConcessionGrouping) -> String? {
        switch grouping {
        case .state: state.rawValue
        case .currency: money.currency.code
        case .owner, .team, .category, .channel, .severity, .outcome, .day, .week, .month: caseValue
        }
    }
}
