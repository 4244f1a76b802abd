/// A case whose regime was none, or a mistake, is put under another one, or another version: what was done by then counts.
extension CaseChange {
    /// A stage of the regime that an edit puts the case under, in the place of what it was at.
    struct StageAnew {
        /// What its clocks come to.
        let opening: StageOpening
        /// Since when what was done counts as done at it.
        let since: Instant
        /// Why the case came to the one whose place it takes; nil for a first one.
        let reason: String?
    }

    /// The stages that a case comes to as an edit names its regime: those of the same names as it is at, where the regime has all
    /// of them in that order, else the first one, counted from the receipt. None where the edit names no regime, or the one that
    /// the case is under in the version that it is under, by a calendar that is as it was.
    var stagesAnew: [StageAnew] {
        guard let timetable = namedRegime?.timetable, isAnother(timetable.regime) else { return [] }
        let current = stagesToGoOnFrom
        let places = current.compactMap { timetable.stage($0.name)?.place }
        guard !places.isEmpty, places.count == current.count, places.first == 0,
            zip(places, places.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            let opening = StageOpening(firstOf: timetable, receivedAt: record.receivedAt, openedAt: record.openedAt)
            return [StageAnew(opening: opening, since: record.openedAt, reason: nil)]
        }
        return zip(current, places).map { stage, place in
            let opening = StageOpening(
                place, of: timetable, requestedAt: stage.requestedAt, receivedAt: record.receivedAt,
                openedAt: place == 0 ? record.openedAt : stage.beginning)
            return StageAnew(
                opening: opening, since: place == 0 ? record.openedAt : stage.beginning,
                reason: place == 0 ? nil : stage.reason)
        }
    }

    /// The stages that the case is at; of one that was put under no regime, those that it was at when that was done: to be put
    /// under one again takes nobody back to the first stage.
    private var stagesToGoOnFrom: [CaseStage] {
        guard file.stages.isEmpty, let last = file.undoneStages.compactMap(\.undoneAt).max() else { return file.stages }
        return file.undoneStages.filter { $0.undoneAt == last }.sorted { $0.number < $1.number }
    }

    /// Whether it is not the one that the case is under. History that is over has no clocks, and gets none.
    private func isAnother(_ regime: Regime) -> Bool {
        guard let stage = file.stage else {
            let isHistory = record.imported && record.status != .open
            return !isHistory && !record.fields.regime.isExactly(regime.name)
        }
        return FoldedName(stage.regime) != FoldedName(regime.name) || stage.version != regime.version
            || namedCalendarChangedAt.map { $0 > stage.recordedAt } ?? false
    }

    /// Anybody puts a case under a regime. To say that the one that it is under was a mistake is a manager's, as that takes back what
    /// its clocks promised; and whoever sees it at once does so too, unless something of that, or what the policy promised as it came
    /// in, went past its date, whatever became of it since.
    ///
    /// - Returns: whether it takes back what the actor has missed, as there is nobody else.
    func requireMayPutRight(by actor: Actor, at now: Instant) throws(Refusal) -> Bool {
        guard let stage = file.stage else { return false }
        guard actor.role < .manager else { return try requireNoMiss(of: actor, in: file.stages, at: now) }
        let isMissed =
            isPastDeadline(of: file.stages, at: now)
            || promises.contains { ($0.clock != nil || isPolicysAcknowledgement($0)) && $0.wasEverBroken(at: now) }
        guard now - stage.recordedAt > Promise.makerMayVoidFor || isMissed || record.status != .open else {
            return false
        }
        throw .forbidden(
            "The regime of a case is changed within 15 minutes, before anything of it is past due, later by a manager.")
    }

    /// Has the case be under another regime from now on, or under none.
    ///
    /// - Parameters:
    ///   - anew: the stages that it comes to, none for no regime.
    ///   - givenDeadline: whether the same edit gave the case a deadline.
    ///   - byOneself: whether it takes back what the actor has missed.
    mutating func takeRegime(
        _ anew: [StageAnew], givenDeadline: Bool, byOneself: Bool, under policy: Policy, by actor: Actor,
        at now: Instant
    ) {
        let before = file.stage
        // Of several the soonest holds.
        let isLater = anew.last?.opening.hardDeadline.map { $0 < record.fields.hardDeadline ?? .latest } ?? false
        let isClocksDeadline =
            record.fields.hardDeadline == nil || record.fields.hardDeadline == before?.hardDeadline || isLater
        let setsDeadline = !givenDeadline && isClocksDeadline
        let why = reason(replacing: before, by: anew.last?.opening.regime)
        for stage in file.stages { undo(stage, because: why, byOneself: byOneself, at: now) }
        for (index, stage) in anew.enumerated() {
            let isLast = index == anew.count - 1
            begin(
                stage.opening, because: stage.reason, since: stage.since, setsDeadline: setsDeadline && isLast, at: now)
        }
        if setsDeadline, before?.hardDeadline != nil, anew.last?.opening.hardDeadline == nil {
            setDeadline(nil, at: now)
        }
        guard record.status == .open else { return }
        if let last = anew.last { carryOver(to: last.opening, because: why, by: actor, at: now) }
        dropClocks(because: why, by: actor, at: now)
        // Nobody is left without a word, whichever clocks were none.
        if file.unsettledToCustomer.isEmpty { make(nil, from: now, under: policy, by: actor, at: now) }
    }

    private func reason(replacing before: CaseStage?, by regime: Regime?) -> String {
        let old = before.map { "\($0.regime), version \($0.version)" } ?? "none"
        let new = regime.map { "\($0.name), version \($0.version)" } ?? "none"
        return "The regime of the case was changed: \(new) instead of \(old)."
    }

