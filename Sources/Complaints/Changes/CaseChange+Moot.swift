/// What clocks of a regime asked for, and what the resolution of the case makes needless.
extension CaseChange {
    /// Takes back what need not be kept any more as the case is resolved, with why: what another clock can stand in for
    /// (`instead_of`), where the case is resolved by when that is due, and what is due each time anew for as long as the case is
    /// open (`every`). What was past due by then is nobody's to take back like this.
    mutating func takeBackMoot(resolvedAt: Instant, by actor: Actor, at now: Instant) {
        for promise in promises where promise.isToCustomer && promise.isUnsettled && promise.dueAt >= resolvedAt {
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

    /// Starts the clocks that what was kept with the last resolution would have started, counted from when it was kept: the case
    /// goes on.
    mutating func startClocksAgain(at now: Instant) {
        guard let (stage, timetable) = stageInForce, let clocks = timetable.stage(stage.name)?.stage.clocks else {
            return
        }
        for clock in clocks {
            let own = promises.filter {
                $0.clock?.stage == stage.number && $0.clock?.name.isExactly(clock.name) == true
            }
            var from: Instant?
            if case .kept = clock.anchor, own.isEmpty { from = start(of: clock, at: stage) }
            if clock.every, !own.contains(where: \.isUnsettled) { from = own.compactMap(\.keptAt).max() ?? from }
            guard let from, let started = try? StartedClock(clock, from: from, by: timetable) else { continue }
            start(started, at: now)
        }
    }

    /// Promises anew what the last resolution had made needless, due when it was: the case goes on.
    mutating func promiseMootAgain(at now: Instant) {
        guard let resolved = file.resolutions.last, let (stage, timetable) = stageInForce,
            let clocks = timetable.stage(stage.name)?.stage.clocks
        else { return }
        for promise in promises {
            guard let clock = promise.clock, clock.stage == stage.number, promise.isToCustomer,
                case .void? = promise.settlement?.outcome, promise.settlement?.recordedAt == resolved.recordedAt,
                clocks.contains(where: { other in
                    other.insteadOf.isExactly(clock.name) || other.every && other.name.isExactly(clock.name)
                }),
                !promises.contains(where: { other in
                    other.id > promise.id && other.clock?.stage == clock.stage
                        && other.clock?.name.isExactly(clock.name) == true
                })
            else { continue }
            append(
                Promise(
                    id: takePromiseID(), caseID: record.id, kind: promise.kind, what: promise.what,
                    owner: promise.owner ?? takingOwner, madeBy: Actor.policy.name, madeAt: now, dueAt: promise.dueAt,
                    dueExplained: promise.dueExplained, clock: clock))
        }
    }
}
