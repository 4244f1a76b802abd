extension CaseChange {
    /// A new case (T1, T5): with the promise that was sent, else with the `acknowledge` promise of the policy,
    /// counted from the receipt of the complaint, so that an old letter's may be overdue at birth. One that was sent
    /// does not replace the policy's when it is due later (`acknowledge(besides:)`).
    ///
    /// - Parameters:
    ///   - named: the customer whose it is on record, where they were merged into `customer`.
    ///   - ended: a customer with whom the desk does not go on, and who this one may be: what they have in common
    ///     says so. Then it waits for a manager as if they were (T17).
    package static func open(
        _ incoming: Incoming<CaseRequest>, customer: Customer, named: Int64? = nil, mayBe ended: Int64? = nil,
        id: Int64,
        promiseID: Int64, policy: Policy, inactive: Set<FoldedName> = [], by actor: Actor, at now: Instant
    ) throws(Refusal) -> CaseChange {
        var issues = incoming.value.receivedAt?.issues(at: now, path: "received_at") ?? []
        issues += incoming.value.promise?.issues(under: policy, at: now, path: "promise") ?? []
        let request = try incoming.checked(issues)
        let record = Case(
            id: id, customer: customer, customerID: named, complaint: request.complaint, fields: request.fields,
            receivedAt: request.receivedAt?.instant(at: now) ?? now, openedAt: now, updatedAt: now)
        var change = CaseChange(making: record, nextPromiseID: promiseID)
        change.inactive = inactive
        change.log.append(LogDraft.caseOpened(record, customerMayBe: ended))
        if customer.relationship?.decision == .end || ended != nil { change.raise(.return) }
        change.make(request.promise, from: record.receivedAt, under: policy, by: actor, at: now)
        if request.promise != nil, let own = change.promises.last {
            change.acknowledge(besides: own, from: record.receivedAt, under: policy, at: now)
        }
        if record.fields.mood > .calm {
            change.observe(record.fields.mood, why: nil, at: now)
            change.escalateIfHeated(under: policy, after: nil, at: now)
        }
        try change.requireTimeline()
        return change
    }

    /// Makes the promise that was asked for, or the policy's, counted from `start`; with `succession` in place of another.
    mutating func make(
        _ request: PromiseRequest?, takingPlaceBy succession: Succession? = nil, from start: Instant,
        under policy: Policy, by actor: Actor, at now: Instant
    ) {
        guard let request else {
            return makeAcknowledgement(due: policy.acknowledgeDue(from: start), at: now)
        }
        append(
            request.promise(
                id: takePromiseID(), caseID: record.id, caseOwner: takingOwner, takingPlaceBy: succession,
                under: policy, by: actor, at: now))
    }

    private mutating func makeAcknowledgement(due: PolicyDue, at now: Instant) {
        makeByPolicy(.acknowledge, Policy.acknowledgement, due: due, at: now)
    }

    /// Makes the policy's `acknowledge` promise, counted from `start`, beside the case's first own one that is due
    /// later (T1): a date far off tells nobody that they were heard. It is spared when the customer was told of their
    /// own one as it was made, and when the case has it already.
    mutating func acknowledge(besides own: Promise, from start: Instant, under policy: Policy, at now: Instant) {
        let due = policy.acknowledgeDue(from: start)
        guard own.dueAt > due.instant, own.customerNotified?.outcome.arrived != true,
            !promises.contains(where: { $0.isPolicysAcknowledgement && $0.state(at: now) != .void })
        else { return }
        makeAcknowledgement(due: due, at: now)
    }

    /// Makes a promise that nobody asked for: the case's owner is to keep it, and the customer does not know of it.
    mutating func makeByPolicy(_ kind: PromiseKind, _ what: String, due: PolicyDue, at now: Instant) {
        append(
            Promise(
                id: takePromiseID(), caseID: record.id, kind: kind, what: what, owner: takingOwner,
                madeBy: Actor.policy.name, madeAt: now, dueAt: due.instant, dueExplained: due.explained))
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

extension Promise {
    /// Whether it is what the policy promises by itself as a complaint comes in.
    fileprivate var isPolicysAcknowledgement: Bool {
        kind == .acknowledge && madeBy.isExactly(Actor.policy.name)
    }
}
