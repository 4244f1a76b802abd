/// A case under a regime: its stages, and what their clocks promise by themselves.
extension CaseChange {
    /// The case comes to a stage: it is on record, and so is the case's deadline where a clock of it sets one.
    ///
    /// - Parameters:
    ///   - since: since when what was done counts as done at it, where it takes the place of a mistake.
    ///   - setsDeadline: whether that is the case's from now on.
    ///   - given: the deadline that somebody gave the case, of which the clocks' takes the place; nil where nobody did.
    mutating func begin(
        _ opening: StageOpening, because reason: String?, since: Instant? = nil, setsDeadline: Bool = true,
        inPlaceOf given: Instant? = nil, at now: Instant
    ) {
        let stage = CaseStage(
            number: record.stages + 1, name: opening.stage.name, regime: opening.regime.name,
            version: opening.regime.version, requestedAt: opening.requestedAt, recordedAt: now,
            hardDeadline: setsDeadline ? opening.hardDeadline : nil, reason: reason, since: since)
        file.stages.append(stage)
        file.record.stages += 1
        stagesOpened.append(stage)
        let isHidden = setsDeadline && given != opening.hardDeadline ?? record.fields.hardDeadline
        log.append(.stageOpened(stage, inPlaceOf: isHidden ? given : nil))
        guard setsDeadline, let deadline = opening.hardDeadline else { return }
        setDeadline(deadline, at: now)
        if let given, given > deadline {
            earlierDeadlines.append(.regimeDeadline(regime: stage.regime, deadline: deadline))
        }
    }

    /// Makes the promises of a stage that has just begun.
    ///
    /// - Parameter policyDue: by when the policy acknowledges: the sooner of both dates holds for the one promise.
    mutating func promise(_ opening: StageOpening, acknowledgingBy policyDue: Instant? = nil, at now: Instant) {
        for started in opening.promises { promise(started, acknowledgingBy: policyDue, at: now) }
    }

    mutating func promise(_ started: StartedClock, acknowledgingBy policyDue: Instant? = nil, at now: Instant) {
        guard case .promise(let kind) = started.product else { return }
        var (due, explained) = (started.due.instant, started.due.explained)
        if kind == .acknowledge, let policyDue, policyDue < due {
            explained = "\(Self.bySoonerPolicy) \(explained)"
            due = policyDue
        }
        makeByPolicy(
            kind, kind.promisedByClock, due: due, explained: explained,
            clock: Promise.StageClock(name: started.name, stage: record.stages, from: started.from), at: now)
    }

    /// How the due of an acknowledgement begins to explain itself that is the policy's, as that is sooner than the clock's.
    static let bySoonerPolicy = "By the policy, which acknowledges sooner than the clock."
    /// The same of dates that were found before that was said so.
    private static let bySoonerPolicyBefore = "By the policy's acknowledge_in, which is sooner than the clock."

    /// Whether an acknowledgement is due by the policy, as that was sooner than a clock.
    static func isBySoonerPolicy(_ promise: Promise) -> Bool {
        [bySoonerPolicy, bySoonerPolicyBefore].contains { promise.dueExplained?.utf8.starts(with: $0.utf8) ?? false }
    }

    /// The deadline that somebody gave the case: its own, or the one whose place that of its clocks took; nil where nobody did.
    var givenDeadline: Instant? {
        guard let stage = file.stage, let deadline = record.fields.hardDeadline,
            file.stages.contains(where: { $0.hardDeadline == deadline })
        else { return record.fields.hardDeadline }
        return entries.last { $0.kind == .stageOpened && $0.integer("number") == Int64(stage.number) }?
            .instant("given_deadline")
    }

    /// Gives the case another deadline, or takes it away.
    mutating func setDeadline(_ deadline: Instant?, at now: Instant) {
        // What a new case is opened with is told by its opening.
        guard record.fields.hardDeadline != deadline else { return }
        let before = record.fields
        file.record.fields.hardDeadline = deadline
        file.record.edits += 1
        log.append(.caseUpdated(from: before, to: record.fields, at: now))
    }

    /// Starts the clocks that wait for a promise which this change keeps: those of the stage that the case is at which are
    /// counted from the first of its kind, and those which begin anew each time.
    mutating func startClocks(at now: Instant) {
        guard record.status == .open, let stage = file.stage, let timetable = regime?.timetable,
            FoldedName(stage.regime) == FoldedName(timetable.regime.name),
            let clocks = timetable.stage(stage.name)?.stage.clocks
        else { return }
        for kept in promises where kept.isToCustomer && isKept(kept, at: now) {
            guard let keptAt = kept.keptAt else { continue }
            for clock in clocks where starts(clock, by: kept, at: stage, now) {
                // What was answered before it was acknowledged is not promised anew.
                if !clock.every, isMet(clock, from: keptAt, at: stage) { continue }
                // Nobody is kept from keeping a promise because there are not so many open dates.
                guard let started = try? StartedClock(clock, from: keptAt, by: timetable) else {
                    uncountedClocks.append(clock.name)
                    continue
                }
                start(started, at: now)
            }
        }
    }

    /// Makes what a clock makes that starts while the case is at its stage.
    mutating func start(_ started: StartedClock, at now: Instant) {
        switch started.product {
        case .promise: promise(started, at: now)
        case .hardDeadline:
            setDeadline(min(record.fields.hardDeadline ?? started.due.instant, started.due.instant), at: now)
        }
    }

