/// A JSON Merge Patch (RFC 7396) of a policy.
public struct PolicyEdit: Sendable, Hashable {
    /// How soon a case without a promise of its own is acknowledged (T1); nil leaves it as it is.
    public var acknowledgeIn: ElapsedTime?
    /// How long before its due instant a promise's owner is warned (T3); nil leaves it as it is.
    public var warnAhead: ElapsedTime?
    /// How far off a promise may lie; nil leaves it as it is.
    public var maxSpan: ElapsedTime?
    /// What an agent may give away, in minor units (T15); nil leaves it as it is.
    public var concessionLimit: Int64?
    /// The currency of that limit; nil leaves it as it is.
    public var concessionCurrency: Currency?
    /// How many open promises a day are too many for an owner (T4); nil leaves it as it is.
    public var loadCap: Int64?
    /// From which mood on a supervisor is asked to join (T13); nil leaves it as it is, `.some(nil)` takes it away.
    public var escalateMood: Mood??
    /// From how many broken promises on a supervisor is asked to join (T13); nil leaves it as it is.
    public var escalateAfter: Int64?
    /// Who is asked; nil leaves it as it is, `.some(nil)` takes it away.
    public var supervisor: String??
    /// How long after a resolution the policy follows up (T21); nil leaves it as it is, `.some(nil)` takes it away.
    public var followUpIn: ElapsedTime??

    /// An edit that leaves everything as it is.
    public init() {}
}

extension Policy {
    /// The policy with the edit made at `now`; nil when it changes nothing. All spans lie within the `Limits`,
    /// and what is acknowledged must be promised within `maxSpan`.
    public func edited(_ incoming: Incoming<PolicyEdit>, at now: Instant) throws(Refusal) -> Policy? {
        let edit = incoming.value
        var policy = self
        if let acknowledgeIn = edit.acknowledgeIn { policy.acknowledgeIn = acknowledgeIn }
        if let warnAhead = edit.warnAhead { policy.warnAhead = warnAhead }
        if let maxSpan = edit.maxSpan { policy.maxSpan = maxSpan }
        policy.concessionLimit = Money(
            amount: edit.concessionLimit ?? concessionLimit.amount,
            currency: edit.concessionCurrency ?? concessionLimit.currency)
        if let loadCap = edit.loadCap { policy.loadCap = Int(loadCap) }
        if let escalateMood = edit.escalateMood { policy.escalateMood = escalateMood }
        if let escalateAfter = edit.escalateAfter { policy.escalateAfter = Int(escalateAfter) }
        if let supervisor = edit.supervisor { policy.supervisor = supervisor }
        if let followUpIn = edit.followUpIn { policy.followUpIn = followUpIn }
        var issues: [FieldIssue] = []
        let spans = [
            ("acknowledge_in", edit.acknowledgeIn), ("warn_ahead", edit.warnAhead), ("max_span", edit.maxSpan),
        ]
        for (field, span) in spans {
            guard let span, span < Limits.shortestSpan || span > Limits.longestMaxSpan else { continue }
            let detail = "must be from \(Limits.shortestSpan.iso8601) to \(Limits.longestMaxSpan.iso8601)."
            issues.append(FieldIssue(FieldPath([field]), .outOfRange, detail))
        }
        if issues.isEmpty, policy.acknowledgeIn > policy.maxSpan {
            let field = edit.acknowledgeIn == nil ? "max_span" : "acknowledge_in"
            issues.append(
                FieldIssue(FieldPath([field]), .outOfRange, "acknowledge_in must not be longer than max_span."))
        }
        if let followUpIn = policy.followUpIn, issues.isEmpty, followUpIn > policy.maxSpan {
            let field = edit.followUpIn == nil ? "max_span" : "follow_up_in"
            issues.append(
                FieldIssue(FieldPath([field]), .outOfRange, "follow_up_in must not be longer than max_span."))
        }
        _ = try incoming.checked(issues)
        guard policy != self else { return nil }
        policy.version += 1
        policy.updatedAt = now
        return policy
    }
}
