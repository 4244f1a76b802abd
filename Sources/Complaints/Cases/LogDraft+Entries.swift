extension LogDraft {
    static func caseOpened(_ record: Case, customerMayBe ended: Int64? = nil) -> LogDraft {
        let fields = record.fields
        return LogDraft(
            .caseOpened, at: record.openedAt,
            facts: [
                Fact("customer_id", .integer(record.customerID)), Fact("received_at", .instant(record.receivedAt)),
                Fact("channel", .text(fields.channel.rawValue)), Fact("severity", .text(fields.severity.rawValue)),
                Fact("mood", .text(fields.mood.rawValue)),
            ] + (ended.map { [Fact("possible_duplicate_of", .integer($0))] } ?? []))
    }

    /// That a promise was made, as its row has it too.
    package static func promiseMade(_ promise: Promise) -> LogDraft {
        var facts = [
            Fact("promise_kind", .text(promise.kind.rawValue)), Fact("by", .text(promise.by.rawValue)),
            Fact("to", .text(promise.to.rawValue)), Fact("due_at", .instant(promise.dueAt)),
        ]
        if let supersedes = promise.supersedes { facts.append(Fact("supersedes", .integer(supersedes))) }
        if let origin = promise.origin { facts.append(Fact("transferred_from", .integer(origin.promise))) }
        var texts = [Fact("what", .text(promise.what)), Fact("made_by", .text(promise.madeBy))]
        if let clock = promise.clock {
            facts += [Fact("stage", .integer(Int64(clock.stage))), Fact("clock_from", .instant(clock.from))]
            texts.append(Fact("clock", .text(clock.name)))
        }
        texts.add("owner", promise.owner)
        texts.add("next_step", promise.nextStep)
        var draft = LogDraft(.promiseMade, at: promise.madeAt, promiseID: promise.id, facts: facts, texts: texts)
        draft.add(promise.customerNotified)
        return draft
    }

    /// Adds how the customer was told, where they were.
    mutating func add(_ notice: CustomerNotice?) {
        guard let notice else { return }
        facts += [
            Fact("notified_channel", .text(notice.channel.rawValue)),
            Fact("notified_outcome", .text(notice.outcome.rawValue)), Fact("notified_at", .instant(notice.at)),
        ]
    }

    /// What the clock says of an unsettled promise (`LogKind.machine`): written by the service itself, and no change of the
    /// case.
    ///
    /// - Parameters:
    ///   - at: when it was to be said.
    ///   - hearer: who hears of it by a step of the ladder.
    ///   - standIn: who is told in place of an owner who is away.
    public static func clock(
        _ kind: LogKind, at: Instant, ofPromise id: Int64, dueAt: Instant, owner: String?,
        hearer: LadderStep.Hearer? = nil, standIn: String? = nil
    ) -> LogDraft {
        var facts = [Fact("due_at", .instant(dueAt))]
        if let hearer { facts.append(Fact("hearer", .text(hearer.rawValue))) }
        var texts: [Fact] = []
        texts.add("owner", owner)
        texts.add("stand_in", standIn)
        return LogDraft(kind, at: at, promiseID: id, facts: facts, texts: texts)
    }

    /// That the clock says that a customer is to hear something: no change of the case.
    ///
    /// - Parameters:
    ///   - at: by when they were to.
    ///   - since: since when they have heard nothing.
    public static func updateDue(at: Instant, since: Instant, owner: String?) -> LogDraft {
        var texts: [Fact] = []
        texts.add("owner", owner)
        return LogDraft(.updateDue, at: at, facts: [Fact("since", .instant(since))], texts: texts)
    }

    /// That a promise was settled, as its row has it too.
    ///
    /// - Parameter isTakenOn: whether its owner has accepted it by that.
    package static func promiseSettled(
        _ kind: LogKind, _ promise: Promise, isTakenOn: Bool = false
    ) -> LogDraft {
        guard let settlement = promise.settlement else { preconditionFailure("promise \(promise.id) is not settled") }
        var facts: [Fact] = []
        switch settlement.outcome {
        case .kept(let at):
            facts.append(Fact("kept_at", .instant(at)))
            if promise.isBackdated { facts.append(Fact("backdated", .boolean(true))) }
        case .superseded: break
        case .withdrawn(_, .customerAgreed): facts.append(Fact("customer_agreed", .boolean(true)))
        case .withdrawn(_, .without(let cause)):
            facts += [Fact("customer_agreed", .boolean(false)), Fact("cause", .text(cause.rawValue))]
        case .withdrawn(_, .ended):
            facts += [Fact("customer_agreed", .boolean(false)), Fact("cause", .text(Release.endedCause))]
        case .transferred(_, let id): facts.append(Fact("transferred_to", .integer(id)))
        case .void: break
        }
        if let successor = settlement.successor { facts.append(Fact("superseded_by", .integer(successor))) }
        facts.append(Fact("state", .text(settlement.outcome.state(dueAt: promise.dueAt).rawValue)))
        if isTakenOn { facts.append(Fact("accepted", .boolean(true))) }
        var texts: [Fact] = []
        texts.add("reason", settlement.reason)
        texts.add("explanation", settlement.explanation)
        texts.add("evidence", settlement.evidence)
        return LogDraft(kind, at: settlement.outcome.at, promiseID: promise.id, facts: facts, texts: texts)
    }

    static func promiseReassigned(
        _ promise: Promise, from owner: String?, reason: String?, handover: Int64? = nil, at now: Instant
    ) -> LogDraft {
        var texts: [Fact] = []
        texts.add("owner", promise.owner)
        texts.add("owner_before", owner)
        texts.add("reason", reason)
        return LogDraft(
            .promiseReassigned, at: now, promiseID: promise.id,
            facts: handover.map { [Fact("handover", .integer($0))] } ?? [], texts: texts)
    }

    static func promiseDeclined(
        _ promise: Promise, from owner: String?, reason: String, at now: Instant
    ) -> LogDraft {
        var texts: [Fact] = []
        texts.add("owner", promise.owner)
        texts.add("owner_before", owner)
        texts.add("reason", reason)
        return LogDraft(.promiseDeclined, at: now, promiseID: promise.id, texts: texts)
    }

    /// - Parameter accepted: what the customer said to it; nil: they were not asked.
    static func caseResolved(
        _ request: ResolveRequest, customerAccepted accepted: Bool?, ending: CaseEnding, resolvedAt: Instant?,
        at now: Instant
    ) -> LogDraft {
        var texts = [Fact("summary", .text(request.summary))]
        texts.add("outcome_text", request.outcomeText)
        texts.add("evidence", request.evidence)
        return LogDraft(
            .caseResolved, at: resolvedAt ?? now,
            facts: (accepted.map { [Fact("customer_accepted", .boolean($0))] } ?? []) + ending.facts
                + .resolved(at: resolvedAt), texts: texts)
    }

    /// That how a case ended was put right: as it is now, and each value that was another.
    package static func resolutionCorrected(
        from before: CaseEnding, to after: CaseEnding, at now: Instant
    ) -> LogDraft {
        let were = before.facts.filter { old in !after.facts.contains(old) }
        return LogDraft(
            .resolutionCorrected, at: now,
            facts: after.facts + were.map { Fact("\($0.name)_before", $0.value) })
    }

    /// That the case was found to be a duplicate of another one.
    static func caseResolved(asDuplicateOf id: Int64, because reason: String, at now: Instant) -> LogDraft {
        LogDraft(
            .caseResolved, at: now, facts: [Fact("duplicate_of", .integer(id))],
            texts: [Fact("summary", .text(reason))])
    }

    /// The same, in the log of that one.
    static func duplicate(_ id: Int64, because reason: String, at now: Instant) -> LogDraft {
        LogDraft(
            .duplicate, at: now, facts: [Fact("duplicate", .integer(id))], texts: [Fact("reason", .text(reason))])
    }

    static func caseClosed(reason: String?, at now: Instant) -> LogDraft {
        var texts: [Fact] = []
        texts.add("reason", reason)
        return LogDraft(.caseClosed, at: now, texts: texts)
    }

    /// That a stage of a regime began, as its row has it too.
    ///
    /// - Parameter given: the deadline that somebody had given the case, where that of its clocks takes the place of it; the log alone
    ///   has that.
    package static func stageOpened(_ stage: CaseStage, inPlaceOf given: Instant? = nil) -> LogDraft {
        var facts = [
            Fact("number", .integer(Int64(stage.number))), Fact("regime_version", .integer(stage.version)),
            Fact("requested_at", .instant(stage.requestedAt)),
        ]
        if let since = stage.since { facts.append(Fact("since", .instant(since))) }
        if let deadline = stage.hardDeadline { facts.append(Fact("hard_deadline", .instant(deadline))) }
        if let given { facts.append(Fact("given_deadline", .instant(given))) }
        var texts = [Fact("stage", .text(stage.name)), Fact("regime", .text(stage.regime))]
        texts.add("reason", stage.reason)
        return LogDraft(.stageOpened, at: stage.recordedAt, facts: facts, texts: texts)
    }

    /// That a stage was found to be a mistake, as its row has it too.
    package static func stageUndone(_ stage: CaseStage, because reason: String?) -> LogDraft {
        guard let undoneAt = stage.undoneAt else { preconditionFailure("stage \(stage.number) stands") }
        var texts = [Fact("stage", .text(stage.name))]
        texts.add("reason", reason)
        return LogDraft(
            .stageUndone, at: undoneAt, facts: [Fact("number", .integer(Int64(stage.number)))], texts: texts)
    }

    static func caseReopened(reason: String, at now: Instant) -> LogDraft {
        LogDraft(.caseReopened, at: now, texts: [Fact("reason", .text(reason))])
    }

    static func customerNotified(_ notice: CustomerNotice, promiseID: Int64?, text: String?) -> LogDraft {
        var texts: [Fact] = []
        texts.add("text", text)
        return LogDraft(
            .customerNotified, at: notice.at, promiseID: promiseID,
            facts: [
                Fact("channel", .text(notice.channel.rawValue)), Fact("outcome", .text(notice.outcome.rawValue)),
            ], texts: texts)
    }

    /// Each changed field, as it is and as it was.
    static func caseUpdated(from before: CaseFields, to after: CaseFields, at now: Instant) -> LogDraft {
        let changes = after.changes(from: before)
        return LogDraft(.caseUpdated, at: now, facts: changes.facts, texts: changes.texts)
    }
}

