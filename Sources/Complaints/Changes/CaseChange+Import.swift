extension CaseChange {
    /// A case of the past, as it would stand had it been kept here from the day it was received: opened and promised
    /// then, and resolved when the last of its promises was kept, or as an export of Casekeeper has it. Every event is recorded
    /// at its own instant and marked `imported`, so none is refused as past or counts as backdated, and no policy bounds how
    /// far off it was due. Nobody is to look at how it ended: whoever had to did, where it was.
    ///
    /// - Parameters:
    ///   - named: the customer whose it is on record, where they were merged into `customer`.
    ///   - ofExport: whether it was exported here: then what went on from a duplicate may have been due before the complaint was
    ///     received, as it was promised in that one.
    package static func imported(
        _ incoming: Incoming<ImportRequest>, customer: Customer, named: Int64? = nil, ofExport: Bool = false, id: Int64,
        promiseID: Int64, policy: Policy, regime: RegimeInForce? = nil, by actor: Actor, at now: Instant
    ) throws(Refusal) -> CaseChange {
        var issues = incoming.value.issues(ofExport: ofExport, under: policy, at: now)
        // Beside a receipt that could not be read nothing is too early.
        if incoming.issues.contains(where: { $0.path == "received_at" }) {
            issues.removeAll { $0.code == .beforeMadeAt }
        }
        let request = try incoming.checked(issues)
        let receivedAt = request.receivedAt?.instant(at: now) ?? now
        let opening = opening(request, under: regime, receivedAt: receivedAt)
        var fields = request.fields
        if fields.hardDeadline == nil { fields.hardDeadline = opening?.hardDeadline }
        let record = Case(
            id: id, customer: customer, customerID: named, complaint: request.complaint, fields: fields,
            receivedAt: receivedAt,
            openedAt: receivedAt, imported: true, updatedAt: now)
        var change = CaseChange(making: record, nextPromiseID: promiseID)
        change.log.append(LogDraft.caseOpened(record))
        change.isHistory = true
        if let opening {
            change.beginImported(opening, under: regime, givenDeadline: request.fields.hardDeadline != nil)
        }
        var kept: [(id: Int64, at: Instant, evidence: String?)] = []
        let made = request.promises.filter { !$0.isOver(before: receivedAt) }
        // An open case is to have something.
        for promise in made.isEmpty && request.end == nil ? request.promises : made {
            // The clocks acknowledge in place of the policy.
            if let opening, promise == ImportedPromiseRequest(), !opening.promises.isEmpty { continue }
            let id = change.takePromiseID()
            change.append(
                promise.promise(
                    id: id, caseID: record.id, caseOwner: request.fields.owner, madeAt: receivedAt, policy: policy,
                    clock: change.clock(of: promise, in: request), by: actor))
            // What was kept as it was still promised in a duplicate is kept as the case begins.
            if let keptAt = promise.keptAt(after: receivedAt, at: now) {
                kept.append((id, max(keptAt, receivedAt), promise.evidence))
            }
        }
        if let opening { change.makeImported(opening, beside: request, under: policy) }
        kept.sort { ($0.at, $0.id) < ($1.at, $1.id) }
        let resolvedAt = request.end?.resolvedAt.instant(at: now)
        // Each recorded when it was done, and so in that order: what was to follow up may have been kept after the end.
        for (id, keptAt, evidence) in kept.prefix(while: { $0.at <= resolvedAt ?? .latest }) {
            try change.settle(id, keeping: KeepRequest(evidence: evidence), by: actor, at: keptAt)
            if request.comesInOpen, !request.hasOwnPromises { change.startClocks(at: keptAt) }
        }
        if let end = request.end, let resolvedAt {
            change.takeStatus(
                .resolved, customerAccepted: end.customerAccepted, ending: end.ending, at: resolvedAt)
            change.log.append(LogDraft.caseResolvedByImport(end, at: resolvedAt))
            for (id, keptAt, evidence) in kept.drop(while: { $0.at <= resolvedAt }) {
                try change.settle(id, keeping: KeepRequest(evidence: evidence), by: actor, at: keptAt)
            }
            if let closedAt = end.closedAt?.instant(at: now) {
                change.takeStatus(.closed, customerAccepted: end.customerAccepted, ending: end.ending, at: closedAt)
                change.log.append(.caseClosed(reason: nil, at: closedAt))
            }
        } else if !change.promises.contains(where: \.isUnsettled), let keptAt = kept.last?.at {
            change.takeStatus(.resolved, at: keptAt)
            change.log.append(LogDraft.caseResolvedByImport(at: keptAt))
        }
        return change
    }
}

extension ImportRequest {
    /// What is wrong with the meaning of a case of the past: it lies in the past, and nothing was due or kept before
    /// the complaint was received.
    public func issues(ofExport: Bool = false, under policy: Policy, at now: Instant) -> [FieldIssue] {
        var issues = receivedAt?.issues(at: now, path: "received_at") ?? []
        let receivedAt = receivedAt?.instant(at: now) ?? now
        for promise in promises {
            issues += promise.issues(receivedAt: receivedAt, ofExport: ofExport, under: policy, at: now)
        }
        issues += end?.issues(receivedAt: receivedAt, promises: promises, at: now) ?? []
        return issues
    }
}

