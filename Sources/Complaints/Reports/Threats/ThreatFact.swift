/// What the report on threats needs of one of them, as the record had it at the report's `as_of`.
public struct ThreatFact: EntryFact, Hashable {
    package typealias Tally = ThreatTally

    /// The stamp of the entry.
    public let recordedAt: Instant
    /// What the customer threatens with.
    public let kind: ThreatKind
    /// What it could cost, if anybody said.
    public let stake: Money?
    /// The field of the case that the report groups by; nil when it has none, or the report groups by something else.
    public let caseValue: String?
    /// When it was looked into first; nil when nobody has.
    public let assessedAt: Instant?
    /// What its latest assessment says; nil when there is none.
    public let verdict: ThreatVerdict?
    /// Whether that is by whoever wrote the threat down.
    public let isAssessedByOneself: Bool

    /// A fact as a row has it, with what was found out about it.
    public init(
        recordedAt: Instant, kind: ThreatKind, stake: Money?, caseValue: String?, assessedAt: Instant?,
        verdict: ThreatVerdict?, isAssessedByOneself: Bool = false
    ) {
        self.recordedAt = recordedAt
        self.kind = kind
        self.stake = stake
        self.caseValue = caseValue
        self.assessedAt = assessedAt
        self.verdict = verdict
        self.isAssessedByOneself = isAssessedByOneself
    }

    package func key(_ grouping: ThreatGrouping) -> String? {
        switch grouping {
        case .threatKind: kind.rawValue
        case .verdict: verdict?.rawValue
        case .owner, .team, .category, .channel, .severity, .outcome, .day, .week, .month: caseValue
        }
    }
}
