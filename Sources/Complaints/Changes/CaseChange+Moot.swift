/// What clocks of a regime asked for, and what the resolution of the case makes needless.
extension CaseChange {
    /// Takes back what need not be kept any more as the case is resolved, with why: what another clock can stand in for
    /// (`instead_of`), where the case is resolved by when that is due, and what is due each time anew for as long as the case is
    /// open (`every`). What was past due by then is nobody's to take back like this, nor what the record has had as overdue since:
    /// when the case was resolved may be told later. (What was due before it was made, nobody had waited for.)
    mutating func takeBackMoot(resolvedAt: Instant, by actor: Actor, at now: Instant) {
        for promise in promises where promise.isToCustomer && promise.isUnsettled && promise.dueAt >= resolvedAt {
            guard promise.dueAt >= now || promise.dueAt <= promise.firstMadeAt else { continue }
            guard let why = isMoot(promise, resolvedAt: resolvedAt) else { continue }
            takeBack(promise, because: why, by: actor, at: now)
        }
    }

    /// Why a promise need not be kept where the case is resolved at an instant; nil where it must be.
    private func isMoot(_ promise: Promise, resolvedAt: Instant) -> String? {
        guard let (stage, timetable) = stageInForce, let running = promise.clock, running.stage == stage.number,
            let clocks = timetable.stage(stage.name)?.stage.clocks
        else { return nil }
        if clocks.contains(where: { $0.every && $0.name.isExactly(running.name) }) {
            return "The case is resolved: the clock \(running.name) runs no more."
        }
        for clock in clocks where clock.insteadOf.isExactly(running.name) {
            guard let from = start(of: clock, at: stage), let due = try? timetable.due(clock, from: from),
                resolvedAt <= due.instant
            else { continue }
            return "The case was resolved in time for the clock \(clock.name): \(running.name) need not be met."
        }
        return nil
    }

    /// What the case had to be resolved by, and was not, by what the record said between an instant and now: its deadline, and the
    /// clocks of its stage that make no promise.
    func missedDeadlines(since instant: Instant, at now: Instant) -> [Instant] {
        var dues = [record.fields.hardDeadline].compactMap(\.self)
        if let (stage, timetable) = stageInForce {
            for clock in timetable.stage(stage.name)?.stage.clocks ?? [] {
                if case .promise? = clock.makes { continue }
                guard let from = start(of: clock, at: stage), let due = try? timetable.due(clock, from: from) else {
                    continue
                }
                dues.append(due.instant)
            }
        }
        return dues.filter { $0 >= instant && $0 < now }
    }

    /// The stage that the case is at, with the version of the regime that holds for it.
    private var stageInForce: (stage: CaseStage, timetable: RegimeTimetable)? {
        guard let stage = file.stage, let timetable = regime?.timetable,
            FoldedName(stage.regime) == FoldedName(timetable.regime.name)
        else { return nil }
        return (stage, timetable)
    }

    private func start(of clock: RegimeClock, at stage: CaseStage) -> Instant? {
        switch clock.anchor {
        case .received: record.receivedAt
        case .stageRequested: stage.requestedAt
        case .stageOpened: stage.reason == nil ? record.openedAt : stage.beginning
        case .kept(let kind):
            promises.filter { $0.kind == kind && $0.isToCustomer && file.isIn(stage, $0) }.compactMap(\.keptAt).min()
        }
    }

    /// Has the clocks of the case's stage run as the case goes on there, opened again or back from a stage that was a mistake: each
    /// that has begun, was not met and has nothing open is promised, whatever had become of what it had promised: that is due
    /// when it was, and what nobody had promised is counted from what starts it.
    mutating func runClocksAgain(at now: Instant) {
        guard let (stage, timetable) = stageInForce, let clocks = timetable.stage(stage.name)?.stage.clocks else {
            return
        }
        for clock in clocks {
            guard let product = clock.makes, var from = start(of: clock, at: stage) else { continue }
            if case .promise = product {
                let own = promises.filter {
                    $0.clock?.stage == stage.number && $0.clock?.name.isExactly(clock.name) == true
                }
                guard !own.contains(where: \.isUnsettled) else { continue }
                if clock.every {
                    if let last = own.last?.keptAt { from = last }
                } else if isMet(clock, from: from, at: stage) {
                    continue
                }
                if let last = own.last, last.keptAt == nil || last.upheld != nil {
                    promiseAgain(last, at: now)
                    continue
                }
            } else if case .kept = clock.anchor {
                // The stage has those deadlines on record that began with it.
            } else {
                continue
            }
            guard let started = try? StartedClock(clock, from: from, by: timetable) else { continue }
            start(started, at: now)
        }
    }

    /// Whether a clock is met by what was kept in the stage, before it began or since.
    func isMet(_ clock: RegimeClock, from start: Instant, at stage: CaseStage) -> Bool {
        guard case .promise(let kind)? = clock.makes else { return false }
        return kept(clock.meetingKinds + [kind], at: stage).contains { clock.isMet(at: $0, from: start) }
    }

    /// Promises what a clock had promised once more, due when it was.
    private mutating func promiseAgain(_ promise: Promise, at now: Instant) {
        append(
            Promise(
                id: takePromiseID(), caseID: record.id, kind: promise.kind, what: promise.what,
                owner: promise.owner ?? takingOwner, madeBy: Actor.policy.name, madeAt: now, dueAt: promise.dueAt,
                dueExplained: promise.dueExplained, clock: promise.clock))
    }
}