    private func isKept(_ promise: Promise, at now: Instant) -> Bool {
        guard let settlement = promise.settlement, promise.keptAt != nil else { return false }
        // Of the past each at its own time.
        if isHistory { return settlement.recordedAt == now }
        return before?.promise(promise.id)?.isUnsettled ?? true
    }

    private func starts(_ clock: RegimeClock, by kept: Promise, at stage: CaseStage, _ now: Instant) -> Bool {
        let isOwn = kept.clock.map { $0.stage == stage.number && $0.name.isExactly(clock.name) } ?? false
        if clock.every, isOwn { return true }
        guard case .kept(let kind) = clock.anchor, kept.kind == kind, file.isIn(stage, kept) else { return false }
        // Of what was kept at the stage before, one has started it.
        return !promises.contains { other in
            guard other.id != kept.id, other.kind == kind, other.isToCustomer, other.keptAt != nil,
                file.isIn(stage, other)
            else { return false }
            return !isKept(other, at: now) || other.id < kept.id
        } && !promises.contains { $0.clock?.stage == stage.number && $0.clock?.name.isExactly(clock.name) == true }
    }

    /// Has the case come to a later stage of its regime; one that was over goes on with it.
    public mutating func open(
        _ incoming: Incoming<StageRequest>, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        guard !isEnded || actor.role >= .manager else {
            throw .forbidden("The relationship with the customer was ended: a manager opens the next stage.")
        }
        guard let regime else {
            throw .rule(
                .noRegime,
                "Case \(record.id) is under no regime: PATCH /v1/cases/\(record.id) with regime puts it under one.",
                caseID: record.id)
        }
        let place = regime.timetable.stage(incoming.value.stage)?.place
        let opening = place.map { place in
            StageOpening(
                place, of: regime.timetable,
                requestedAt: incoming.value.requestedAt?.instant(at: now, notBefore: record.receivedAt) ?? now,
                receivedAt: record.receivedAt, openedAt: now)
        }
        let request = try incoming.checked(
            issues(opening: incoming.value, of: regime.timetable, at: now) + (opening?.issues("stage") ?? []))
        guard let place, let opening else { preconditionFailure("a stage that is not there is an issue") }
        if let earlier = try earlierStage(place, in: regime.timetable, by: actor) {
            return try goBack(to: earlier, because: request.reason, under: policy, by: actor, at: now)
        }
        try requireLater(place, in: regime.timetable)
        let wasOver = record.status != .open
        // A deadline that the case was over by is met: the stage has its own, or none.
        let met = wasOver ? file.stage?.hardDeadline : nil
        if wasOver { takeOpen(because: request.reason, at: now) }
        begin(opening, because: request.reason, inPlaceOf: givenDeadline, at: now)
        if let met, opening.hardDeadline == nil, record.fields.hardDeadline == met { setDeadline(nil, at: now) }
        promise(opening, at: now)
        if wasOver, file.unsettledToCustomer.isEmpty { make(nil, from: now, under: policy, by: actor, at: now) }
        try requireTimeline()
    }

    private func issues(
        opening request: StageRequest, of timetable: RegimeTimetable, at now: Instant
    ) -> [FieldIssue] {
        var issues = request.requestedAt?.issues(at: now, path: "requested_at") ?? []
        if issues.isEmpty, let requestedAt = request.requestedAt?.instant(at: now, notBefore: record.receivedAt),
            requestedAt < record.receivedAt
        {
            let detail = "must not lie before the complaint was received, \(record.receivedAt.rfc3339)."
            issues.append(FieldIssue("requested_at", .beforeMadeAt, detail))
        }
        // What can't be read is noted by itself.
        if !request.stage.isEmpty, timetable.stage(request.stage) == nil {
            let names = timetable.regime.stages.map(\.name)
            let nearest = FoldedName(request.stage).nearest(among: names).map { " Did you mean \($0)?" } ?? ""
            issues.append(
                FieldIssue(
                    "stage", .invalidValue,
                    "is no stage of the regime \(timetable.regime.name), which has \(names.joined(separator: ", ")).\(nearest)"
                ))
        }
        return issues
    }

    /// A case goes forward: to what comes after the stage that it is at.
    private func requireLater(_ place: Int, in timetable: RegimeTimetable) throws(Refusal) {
        guard let current = file.stage, FoldedName(current.regime) == FoldedName(timetable.regime.name),
            let (now, _) = timetable.stage(current.name), place <= now
        else { return }
        let later = timetable.regime.stages.dropFirst(now + 1).map(\.name)
        let next = later.isEmpty ? "It is the last one." : "After it come \(later.joined(separator: ", "))."
        throw .rule(
            .stagePassed,
            "Case \(record.id) is at \(current.name) of \(timetable.regime.name) already. \(next)",
            caseID: record.id)
    }

    /// The clocks that a keep should have started, and did not.
    package var notCounted: [CaseWarning] {
        guard let stage = file.stage, !uncountedClocks.isEmpty else { return [] }
        return [.clocksNotCounted(regime: stage.regime, clocks: uncountedClocks)]
    }

    /// That the case's deadline is sooner by a clock than the one that somebody had given it.
    package var givesWay: [CaseWarning] { earlierDeadlines.suffix(1) }

    /// That who answered now at a stage had answered at an earlier one: somebody else is to look at it anew.
    package var answersAgain: [CaseWarning] {
        guard let stage = file.stage, let answer = file.answer(at: stage), before?.answer(at: stage) == nil,
            file.isAnsweredAgain(at: stage) == true
        else { return [] }
        return [.samePerson(owner: answer.by, stage: stage.name)]
    }
}
