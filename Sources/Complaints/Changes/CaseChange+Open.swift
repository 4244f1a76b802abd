extension CaseChange {
    /// A new case (T1, T5): with the promise that was sent, else with the `acknowledge` promise of the policy,
    /// counted from the receipt of the complaint, so that an old letter's may be overdue at birth.
    public static func open(
        _ incoming: Incoming<CaseRequest>, customer: Customer, id: Int64, promiseID: Int64, policy: Policy,
        by actor: Actor, at now: Instant
    ) throws(Refusal) -> CaseChange {
        var issues = incoming.value.receivedAt?.issues(at: now, path: "received_at") ?? []
        issues += incoming.value.promise?.issues(under: policy, at: now, path: "promise") ?? []
        let request = try incoming.checked(issues)
        let record = Case(
            id: id, customer: customer, complaint: request.complaint, fields: request.fields,
            receivedAt: request.receivedAt?.instant(at: now) ?? now, openedAt: now, updatedAt: now)
        var change = CaseChange(making: record, nextPromiseID: promiseID)
        change.log.append(LogDraft.caseOpened(record))
        if customer.relationship?.decision == .end { change.raise(.return) }
        change.make(request.promise, from: record.receivedAt, under: policy, by: actor, at: now)
        if record.fields.mood > .calm {
            change.observe(record.fields.mood, why: nil, at: now)
            change.escalateIfHeated(under: policy, after: nil, at: now)
        }
        try change.requireTimeline()
        return change
    }

    /// Makes the promise that was asked for, or the policy's, counted from `start`.
    mutating func make(
        _ request: PromiseRequest?, from start: Instant, under policy: Policy, by actor: Actor, at now: Instant
    ) {
        guard let request else {
            return makeByPolicy(.acknowledge, Policy.acknowledgement, due: start + policy.acknowledgeIn, at: now)
        }
        append(
            request.promise(
                id: takePromiseID(), caseID: record.id, caseOwner: record.fields.owner, under: policy, by: actor,
                at: now))
    }

    /// Makes a promise that nobody asked for: the case's owner is to keep it, and the customer does not know of it.
    mutating func makeByPolicy(_ kind: PromiseKind, _ what: String, due: Instant, at now: Instant) {
        append(
            Promise(
                id: takePromiseID(), caseID: record.id, kind: kind, what: what, owner: record.fields.owner,
                madeBy: Actor.policy.name, madeAt: now, dueAt: due))
    }

    mutating func append(_ promise: Promise) {
        file.promises.append(promise)
        log.append(LogDraft.promiseMade(promise))
    }

    mutating func takePromiseID() -> Int64 {
        defer { nextPromiseID += 1 }
        return nextPromiseID
    }
}
