extension CaseChange {
    /// Decides whether the relationship with the customer goes on (T17). To end it closes the case, so every promise to
    /// the customer is settled before or in the same step.
    public mutating func decide(
        _ incoming: Incoming<RelationshipRequest>, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let request = incoming.value
        guard actor.role >= .manager else {
            throw .forbidden("Whether a relationship goes on is for a manager to decide.")
        }
        var isByOneself = false
        if request.decision == .end {
            let owners = promises.filter { $0.isUnsettled && $0.isToCustomer }.flatMap { [$0.owner, $0.accountable] }
            isByOneself = try actor.requireOther(
                than: [record.fields.owner] + owners, to: "end the relationship with a customer")
        }
        let resolution = ResolveRequest(
            summary: request.reason, customerAccepted: false, settle: request.settle.map(\.byTheEnd))
        var issues = issues(resolving: resolution, settling: nil, under: policy, at: now, path: .body)
        if request.decision == .keep, !request.settle.isEmpty {
            issues.append(FieldIssue("settle", .conflictingFields, "must be left out: the case goes on."))
        }
        _ = try incoming.checked(issues)
        log.append(
            LogDraft(
                .relationship, at: now,
                facts: [
                    Fact("decision", .text(request.decision.rawValue)),
                    Fact("customer_id", .integer(record.customer.id)),
                ] + Fact.byOneself(isByOneself),
                texts: [Fact("reason", .text(request.reason))]))
        for kind in [Matter.Kind.return, .notAccepted] { settle(kind, as: .decided) }
        file.record.customer.relationship = RelationshipDecision(request.decision, recordedAt: now)
        file.record.customer.updatedAt = now
        file.record.customer.version += 1
        relationshipDecided = request.decision
        guard request.decision == .end, record.status != .closed else { return }
        if record.status == .open {
            try takeResolution(resolution, at: .body, under: policy, by: actor, at: now)
        } else {
            try settle(resolution.settle, by: actor, at: now)
        }
        try close(Incoming(request.reason), by: actor, at: now)
    }

    /// Whether the case ended with the relationship, or would go on with a customer with whom the desk does not.
    var isEnded: Bool {
        // What was decided while the case was somebody else's was about them.
        let decision = entries.last { entry in
            entry.kind == .relationship
                && (entry.integer("customer_id").map { [record.customer.id, record.customerID].contains($0) } ?? true)
        }
        let decided: Relationship? = decision?.word("decision")
        return decided == .end || record.customer.relationship?.decision == .end
    }
}

extension SettleRequest {
    /// What an end of the relationship gives up is given up by that, whatever else is said of it.
    fileprivate var byTheEnd: SettleRequest {
        guard case .withdraw(var withdrawal) = action, withdrawal.release != .customerAgreed else { return self }
        withdrawal.release = .ended
        return SettleRequest(promiseID: promiseID, action: .withdraw(withdrawal))
    }
}