    mutating func undo(_ stage: CaseStage, because reason: String, byOneself: Bool, at now: Instant) {
        guard let index = file.stages.firstIndex(where: { $0.number == stage.number }) else { return }
        var undone = file.stages.remove(at: index)
        undone.undoneAt = now
        file.undoneStages.append(undone)
        stagesUndone.append(undone)
        var entry = LogDraft.stageUndone(undone, because: reason)
        entry.facts += Fact.byOneself(byOneself)
        log.append(entry)
    }

    /// Starts the clocks of the stage that the case is at: what was kept by then meets them, what is open goes on as theirs, and
    /// only what nobody has promised yet is promised.
    private mutating func carryOver(to opening: StageOpening, because why: String, by actor: Actor, at now: Instant) {
        guard let stage = file.stage, let timetable = namedRegime?.timetable else { return }
        for clock in opening.stage.clocks {
            guard let started = started(clock, opening, stage, timetable) else { continue }
            switch started.product {
            case .hardDeadline:
                // One that starts with a keep; the others have set theirs.
                guard case .kept = clock.anchor else { continue }
                setDeadline(min(record.fields.hardDeadline ?? started.due.instant, started.due.instant), at: now)
            case .promise(let kind):
                if !clock.every, isMet(clock, from: started.from, at: stage) { continue }
                if let open = openElsewhere(kind, at: stage) {
                    replace(open, by: started, at: stage, because: why, actor, now)
                } else {
                    promise(started, at: now)
                }
            }
        }
    }

    /// A clock as it runs in a stage that takes the place of another one; nil for one that has not started.
    private func started(
        _ clock: RegimeClock, _ opening: StageOpening, _ stage: CaseStage, _ timetable: RegimeTimetable
    ) -> StartedClock? {
        // What begins anew each time does so with the last time.
        if clock.every, case .promise(let kind)? = clock.makes, let last = kept([kind], at: stage).max() {
            return (try? StartedClock(clock, from: last, by: timetable)) ?? nil
        }
        if case .kept(let kind) = clock.anchor {
            return kept([kind], at: stage).min().flatMap { (try? StartedClock(clock, from: $0, by: timetable)) ?? nil }
        }
        if clock.makes == .hardDeadline { return nil }
        return opening.promises.first { $0.name.isExactly(clock.name) }
    }

    /// When promises of such kinds were kept at a stage.
    func kept(_ kinds: [PromiseKind], at stage: CaseStage) -> [Instant] {
        promises.filter { promise in
            promise.isToCustomer && promise.upheld == nil && kinds.contains(promise.kind) && file.isIn(stage, promise)
        }.compactMap(\.keptAt)
    }

    /// What is open of a clock of a stage that was a mistake, or of the policy's, and of the same kind.
    private func openElsewhere(_ kind: PromiseKind, at stage: CaseStage) -> Promise? {
        promises.first { promise in
            promise.isToCustomer && promise.isUnsettled && promise.kind == kind
                && (isOfUndone(promise) || isPolicysAcknowledgement(promise))
        }
    }

    private func isOfUndone(_ promise: Promise) -> Bool {
        promise.clock.map { clock in file.undoneStages.contains { $0.number == clock.stage } } ?? false
    }

    private func isPolicysAcknowledgement(_ promise: Promise) -> Bool {
        promise.kind == .acknowledge && promise.clock == nil && promise.madeBy.isExactly(Actor.policy.name)
    }

    /// Has a clock's promise take the place of one that is open. No date moves behind the customer's back: what they were told of
    /// is due by then still, where that is sooner, and goes on in its chain.
    private mutating func replace(
        _ open: Promise, by started: StartedClock, at stage: CaseStage, because why: String, _ actor: Actor,
        _ now: Instant
    ) {
        guard case .promise(let kind) = started.product else { return }
        let isKnown = file.isKnown(open)
        var (due, explained) = (started.due.instant, started.due.explained)
        if isKnown, open.dueAt < due {
            explained = "As the customer was told, which is sooner than the clock. \(explained)"
            due = open.dueAt
        } else if open.clock == nil || Self.isBySoonerPolicy(open), open.dueAt < due {
            explained = "\(Self.bySoonerPolicy) \(explained)"
            due = open.dueAt
        }
        let succession = isKnown ? Succession(predecessor: open, reason: why) : nil
        let id = takePromiseID()
        takeBack(open, successor: succession.map { _ in id }, because: why, by: actor, at: now)
        append(
            Promise(
                id: id, caseID: record.id, kind: kind, what: isKnown ? open.what : kind.promisedByClock,
                owner: open.owner, madeBy: Actor.policy.name, madeAt: now, dueAt: due,
                originalDueAt: succession?.originalDueAt(due), dueExplained: explained,
                reasonMade: succession?.reason, slips: succession?.slips(due) ?? 0,
                supersedes: succession?.predecessor.id,
                clock: Promise.StageClock(name: started.name, stage: stage.number, from: started.from)))
    }

    /// Takes back what clocks promised that are none any more, and that the customer had not heard of; what they had stays, for the
    /// desk to settle.
    private mutating func dropClocks(because why: String, by actor: Actor, at now: Instant) {
        for promise in promises where promise.isUnsettled && isOfUndone(promise) && !file.isKnown(promise) {
            takeBack(promise, because: why, by: actor, at: now)
        }
    }

    /// Takes back what a clock promised.
    mutating func takeBack(
        _ promise: Promise, successor: Int64? = nil, because why: String, by actor: Actor, at now: Instant
    ) {
        var voided = promise
        voided.settlement = Settlement(
            outcome: .void(at: now), recordedAt: now, by: actor.name, reason: why, successor: successor)
        replace(voided)
        log.append(.promiseSettled(.promiseVoided, voided))
    }
}