extension ImportedPromiseRequest {
    fileprivate func issues(
        receivedAt: Instant, ofExport: Bool, under policy: Policy, at now: Instant
    ) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        if let told = keptAt, let keptAt = keptAt(after: receivedAt, at: now) {
            let path = "promise" / "kept_at"
            issues += told.issues(at: now, path: path)
            if keptAt < receivedAt, !ofExport {
                let detail = "must not lie before received_at, \(receivedAt.rfc3339)."
                issues.append(FieldIssue(path, .beforeMadeAt, detail))
            }
        }
        switch due {
        case .at(let instant) where instant < receivedAt && !ofExport:
            let detail = "must not lie before received_at, \(receivedAt.rfc3339)."
            issues.append(FieldIssue("promise" / "due_at", .beforeMadeAt, detail))
        case .business(let span):
            if let issue = businessDue(span, from: receivedAt, under: policy).issue { issues.append(issue) }
        case .after(let span) where span < Limits.shortestSpan || receivedAt + span > .latest:
            let detail = "must be at least PT1S and end before the year 10000."
            issues.append(FieldIssue("promise" / "due_in", .outOfRange, detail))
        default: break
        }
        return issues
    }
}

extension ImportedPromiseRequest {
    /// When it counts as kept: of a day alone nobody knows the hour, so on the day of the receipt it was not before that.
    func keptAt(after receivedAt: Instant, at now: Instant) -> Instant? {
        guard let keptAt = keptAt?.instant(at: now) else { return nil }
        if let keptUntil, keptAt < receivedAt, receivedAt < keptUntil { return receivedAt }
        return keptAt
    }
}

extension ImportedPromiseRequest {
    /// Whether all of it was over before the complaint was received: it was kept in time, and due, while it was promised in a
    /// duplicate. As a promise of the case it would count as kept late.
    func isOver(before receivedAt: Instant) -> Bool {
        guard let keptAt, case .at(let dueAt)? = due else { return false }
        return keptAt.told <= dueAt && dueAt < receivedAt
    }

    /// Business time from the receipt on, on the calendar of the case's team, or what is wrong with it.
    private func businessDue(
        _ span: BusinessSpan, from receivedAt: Instant, under policy: Policy
    ) -> (due: BusinessDue?, issue: FieldIssue?) {
        let (request, path) = (BusinessDueRequest.after(span), FieldPath("promise"))
        guard let calendar = policy.calendar else { return (nil, DeskCalendar.missing(request, at: path)) }
        return calendar.due(request, from: receivedAt, at: path)
    }

    private var isUnknown: Bool { kind == nil && what == nil && due == nil }

    /// The promise as it was made. The customer knew of it then, unless it is the policy's: nobody else makes one unheard.
    fileprivate func promise(
        id: Int64, caseID: Int64, caseOwner: String?, madeAt: Instant, policy: Policy, clock: Promise.StageClock?,
        by actor: Actor
    ) -> Promise {
        let dueAt: Instant
        var explained: String?
        switch due {
        case .at(let instant): dueAt = instant
        case .after(let span): dueAt = madeAt + span
        case .business(let span):
            guard let due = businessDue(span, from: madeAt, under: policy).due else {
                preconditionFailure("what can't be counted is an issue")
            }
            (dueAt, explained) = (due.instant, due.explained)
        case nil:
            let due = policy.acknowledgeDue(from: madeAt)
            (dueAt, explained) = (due.instant, due.explained)
        }
        let isPolicys = isUnknown || isUntold
        return Promise(
            id: id, caseID: caseID, kind: kind ?? (isUnknown ? .acknowledge : .other),
            what: what ?? (isUnknown ? Policy.acknowledgement : Self.unknownText),
            owner: owner ?? (isOwnerless ? nil : caseOwner),
            madeBy: isPolicys ? Actor.policy.name : actor.name, makerTokenID: isPolicys ? nil : actor.tokenID,
            madeAt: madeAt, channel: channel, dueAt: dueAt, dueExplained: explained, nextStep: nextStep, imported: true,
            clock: clock,
            told: isPolicys ? nil : Promise.Told(at: madeAt, recordedAt: madeAt))
    }
}

extension LogDraft {
    /// How a case ended as an export has it, without the words.
    fileprivate static func caseResolvedByImport(_ end: ImportedEnd, at instant: Instant) -> LogDraft {
        let summary =
            end.duplicateOf.map { "It was a duplicate of case \($0) where it was exported." }
            ?? "It had ended so where it was exported."
        return LogDraft(
            .caseResolved, at: instant,
            facts: (end.customerAccepted.map { [Fact("customer_accepted", .boolean($0))] } ?? []) + end.ending.facts,
            texts: [Fact("summary", .text(summary))])
    }

    /// Nobody wrote down whether the customer accepted.
    fileprivate static func caseResolvedByImport(at instant: Instant) -> LogDraft {
        LogDraft(
            .caseResolved, at: instant,
            texts: [Fact("summary", .text("Every promise of the imported history is settled."))])
    }
}
