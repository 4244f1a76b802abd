/// A stage that a case came to by mistake, undone: all is as it was before.
extension CaseChange {
    /// The stage that a case goes back to by what was asked for; nil where it goes forward.
    ///
    /// - Throws: where that is not for the actor to say, or the later one is none that can be undone.
    func earlierStage(
        _ place: Int, in timetable: RegimeTimetable, by actor: Actor
    ) throws(Refusal) -> CaseStage? {
        guard let current = file.stage, FoldedName(current.regime) == FoldedName(timetable.regime.name),
            let (now, _) = timetable.stage(current.name), place < now,
            let earlier = file.stages.last(where: { timetable.stage($0.name)?.place == place })
        else { return nil }
        guard actor.role >= .manager else {
            throw .forbidden(
                "Case \(record.id) is at \(current.name): that this was a mistake, and it is at \(earlier.name), is for a manager to say."
            )
        }
        let later = file.stages.filter { $0.number > earlier.number }
        guard !later.contains(where: { file.answer(at: $0) != nil }) else {
            throw .rule(
                .stagePassed,
                "Case \(record.id) was answered at \(current.name): a stage is undone while nothing was answered in it.",
                caseID: record.id)
        }
        return earlier
    }

    /// Undoes what came after a stage: what the clocks of that promised is taken back, and a case that was over before it is so
    /// again, as it was.
    mutating func goBack(
        to earlier: CaseStage, because reason: String, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let later = file.stages.filter { $0.number > earlier.number }
        let isByOneself = try requireNoMiss(of: actor, in: later, at: now)
        let told = promises.filter { promise in isOf(later, promise) && promise.isUnsettled && file.isKnown(promise) }
        guard told.isEmpty else {
            throw .rule(
                .promisesUnsettled,
                "The customer of case \(record.id) was told of promises \(told.map { String($0.id) }.joined(separator: ", ")): "
                    + "settle them first.", promiseIDs: told.map(\.id), caseID: record.id)
        }
        for promise in promises where promise.isUnsettled && isOf(later, promise) {
            takeBack(promise, because: reason, by: actor, at: now)
        }
        let isClocksDeadline = record.fields.hardDeadline == later.last?.hardDeadline
        for stage in later { undo(stage, because: reason, byOneself: isByOneself, at: now) }
        if isClocksDeadline, let change = deadlineChange(by: later[0]) {
            setDeadline(change.instant("hard_deadline_before"), at: now)
        }
        if let begun = later.first?.recordedAt, let ended = EarlierEnding(before: begun, in: entries) {
            guard file.unsettledToCustomer.isEmpty else {
                let ids = file.unsettledToCustomer.map(\.id)
                throw .rule(
                    .promisesUnsettled,
                    "Case \(record.id) was resolved before, and has unsettled promises to the customer since: settle them first.",
                    promiseIDs: ids, caseID: record.id)
            }
            take(ended, because: "As it was before \(later[0].name): \(reason)", by: actor, at: now)
        } else {
            // What was done meanwhile is of the earlier stage, and starts what waits for it there.
            runClocksAgain(at: now)
            if file.unsettledToCustomer.isEmpty { make(nil, from: now, under: policy, by: actor, at: now) }
        }
        try requireTimeline()
    }

    /// What the log has of the case's deadline as a stage began; nil where it stayed as it was.
    private func deadlineChange(by stage: CaseStage) -> LogEntry? {
        let number = Int64(stage.number)
        guard let opened = entries.last(where: { $0.kind == .stageOpened && $0.integer("number") == number }) else {
            return nil
        }
        let its = entries.filter { $0.seq > opened.seq && $0.recordedAt == opened.recordedAt }
        return its.first { entry in
            entry.kind == .caseUpdated && entry.facts.contains { $0.name == "hard_deadline" }
        }
    }

    /// Whether clocks of these stages made a promise, or the policy as one of them began.
    private func isOf(_ stages: [CaseStage], _ promise: Promise) -> Bool {
        stages.contains { stage in
            promise.clock.map { $0.stage == stage.number }
                ?? (promise.madeBy.isExactly(Actor.policy.name) && promise.madeAt == stage.recordedAt)
        }
    }

    private mutating func take(_ ended: EarlierEnding, because why: String, by actor: Actor, at now: Instant) {
        takeStatus(
            .resolved, customerAccepted: ended.customerAccepted, ending: ended.ending, resolvedAt: ended.at, at: now)
        let accepted = ended.customerAccepted.map { [Fact("customer_accepted", .boolean($0))] } ?? []
        log.append(
            LogDraft(
                .caseResolved, at: ended.at, facts: accepted + ended.ending.facts + .resolved(at: ended.at),
                texts: [Fact("summary", .text(why))]))
        file.resolutions.append(Resolution(recordedAt: now, at: ended.at, by: ended.by))
        for kind in [Matter.Kind.escalation, .return] { settle(kind, as: .lapsed) }
        if ended.customerAccepted == false { raise(.notAccepted) }
        guard ended.isClosed else { return }
        takeStatus(.closed, customerAccepted: ended.customerAccepted, ending: ended.ending, at: now)
        log.append(.caseClosed(reason: why, at: now))
        settle(.notAccepted, as: .closed)
    }
}

/// How a case had ended before it was opened again, by its log.
private struct EarlierEnding {
    let at: Instant
    let by: String
    let customerAccepted: Bool?
    let ending: CaseEnding
    let isClosed: Bool

    /// Nil where the batch of `begun` did not open it again.
    init?(before begun: Instant, in entries: [LogEntry]) {
        guard let reopened = entries.last(where: { $0.kind == .caseReopened && $0.recordedAt == begun }),
            let resolved = entries.last(where: { $0.kind == .caseResolved && $0.seq < reopened.seq })
        else { return nil }
        let since = entries.filter { $0.seq > resolved.seq && $0.seq < reopened.seq }
        at = resolved.at
        by = resolved.actor
        customerAccepted = resolved.flag("customer_accepted")
        ending = CaseEnding(since.last { $0.kind == .resolutionCorrected } ?? resolved)
        isClosed = since.contains { $0.kind == .caseClosed }
    }
}

extension CaseEnding {
    /// What an entry says of it.
    fileprivate init(_ entry: LogEntry) {
        self.init(outcome: entry.word("outcome"))
        if let amount = entry.integer("redress_amount"),
            let currency = entry.text("redress_currency").flatMap({ Currency($0) })
        {
            redress = Money(amount: amount, currency: currency)
        }
        if let sentAt = entry.instant("final_response_sent_at"),
            let channel: Channel = entry.word("final_response_channel")
        {
            finalResponse = FinalResponse(sentAt: sentAt, channel: channel)
        }
    }
}
