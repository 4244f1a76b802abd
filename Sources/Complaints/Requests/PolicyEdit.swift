/// What is edited of a policy. Only the mood to escalate from, the supervisor and the follow-up can be taken away.
public typealias PolicyEdit = Edit<Policy>

extension Policy {
    /// The policy with the edit made at `now`; nil when it changes nothing. All spans lie within the `Limits`,
    /// and what is acknowledged must be promised within `maxSpan`.
    public func edited(_ incoming: Incoming<PolicyEdit>, at now: Instant) throws(Refusal) -> Policy? {
        let edit = incoming.value
        var policy = edit.applied(to: self)
        var issues = edit.outOfBounds
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
        guard !policy.isExactly(self) else { return nil }
        policy.version += 1
        policy.updatedAt = now
        return policy
    }
}
