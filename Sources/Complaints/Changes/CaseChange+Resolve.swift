extension CaseChange {
    /// Resolves an open case; every promise to the customer is settled before or in the same step.
    public mutating func resolve(
        _ incoming: Incoming<ResolveRequest>, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let request = try incoming.checked(
            issues(resolving: incoming.value, settling: nil, under: policy, at: now, path: .body))
        try takeResolution(request, at: .body, under: policy, by: actor, at: now)
    }

    /// What is wrong with the meaning of a resolution. `settling` is a promise that the same step settles otherwise.
    func issues(
        resolving request: ResolveRequest, settling: Int64?, under policy: Policy, at now: Instant, path: FieldPath
    ) -> [FieldIssue] {
        var issues = request.finalResponse?.issues(of: record, at: now, path: path / "final_response") ?? []
        issues += request.issuesOfInstant(of: record, at: now, path: path)
        var seen: Set<Int64> = []
        if let settling { seen.insert(settling) }
        for (index, settle) in request.settle.enumerated() {
            // More would not be listed.
            guard issues.count <= FieldIssue.mostListed else { break }
            let item = path / "settle" / String(index)
            guard let promise = promise(settle.promiseID) else {
                issues.append(
                    FieldIssue(item / "promise_id", .invalidValue, "is no promise of case \(record.id)."))
                continue
            }
            if !seen.insert(promise.id).inserted {
                issues.append(FieldIssue(item / "promise_id", .conflictingFields, "is settled twice."))
            }
            switch settle.action {
            case .keep(let keep):
                issues += promise.issues(keeping: keep, since: file.mayBeKept(promise), at: now, path: item)
            case .withdraw(let withdraw): issues += promise.issues(withdrawing: withdraw, at: now, path: item)
            }
        }
        issues +=
            request.followUp?.issues(
                under: policy, at: now, concessions: matters, isToCustomer: true, path: path / "follow_up") ?? []
        return issues
    }

    /// - Parameters:
    ///   - path: where the request has it.
    ///   - followsUp: whether the policy may have the customer asked later how it went.
    mutating func takeResolution(
        _ request: ResolveRequest, at path: FieldPath, followsUp: Bool = true, under policy: Policy, by actor: Actor,
        at now: Instant
    ) throws(Refusal) {
        try requireOpen()
        try settle(request.settle, by: actor, at: now)
        let resolvedAt = request.resolvedAt?.instant(at: now, notBefore: record.receivedAt)
        if let resolvedAt, let last = file.lastKept, resolvedAt < last {
            let detail =
                "must not lie before the last promise to the customer was kept, \(last.rfc3339): give kept_at with that as well."
            throw .invalid([FieldIssue(path / "resolved_at", .beforeMadeAt, detail)])
        }
        try requireEvidence(for: resolvedAt, in: request, at: path, now)
        takeBackMoot(resolvedAt: resolvedAt ?? now, by: actor, at: now)
        try requireSettled("Keep, withdraw or settle them in the same step with settle.")
        // Whoever is let go is not asked.
        let accepted = relationshipDecided == .end ? nil : request.customerAccepted
        let ending = request.ending(of: record, at: now)
        let earlier = resolvedAt.flatMap { $0 < now ? $0 : nil }
        takeStatus(.resolved, customerAccepted: accepted, ending: ending, resolvedAt: earlier, at: now)
        log.append(.caseResolved(request, customerAccepted: accepted, ending: ending, resolvedAt: earlier, at: now))
        if record.stages > 0 {
            file.resolutions.append(Resolution(recordedAt: now, at: earlier ?? now, by: actor.name))
        }
        for kind in [Matter.Kind.escalation, .return] { settle(kind, as: .lapsed) }
        if accepted == false { raise(.notAccepted) }
        if let followUp = request.followUp {
            make(followUp, from: now, under: policy, by: actor, at: now)
        } else if followsUp, relationshipDecided != .end, let due = policy.followUpDue(from: now) {
            makeByPolicy(.followUp, Policy.followUp, due: due, at: now)
        }
    }

    /// Nobody resolves a case before it was opened again or came to its stage, and whoever says that it was resolved before a date
    /// which has passed since says what shows that.
    private func requireEvidence(
        for resolvedAt: Instant?, in request: ResolveRequest, at path: FieldPath, _ now: Instant
    ) throws(Refusal) {
        guard let resolvedAt, resolvedAt < now else { return }
        let reopened = entries.last { $0.kind == .caseReopened }?.recordedAt
        if let reopened, resolvedAt < reopened {
            let detail = "must not lie before the case was opened again, \(reopened.rfc3339)."
            throw .invalid([FieldIssue(path / "resolved_at", .beforeMadeAt, detail)])
        }
        if let stage = file.stage, resolvedAt < stage.requestedAt {
            let detail = "must not lie before \(stage.name) was asked for, \(stage.requestedAt.rfc3339)."
            throw .invalid([FieldIssue(path / "resolved_at", .beforeMadeAt, detail)])
        }
        guard request.evidence == nil, let missed = missedDeadlines(since: resolvedAt, at: now).min() else { return }
        throw .invalid([
            FieldIssue(
                path / "evidence", .required,
                "must be given: the case was to be resolved by \(missed.rfc3339), which has passed since resolved_at. Say what shows "
                    + "that it was.")
        ])
    }

    mutating func settle(_ requests: [SettleRequest], by actor: Actor, at now: Instant) throws(Refusal) {
        for request in requests {
            switch request.action {
            case .keep(let keep): try settle(request.promiseID, keeping: keep, by: actor, at: now)
            case .withdraw(let withdraw): try settle(request.promiseID, withdrawing: withdraw, by: actor, at: now)
            }
        }
    }

    private func requireSettled(_ advice: String) throws(Refusal) {
        let unsettled = file.unsettledToCustomer.map(\.id)
        guard !unsettled.isEmpty else { return }
        let ids = unsettled.map(String.init).joined(separator: ", ")
        throw .rule(
            .promisesUnsettled, "Case \(record.id) has unsettled promises to the customer: \(ids). \(advice)",
            promiseIDs: unsettled, caseID: record.id)
    }

    /// Closes a resolved case, once no promise to follow up is unsettled.
    public mutating func close(_ incoming: Incoming<String?>, by actor: Actor, at now: Instant) throws(Refusal) {
        let reason = try incoming.checked([])
        guard record.status == .resolved else {
            throw .rule(
                .caseNotResolved, "Case \(record.id) is \(record.status.rawValue): only a resolved case is closed.",
                caseID: record.id)
        }
        try requireSettled("Settle what was promised before closing.")
        takeStatus(
            .closed, customerAccepted: record.customerAccepted, duplicateOf: record.duplicateOf,
            ending: record.ending, at: now)
        log.append(.caseClosed(reason: reason, at: now))
        // Nobody's case is put out of a manager's sight by closing it.
        if actor.role >= .manager { settle(.notAccepted, as: .closed) }
    }

    /// Opens a resolved or closed case again, with a promise: the one that was sent, else the policy's, counted from
    /// now (T1).
    public mutating func reopen(
        _ incoming: Incoming<ReopenRequest>, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        guard !isEnded || actor.role >= .manager else {
            throw .forbidden("The relationship with the customer was ended: a manager reopens the case.")
        }
        let request = try incoming.checked(
            incoming.value.promise?.issues(under: policy, at: now, concessions: matters, path: "promise") ?? [])
        guard record.status != .open else {
            throw .rule(
                .caseNotResolved, "Case \(record.id) is open: only a resolved or closed case is reopened.",
                caseID: record.id)
        }
        takeOpen(because: request.reason, at: now)
        runClocksAgain(at: now)
        if request.promise != nil || !isAcknowledged(by: policy.acknowledgeDue(from: now).instant) {
            make(request.promise, from: now, under: policy, by: actor, at: now)
        }
        try requireTimeline()
    }

    /// Whether what clocks promise has the customer hear by then that they were heard: nobody promises that twice.
    private func isAcknowledged(by due: Instant) -> Bool {
        file.unsettledToCustomer.contains { $0.kind == .acknowledge && $0.clock != nil && $0.dueAt <= due }
    }

    /// Has a case that was over go on: whoever waited for somebody to look at how it ended has what they wanted.
    mutating func takeOpen(because reason: String, at now: Instant) {
        takeStatus(.open, at: now)
        log.append(.caseReopened(reason: reason, at: now))
        settle(.notAccepted, as: .reopened)
    }
}

