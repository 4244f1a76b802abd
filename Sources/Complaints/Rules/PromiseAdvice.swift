/// What whoever makes a promise is told with it: warnings, never a refusal (T4, T15).
public struct PromiseAdvice: Sendable, Hashable {
    /// What its owner carries; nil when it is nobody's.
    public let load: OwnerLoad?
    /// What speaks against it.
    public let warnings: [PromiseWarning]

    /// Advice with a promise.
    public init(load: OwnerLoad?, warnings: [PromiseWarning]) {
        self.load = load
        self.warnings = warnings
    }
}

extension PromiseAdvice {
    /// What whoever hands a promise over is to be told: what has to do with who has it from now on.
    ///
    /// - Parameter absence: in which it is due, of who has it.
    package init(
        handing promise: Promise, load: OwnerLoad?, absence: Absence? = nil, under policy: Policy, newNames: [NewName]
    ) {
        var warnings: [PromiseWarning] = []
        if let new = newNames.first(where: { $0.isName(promise.owner) }) { warnings.append(.newName(new)) }
        if let load, load.dueThatDay > policy.loadCap { warnings.append(.overCap(load, loadCap: policy.loadCap)) }
        if promise.waitsForAcceptance, let owner = promise.owner { warnings.append(.waitsForAcceptance(owner: owner)) }
        if let absence, let owner = promise.owner { warnings.append(.ownerAbsent(owner: owner, absence)) }
        self.init(load: load, warnings: warnings)
    }
}

extension CaseFile {
    /// What whoever made one of its promises, or gave it to somebody, is to be told.
    ///
    /// - Parameters:
    ///   - absence: in which it is due, of its owner.
    ///   - now: when it was made or given. What is said of the time until it is due counts from then, and of what is past due
    ///     none of that is said.
    package func advice(
        on promise: Promise, load: OwnerLoad?, absence: Absence? = nil, under policy: Policy,
        regime: RegimeInForce? = nil, newNames: [NewName] = [], at now: Instant
    ) -> PromiseAdvice {
        var warnings: [PromiseWarning] = []
        if let new = newNames.first(where: { $0.isName(promise.owner) }) { warnings.append(.newName(new)) }
        if let load, load.dueThatDay > policy.loadCap { warnings.append(.overCap(load, loadCap: policy.loadCap)) }
        if promise.waitsForAcceptance, let owner = promise.owner { warnings.append(.waitsForAcceptance(owner: owner)) }
        if let absence, let owner = promise.owner { warnings.append(.ownerAbsent(owner: owner, absence)) }
        if promise.owner == nil, promise.by == .desk { warnings.append(.unowned) }
        switch concession(of: promise)?.outcome {
        case nil where promise.concession != nil: warnings.append(.concessionPending)
        case .refused: warnings.append(.concessionRefused)
        default: break
        }
        if let deadline = record.fields.hardDeadline, promise.dueAt > deadline {
            warnings.append(.afterHardDeadline(deadline))
        }
        if let warning = beyondExtension(promise, regime) { warnings.append(warning) }
        // How far off is right for a clock the regime says.
        if promise.isToCustomer, promise.clock == nil, let latest = policy.latest(promise.kind, from: now),
            promise.dueAt > latest.instant
        {
            warnings.append(.farOff(latest.span))
        }
        if promise.isToCustomer, promise.dueAt > now, promise.dueExplained == nil,
            !promise.madeBy.isExactly(Actor.policy.name),
            let closed = policy.calendar?.closing(at: promise.dueAt)
        {
            warnings.append(
                .outsideHours(calendar: closed.calendar, closed: closed.local, opens: closed.opens))
        }
        return PromiseAdvice(load: load, warnings: warnings)
    }

    /// That a promise which took the place of a clock's is due later than the regime has that extended to.
    private func beyondExtension(_ promise: Promise, _ regime: RegimeInForce?) -> PromiseWarning? {
        guard promise.supersedes != nil, let running = promise.clock, let timetable = regime?.timetable,
            let stage = stages.first(where: { $0.number == running.stage }),
            let clock = timetable.clock(running, in: stage)
        else { return nil }
        let latest = (try? timetable.latest(clock, from: running.from)) ?? nil
        guard let last = latest ?? (try? timetable.due(clock, from: running.from))?.instant, promise.dueAt > last else {
            return nil
        }
        return .beyondExtension(clock: clock.name, latest: last, mayBeExtended: latest != nil)
    }
}
