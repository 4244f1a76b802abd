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
        promiseID: Int64, policy: Policy, regime: RegimeInForce? = nil, inactive: Set<FoldedName> = [], by actor: Actor,
        at now: Instant
    ) throws(Refusal) -> CaseChange {
        var issues = incoming.value.receivedAt?.issues(at: now, path: "received_at") ?? []
        issues += incoming.value.promise?.issues(under: policy, at: now, path: "promise") ?? []
        let receivedAt = incoming.value.receivedAt?.instant(at: now) ?? now
        var regime = regime
        var opening = regime.map { StageOpening(firstOf: $0.timetable, receivedAt: receivedAt, openedAt: now) }
        if let refused = opening, incoming.value.fields.regime == nil, !refused.issues("regime").isEmpty {
            // Nobody who complains is turned away because of a policy's regime that can't be counted on its calendar.
            (regime, opening) = (nil, nil)
        }
        var givenDeadline = incoming.value.fields.hardDeadline
        if let opening {
            issues += opening.issues("regime")
            let refused = givenDeadline.map { opening.issues(deadline: $0) } ?? []
            if incoming.value.fields.regime != nil {
                issues += refused
            } else if !refused.isEmpty {
                // Who sent it may know of no regime: the sooner date holds, and they are warned.
                givenDeadline = nil
            }
        }
        let request = try incoming.checked(issues)
        var fields = request.fields
        fields.hardDeadline = givenDeadline
        if let opening {
            fields.regime = opening.regime.name
            if fields.hardDeadline == nil { fields.hardDeadline = opening.hardDeadline }
        }
        let record = Case(
            id: id, customer: customer, customerID: named, complaint: request.complaint, fields: fields,
            receivedAt: receivedAt, openedAt: now, updatedAt: now)
        var change = CaseChange(making: record, nextPromiseID: promiseID)
        change.inactive = inactive
        change.regime = regime
        change.log.append(LogDraft.caseOpened(record, customerMayBe: ended))
        if customer.relationship?.decision == .end || ended != nil { change.raise(.return) }
        if let opening {
            let later = givenDeadline == nil ? incoming.value.fields.hardDeadline : nil
            change.make(
                request.promise, beside: opening, setsDeadline: givenDeadline == nil, inPlaceOf: later, under: policy,
                by: actor, at: now)
        } else {
            change.make(request.promise, from: record.receivedAt, under: policy, by: actor, at: now)
            if request.promise != nil, let own = change.promises.last {
                change.acknowledge(besides: own, from: record.receivedAt, under: policy, at: now)
            }
        }
        if record.fields.mood > .calm {
            change.observe(record.fields.mood, why: nil, at: now)
            change.escalateIfHeated(under: policy, after: nil, at: now)
        }
        try change.requireTimeline()
        return change
    }

    /// The same of a case under a regime: its first stage begins, and beside the promise that was sent stand those of its
    /// clocks. Where one of them acknowledges, the policy's is not made; else it is, unless what is promised is due before.
    private mutating func make(
        _ request: PromiseRequest?, beside opening: StageOpening, setsDeadline: Bool, inPlaceOf given: Instant?,
        under policy: Policy, by actor: Actor, at now: Instant
    ) {
        begin(opening, because: nil, setsDeadline: setsDeadline, inPlaceOf: given, at: now)
        if let request { make(request, from: record.receivedAt, under: policy, by: actor, at: now) }
        let own = promises.last
        let due = policy.acknowledgeDue(from: record.receivedAt)
        promise(opening, acknowledgingBy: due.instant, at: now)
        if let first = own ?? promises.min(by: { $0.dueAt < $1.dueAt }) {
            acknowledge(besides: first, from: record.receivedAt, under: policy, at: now)
        } else {
            makeAcknowledgement(due: due, at: now)
        }
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

    /// Makes a promise of the policy.
    mutating func makeByPolicy(_ kind: PromiseKind, _ what: String, due: PolicyDue, at now: Instant) {
        makeByPolicy(kind, what, due: due.instant, explained: due.explained, at: now)
    }

    /// Makes a promise that nobody asked for: the case's owner is to keep it, and the customer does not know of it.
    ///
    /// - Parameter clock: the clock of a regime that makes it; nil for the policy's own.
    mutating func makeByPolicy(
        _ kind: PromiseKind, _ what: String, due: Instant, explained: String? = nil, clock: Promise.StageClock? = nil,
        at now: Instant
    ) {
        append(
            Promise(
                id: takePromiseID(), caseID: record.id, kind: kind, what: what, owner: takingOwner,
                madeBy: Actor.policy.name, madeAt: now, dueAt: due, dueExplained: explained, imported: isHistory,
                clock: clock))
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