extension ResolveRequest {
    /// How the case ends by it.
    fileprivate func ending(of record: Case, at now: Instant) -> CaseEnding {
        CaseEnding(
            outcome: outcome, redress: redress, finalResponse: finalResponse?.finalResponse(of: record, at: now))
    }

    /// Nothing is resolved in the future, or before there was anything to resolve.
    fileprivate func issuesOfInstant(of record: Case, at now: Instant, path: FieldPath) -> [FieldIssue] {
        let place = path / "resolved_at"
        let issues = resolvedAt?.issues(at: now, path: place) ?? []
        guard issues.isEmpty, let resolvedAt,
            resolvedAt.instant(at: now, notBefore: record.receivedAt) < record.receivedAt
        else { return issues }
        let detail = "must not lie before the complaint was received, \(record.receivedAt.rfc3339)."
        return [FieldIssue(place, .beforeMadeAt, detail)]
    }
}

extension FinalResponseRequest {
    /// The response, sent now unless it says otherwise.
    func finalResponse(of record: Case, at now: Instant) -> FinalResponse {
        FinalResponse(sentAt: sentAt?.instant(at: now, notBefore: record.receivedAt) ?? now, channel: channel)
    }

    /// Nobody has answered in the future, or before there was anything to answer.
    func issues(of record: Case, at now: Instant, path: FieldPath) -> [FieldIssue] {
        let place = path / "sent_at"
        let issues = sentAt?.issues(at: now, path: place) ?? []
        guard issues.isEmpty, finalResponse(of: record, at: now).sentAt < record.receivedAt else { return issues }
        let detail = "must not lie before the complaint was received, \(record.receivedAt.rfc3339)."
        return [FieldIssue(place, .beforeMadeAt, detail)]
    }
}