extension [Fact] {
    /// When a case was resolved, where the service was told later.
    package static func resolved(at instant: Instant?) -> [Fact] {
        instant.map { [Fact("resolved_at", .instant($0))] } ?? []
    }
}

extension LogDraft {
    /// Each changed field of a customer, as it is and as it was.
    public static func customerUpdated(from before: Customer, to after: Customer) -> LogDraft {
        let changes = after.fields.changes(from: before.fields)
        return LogDraft(.customerUpdated, at: after.updatedAt, facts: changes.facts, texts: changes.texts)
    }

    /// That all that is personal of a customer was erased; the reason stays.
    public static func customerErased(_ reason: String, at now: Instant) -> LogDraft {
        LogDraft(.customerErased, at: now, texts: [Fact("reason", .text(reason))])
    }

    /// Each changed field of a policy, as it is and as it was.
    public static func policyUpdated(from before: Policy, to after: Policy) -> LogDraft {
        let (terms, rule) = (after.changes(from: before), after.rule.changes(from: before.rule))
        let severity = after.severity.map { [Fact("severity", .text($0.rawValue))] } ?? []
        let name = after.severity == nil ? [Fact("name", .text(after.name))] : []
        return LogDraft(
            .policyUpdated, at: after.updatedAt, facts: severity + terms.facts + rule.facts,
            texts: name + terms.texts + rule.texts)
    }

