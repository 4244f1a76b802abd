extension CaseChange {
    /// Edits the case's own fields. The first owner it gets is given to its unsettled promises that have none. An
    /// edit that changes nothing writes nothing.
    ///
    /// - Parameters:
    ///   - customerID: whose the case is, where it was opened for somebody else by mistake; nil leaves it.
    ///   - ending: how the case ended, where that was not said, or otherwise.
    public mutating func edit(
        _ incoming: Incoming<CaseEdit>, customer customerID: Int64? = nil, ending: EndingEdit = EndingEdit(),
        under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let edit = try incoming.checked(
            (customerID.map(issues(naming:)) ?? []) + stagesAnew.flatMap { $0.opening.issues("regime") }
                + issues(settingDeadlineOf: incoming.value.applied(to: record.fields))
                + issues(correcting: ending, at: now))
        try requireOver(for: ending)
        let stages = stagesAnew
        let isTakenAway = edit.regime == .some(nil) && record.fields.regime != nil
        let putsRight = isTakenAway || !stages.isEmpty
        let isByOneself = putsRight ? try requireMayPutRight(by: actor, at: now) : false
        let hardDeadline = record.fields.hardDeadline
        try make(edit, customer: customerID, under: policy, by: actor, at: now)
        if putsRight {
            takeRegime(
                stages, isDeadlineGiven: record.fields.hardDeadline != hardDeadline, byOneself: isByOneself,
                under: policy,
                by: actor, at: now)
        }
        correct(ending, at: now)
    }

    private mutating func make(
        _ edit: CaseEdit, customer customerID: Int64?, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let before = record
        if let named, named.id != before.customer.id, isEnded, actor.role < .manager {
            throw .forbidden(
                "The relationship with the customer was ended: that the case is somebody else's is for a manager to say."
            )
        }
        file.record.fields = edit.applied(to: before.fields)
        var update = LogDraft.caseUpdated(from: before.fields, to: record.fields, at: now)
        if let named, named.id != before.customer.id {
            file.record.customer = named
            file.record.customerID = customerID ?? named.id
            update.facts += [
                Fact("customer_id", .integer(record.customerID)),
                Fact("customer_id_before", .integer(before.customerID)),
            ]
        }
        guard record.fields != before.fields || !update.facts.isEmpty || !update.texts.isEmpty else { return }
        file.record.edits += 1
        log.append(update)
        if record.customerID != before.customerID {
            receive(record.customer)
            takeBackShares(at: now)
        }
        if record.fields.mood != before.fields.mood {
            observe(record.fields.mood, why: nil, at: now)
            escalateIfHeated(under: policy, after: before.fields.mood, at: now)
        }
        if before.fields.owner == nil, let owner = record.fields.owner {
            for promise in promises where promise.owner == nil && promise.isUnsettled {
                give(promise, to: owner, reason: nil, by: actor, at: now)
            }
        }
    }

    /// What is wrong with another deadline, beside the clocks of the stage that the case is at, or comes to with it.
    private func issues(settingDeadlineOf fields: CaseFields) -> [FieldIssue] {
        guard fields.hardDeadline != record.fields.hardDeadline else { return [] }
        if let anew = stagesAnew.last { return fields.hardDeadline.map { anew.opening.issues(deadline: $0) } ?? [] }
        guard let stage = file.stage, let timetable = regime?.asBegun,
            let name = fields.regime, FoldedName(name) == FoldedName(stage.regime),
            FoldedName(name) == FoldedName(timetable.regime.name), let place = timetable.stage(stage.name)?.place
        else { return [] }
        return StageOpening(
            place, of: timetable, requestedAt: stage.requestedAt, receivedAt: record.receivedAt,
            openedAt: place == 0 ? record.openedAt : stage.beginning
        ).issues(deadline: fields.hardDeadline, recorded: stage.hardDeadline)
    }

    /// What is wrong with saying that the case is that customer's.
    private func issues(naming id: Int64) -> [FieldIssue] {
        guard let named else { return [FieldIssue("customer" / "id", .invalidValue, "There is no customer \(id).")] }
        guard named.isErased else { return [] }
        return [
            FieldIssue(
                "customer" / "id", .invalidValue, "Customer \(id) was erased at their wish: nothing is theirs any more."
            )
        ]
    }

    /// Whoever turns out to be back after the relationship with them was ended waits for a manager (T17); whoever turns out to
    /// be somebody else does not.
    private mutating func receive(_ customer: Customer) {
        if customer.relationship?.decision == .end {
            if record.status == .open, !isWaiting(.return) { raise(.return) }
        } else {
            settle(.return, as: .lapsed)
        }
    }
}
