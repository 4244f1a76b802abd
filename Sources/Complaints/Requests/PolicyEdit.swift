/// What is edited of what a policy says. Only the mood to escalate from, the supervisor and the follow-up can be taken away.
public typealias PolicyEdit = Edit<Policy>

/// What is edited of a policy's rule. Conditions can be taken away.
public typealias PolicyRuleEdit = Edit<PolicyRule>

/// What is asked for of a policy: what it says from now on, for which cases, and at which place.
public struct PolicyChange: Sendable, Hashable {
    /// What it says.
    public var terms: PolicyEdit
    /// Which cases it is for. Nothing of the policies of the severities.
    public var rule: PolicyRuleEdit
    /// The policy that it is to stand right before, by name; nil leaves its place, or says it otherwise.
    public var before: String?
    /// Whether whatever is not in it has its default, but for the place.
    public var isWhole: Bool

    /// A change of those fields alone.
    public init(
        terms: PolicyEdit = PolicyEdit(), rule: PolicyRuleEdit = PolicyRuleEdit(), before: String? = nil,
        isWhole: Bool = false
    ) {
        self.terms = terms
        self.rule = rule
        self.before = before
        self.isWhole = isWhole
    }
}

/// What came of a change of a policy.
public struct ChangedPolicy: Sendable, Hashable {
    /// The policy as it is from now on.
    public let policy: Policy
    /// Those that made room for it, as they are from now on.
    public let moved: [Policy]
}

extension PolicyRules {
    /// A new policy. Without a place of its own it comes right before those of the severities.
    ///
    /// - Parameter name: one that no policy has.
    public func making(
        _ name: String, id: Int64, _ incoming: Incoming<PolicyChange>, at now: Instant
    ) throws(Refusal) -> ChangedPolicy {
        let new = Policy(id: id, name: name, rule: PolicyRule(), madeAt: now)
        let (policy, moved, found) = changed(new, by: incoming.value, isNew: true)
        var issues = found
        if all.count >= Limits.rules + Severity.allCases.count {
            issues.append(
                FieldIssue(
                    FieldPath(), .outOfRange, "There are \(Limits.rules) rules already: replace one that is out of use."
                ))
        }
        if let issue = VisibleName.issue(ofNew: name) { issues.append(issue) }
        _ = try incoming.checked(issues)
        return ChangedPolicy(policy: policy, moved: moved.map { $0.moved(to: $1, at: now) })
    }

    /// A policy as a change at `now` makes it; nil when that changes nothing. All spans lie within the `Limits`, and what is
    /// acknowledged must be promised within `maxSpan`.
    public func editing(
        _ before: Policy, _ incoming: Incoming<PolicyChange>, at now: Instant
    ) throws(Refusal) -> ChangedPolicy? {
        let (after, moved, issues) = changed(before, by: incoming.value, isNew: false)
        var policy = after
        _ = try incoming.checked(issues)
        guard !policy.isExactly(before) || !policy.rule.isExactly(before.rule) else { return nil }
        policy.version += 1
        policy.updatedAt = now
        return ChangedPolicy(policy: policy, moved: moved.map { $0.moved(to: $1, at: now) })
    }

    private func changed(
        _ before: Policy, by change: PolicyChange, isNew: Bool
    ) -> (policy: Policy, moved: [(Policy, Int64)], issues: [FieldIssue]) {
        var policy = before
        if change.isWhole {
            let unsaid = Policy()
            policy = PolicyEdit { .some($0.value(unsaid)) }.applied(to: policy)
            if policy.severity == nil { policy.rule = PolicyRule(position: policy.rule.position) }
        }
        policy = change.terms.applied(to: policy)
        var issues = change.terms.outOfBounds
        if issues.isEmpty { issues = policy.conflicts(in: change.terms) }
        guard policy.severity == nil else { return (policy, [], issues + change.issuesOfFixed(policy)) }
        policy.rule = change.rule.applied(to: policy.rule)
        if change.rule.position == PolicyRule.last {
            let detail = "must be from \(Limits.position.lowerBound) to \(Limits.position.upperBound)."
            issues.append(FieldIssue("position", .outOfRange, detail))
        }
        guard change.before != nil || isNew && change.rule.position == nil else { return (policy, [], issues) }
        let target = change.before.map { named(FoldedName($0)) }
        if let before = change.before, target == .some(nil) || target??.id == policy.id {
            let detail = target == .some(nil) ? "There is no policy \(before)." : "must be another one."
            return (policy, [], issues + [FieldIssue("before", .invalidValue, detail)])
        }
        let place = place(for: policy.id, before: target ?? nil)
        policy.rule.position = place.position
        return (policy, place.moved.map { ($0.policy, $0.position) }, issues)
    }
}

extension PolicyChange {
    /// That what it asks for of the policy of a severity is not to be had.
    fileprivate func issuesOfFixed(_ policy: Policy) -> [FieldIssue] {
        let changed = rule.applied(to: policy.rule)
        let detail =
            "can't be changed: \(policy.name) comes last, for the cases that no other rule is for, and stays in use."
        return rule.touched.filter { $0.value(changed) != $0.value(policy.rule) }.map {
            FieldIssue(FieldPath($0.place), .readOnlyField, detail)
        }
            + (before == nil ? [] : [FieldIssue("before", .readOnlyField, detail)])
    }
}

extension Policy {
    /// What of it goes not together, told of the fields that were edited.
    fileprivate func conflicts(in edit: PolicyEdit) -> [FieldIssue] {
        let bounded: [(name: String, length: ElapsedTime?, isEdited: Bool)] = [
            ("acknowledge_in", acknowledgeIn, edit.acknowledgeIn != nil),
            ("acknowledge_in_business", acknowledgeInBusiness?.nominal, edit.acknowledgeInBusiness != nil),
            ("update_every", updateEvery, edit.updateEvery != nil),
            ("follow_up_in", followUpIn, edit.followUpIn != nil),
            ("follow_up_in_business", followUpInBusiness?.nominal, edit.followUpInBusiness != nil),
        ]
        var issues: [FieldIssue] = []
        for (name, length, isEdited) in bounded where length.map({ $0 > maxSpan }) ?? false {
            let field = isEdited ? name : "max_span"
            issues.append(FieldIssue(FieldPath([field]), .outOfRange, "\(name) must not be longer than max_span."))
        }
        if followUpInBusiness != nil, followUpIn == nil {
            let field = edit.followUpInBusiness?.flatMap { $0 } == nil ? "follow_up_in" : "follow_up_in_business"
            issues.append(
                FieldIssue(
                    FieldPath([field]), .conflictingFields,
                    "follow_up_in_business needs follow_up_in beside it, which holds where a team has no calendar: give both, or "
                        + "neither."))
        }
        return issues
    }

    /// The same at another place.
    fileprivate func moved(to position: Int64, at now: Instant) -> Policy {
        var policy = self
        policy.rule.position = position
        policy.updatedAt = now
        policy.version += 1
        return policy
    }
}