    /// That a policy was made, with all that it says.
    public static func policyAdded(_ policy: Policy) -> LogDraft {
        var draft = LogDraft(.policyAdded, at: policy.updatedAt, texts: [Fact("name", .text(policy.name))])
        draft.add(policy)
        draft.add(policy.rule)
        return draft
    }

    /// That a token was made; of its secret nothing is said.
    public static func tokenCreated(_ token: Token) -> LogDraft {
        var facts = [Fact("role", .text(token.role.rawValue))]
        if let end = token.expiresAt { facts.append(Fact("expires_at", .instant(end))) }
        var texts = [Fact("name", .text(token.name))]
        texts.add("owner", token.owner)
        return LogDraft(.tokenCreated, at: token.createdAt, facts: facts, texts: texts)
    }

    /// That a token lets nobody in any more.
    public static func tokenRevoked(_ token: Token, at now: Instant) -> LogDraft {
        LogDraft(
            .tokenRevoked, at: now, facts: [Fact("role", .text(token.role.rawValue))],
            texts: [Fact("name", .text(token.name))])
    }
}

extension LogDraft {
    /// That somebody of the desk was named, with what was said of them.
    public static func ownerNamed(_ owner: Owner) -> LogDraft {
        var draft = LogDraft(.ownerNamed, at: owner.updatedAt, texts: [Fact("name", .text(owner.name))])
        draft.add(owner.fields)
        return draft
    }

