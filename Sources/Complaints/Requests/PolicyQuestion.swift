/// Which policy a case would have: one on record, or one that is only described. What is said of it besides goes before what
/// is on record.
public struct PolicyQuestion: Sendable, Hashable {
    /// A case on record; nil for one that is new.
    public var caseID: Int64?
    /// What is asked instead of what the case has; nil leaves that, which is the default of a new case.
    public var severity: Severity?
    /// The same of the mood.
    public var mood: Mood?
    /// The same of the category.
    public var category: String?
    /// The same of the channel.
    public var channel: Channel?
    /// The same of the team.
    public var team: String?
    /// The same of what was decided about going on with the customer.
    public var relationship: Relationship?
    /// The same of the regime that it is under.
    public var regime: String?
    /// When it was received; nil for what is on record, and for now.
    public var receivedAt: PastInstant?

    /// A question about a new case of which nothing is said.
    public init() {}

    /// The case with what is asked instead.
    public func applied(to matched: MatchedCase) -> MatchedCase {
        var matched = matched
        if let severity { matched.severity = severity }
        if let mood { matched.mood = mood }
        if let category { matched.category = category }
        if let channel { matched.channel = channel }
        if let team { matched.team = team }
        if let relationship { matched.relationship = relationship }
        if let regime { matched.regime = regime }
        return matched
    }
}

/// Which policy a case would have, and why.
public struct PolicyPreview: Sendable {
    /// The case on record that was asked about; nil for one that is only described.
    public let caseID: Int64?
    /// What the rules looked at.
    public let matched: MatchedCase
    /// Its policy.
    public let policy: Policy
    /// What came of each rule, in their order.
    public let verdicts: [PolicyVerdict]
    /// From when an acknowledgement is counted.
    public let receivedAt: Instant
    /// The regime that it would be under, with what that promises; nil for none.
    public let regime: RegimePreview?
    /// Why it would be under none, though its policy names one; else nil.
    public let regimeReason: String?

    /// When the policy's acknowledgement would be due, and by what.
    public let acknowledgeDue: PolicyDue

    /// What `rules` make of a case.
    ///
    /// - Parameters:
    ///   - policy: the first of them that fits, with the calendar of the case's team.
    ///   - regime: the one that the case names, else the policy's, where that holds for the receipt.
    public init(
        of matched: MatchedCase, caseID: Int64?, receivedAt: Instant, policy: Policy, regime: RegimePreview?,
        regimeReason: String?, by rules: PolicyRules
    ) {
        self.regime = regime
        self.regimeReason = regimeReason
        self.caseID = caseID
        self.matched = matched
        self.receivedAt = receivedAt
        self.policy = policy
        verdicts = rules.verdicts(on: matched)
        acknowledgeDue = policy.acknowledgeDue(from: receivedAt)
    }
}