    /// Adds each field that has a value as something is made.
    mutating func add<Record: EditedRecord>(_ record: Record) {
        for field in Record.editedFields {
            for (name, text) in record.loggedTexts(of: [field]) where !text.isEmpty {
                let fact = Fact(name, .text(text))
                if field.privacy.isText { texts.append(fact) } else { facts.append(fact) }
            }
        }
    }

    /// That so many promises and cases of somebody's are somebody else's from now on; the entries of these follow at once.
    package static func handover(
        _ request: HandoverRequest, to: String, promises: Int, cases: Int, at now: Instant
    ) -> LogDraft {
        var facts = [Fact("promises", .integer(Int64(promises))), Fact("cases", .integer(Int64(cases)))]
        if let only = request.only { facts.append(Fact("only", .integer(only))) }
        return LogDraft(
            .handover, at: now, facts: facts, texts: [Fact("to", .text(to)), Fact("reason", .text(request.reason))])
    }

    /// That somebody's digest of a date is ready, as the clock says.
    ///
    /// - Parameters:
    ///   - at: when the hours of the date begin.
    ///   - standIn: who is told in place of them, as they are away.
    package static func digestReady(at: Instant, on date: CivilDate, of owner: String, standIn: String?) -> LogDraft {
        var texts = [Fact("name", .text(owner))]
        texts.add("stand_in", standIn)
        return LogDraft(.digestReady, at: at, facts: [Fact("date", .text(date.iso8601))], texts: texts)
    }

    /// Each changed field of an owner, as it is and as it was.
    public static func ownerUpdated(from before: Owner, to after: Owner) -> LogDraft {
        let (fields, away) = (after.fields.changes(from: before.fields), after.away.changes(from: before.away))
        return LogDraft(
            .ownerUpdated, at: after.updatedAt, facts: fields.facts + away.facts, texts: fields.texts + away.texts)
    }
}

extension [Fact] {
    fileprivate mutating func add(_ name: String, _ value: String?) {
        if let value { append(Fact(name, .text(value))) }
    }
}

extension Estimate.Bound {
    /// RFC 3339 for an instant, ISO 8601 for a length of time.
    public var text: String {
        switch self {
        case .at(let instant): instant.rfc3339
        case .after(let span): span.iso8601
        }
    }

    /// Reads either form.
    public init?(_ text: String) {
        if let span = try? ElapsedTime(iso8601: text) {
            self = .after(span)
        } else if let instant = try? Instant(rfc3339: text) {
            self = .at(instant)
        } else {
            return nil
        }
    }
}
