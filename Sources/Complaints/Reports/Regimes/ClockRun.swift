/// A clock of a regime as it ran once in a stage of a case: from when, by when, and what became of that.
struct ClockRun: Hashable {
    /// What the regime calls it.
    let name: String
    /// What it is counted from.
    let from: Instant
    /// By when it was to be met at first, whatever took the place of that.
    let due: Instant
    /// Whether a later date took the place of its own.
    var isExtended = false
    /// Until when the regime has it extended at the latest; nil where it has no extension.
    var latest: Instant?
    /// When it was met; nil while it is not.
    var metAt: Instant?
    /// Whether only the resolution of the case met it.
    var isMetByResolution = false
    /// Where it stands.
    var standing = Standing.running

    /// Whether it was met after its own date, but by a later one that was given in time and that the regime's extension has.
    var isWithinExtension: Bool {
        guard standing == .late, isExtended, let metAt, let latest else { return false }
        return metAt <= latest
    }

    enum Standing: Hashable {
        /// Met by when it was due at first.
        case within
        /// Met after that, or neither met by then nor since; or broken.
        case late
        /// Not met, and not due yet.
        case running
        /// Ended before it was due, as the customer released the desk, it goes on in another case, or it was a mistake; or it need not
        /// be met, as the case was resolved by when the clock is due that says so.
        case dropped
    }
}

extension RegimeCaseFact {
    /// Each clock that ran in a stage, as often as it did. Its dates are those of the calendar as it was on record as its promise was
    /// made, and without one as the stage began: nobody moves them by an edit of that.
    ///
    /// - Parameter timetables: the version of the regime that was chosen for the stage, by its calendar as of an instant; nil where it
    ///   can't be had, so that only what was promised is known.
    func runs(
        of stage: CaseStage, at now: Instant, _ timetables: (Instant) throws -> RegimeTimetable?
    ) rethrows -> [ClockRun] {
        let timetable = try timetables(calendarAsOf(stage))
        let clocks = timetable?.stage(stage.name)?.stage.clocks ?? []
        var runs = try promised(in: stage, clocks, at: now) { made in
            try timetables(max(made, calendarAsOf(stage)))
        }
        if let timetable { runs += silent(in: stage, clocks, timetable, besides: runs, at: now) }
        for clock in clocks {
            if case .promise? = clock.makes { continue }
            guard let timetable, let run = unpromised(clock, in: stage, clocks, timetable, at: now) else { continue }
            runs.append(run)
            guard let other = clock.insteadOf, run.standing == .within else { continue }
            for index in runs.indices where runs[index].name.isExactly(other) && runs[index].standing != .late {
                guard runs[index].metAt == nil || runs[index].isMetByResolution else { continue }
                runs[index].metAt = nil
                runs[index].standing = .dropped
            }
        }
        return runs
    }

    /// Those that make promises: a run is a promise of the clock's with all that took its place as the clock's.
    private func promised(
        in stage: CaseStage, _ clocks: [RegimeClock], at now: Instant,
        _ timetables: (Instant) throws -> RegimeTimetable?
    ) rethrows -> [ClockRun] {
        var chains: [[Promised]] = []
        for promise in promises where promise.clock?.stage == stage.number {
            let chain = chains.firstIndex { chain in
                chain.last.map { last in
                    last.isSameClock(as: promise)
                        && (last.id == promise.supersedes || last.isGivenUp && last.clock?.from == promise.clock?.from)
                } ?? false
            }
            if let chain { chains[chain].append(promise) } else { chains.append([promise]) }
        }
        return try chains.compactMap { chain in
            guard let first = chain.first, let last = chain.last, let running = first.clock else { return nil }
            let clock = clocks.first { $0.name.isExactly(running.name) }
            var run = ClockRun(name: running.name, from: running.from, due: first.fact.dueAt)
            if let clock, let timetable = try timetables(first.fact.madeAt) {
                run.latest = (try? timetable.latest(clock, from: running.from)) ?? nil
                // What the policy acknowledges sooner than the regime asks for is late for the desk, and not for the authority; so is
                // what the customer had been told of by another regime's clock.
                if first.kind == .acknowledge || first.supersedes != nil,
                    let due = try? timetable.due(clock, from: running.from)
                {
                    run = run.due(by: due.instant)
                }
            }
            // What was not needed while the case was resolved, and is again, has not moved.
            run.isExtended = zip(chain, chain.dropFirst()).contains { $0.fact.dueAt < $1.fact.dueAt }
            let met = [
                chain.compactMap(\.keptAt).min(),
                firstKept(
                    of: clock?.meetingKinds ?? [first.kind], in: stage, besides: running.name
                ) { clock?.isMet(at: $0, from: running.from) ?? ($0 >= running.from) },
            ]
            run.metAt = met.compactMap(\.self).min()
            let due = max(run.due, last.fact.dueAt)
            run.standing = run.whereItStands(at: now, settledAt: last.fact.recordedAt) {
                last.fact.state(at: now, dueAt: due)
            }
            return run
        }
    }

    /// One that makes the deadline, or nothing: by what it says it is met once such a promise is kept, or the case is resolved.
    /// Nil where nothing has started it.
    private func unpromised(
        _ clock: RegimeClock, in stage: CaseStage, _ clocks: [RegimeClock], _ timetable: RegimeTimetable,
        at now: Instant
    ) -> ClockRun? {
        guard let from = start(of: clock, in: stage, withResolution: false),
            let due = recordedDeadline(of: clock, in: stage, clocks)
                ?? (try? timetable.due(clock, from: from))?.instant
        else { return nil }
        var run = ClockRun(name: clock.name, from: from, due: due)
        let kept = firstKept(of: clock.meetingKinds, in: stage, besides: clock.name) { clock.isMet(at: $0, from: from) }
        return settled(&run, kept, in: stage, at: now)
    }

    /// A run of which no promise says what became of it: met by what was kept, or by the resolution, whichever was first.
    private func settled(_ run: inout ClockRun, _ kept: Instant?, in stage: CaseStage, at now: Instant) -> ClockRun {
        let due = run.due
        let resolvedAt = resolution(at: stage)
        if isDuplicate, kept == nil, let resolvedAt, stage.number == stages.last?.number {
            // It goes on in another case, which is the one to be answered.
            run.standing = resolvedAt <= due ? .dropped : .late
            return run
        }
        run.metAt = [kept, resolvedAt].compactMap(\.self).min()
        run.isMetByResolution = kept == nil && resolvedAt != nil
        run.standing = run.whereItStands(at: now) { .unsettled(dueAt: due, at: now) }
        return run
    }

    /// What the stage has on record for the only clock that can have set it as it began: that is never reckoned again.
    private func recordedDeadline(of clock: RegimeClock, in stage: CaseStage, _ clocks: [RegimeClock]) -> Instant? {
        guard clock.makes == .hardDeadline, clocks.count(where: { $0.makes == .hardDeadline }) == 1 else { return nil }
        if case .kept = clock.anchor { return nil }
        return stage.hardDeadline
    }

    /// When a clock of a stage started; nil where it did not.
    ///
    /// - Parameter withResolution: whether what was kept as the case was resolved starts it: then it makes nothing any more.
    private func start(of clock: RegimeClock, in stage: CaseStage, withResolution: Bool) -> Instant? {
        switch clock.anchor {
        case .received: receivedAt
        case .stageRequested: stage.requestedAt
        // A first stage begins by itself, and without a reason, from when the case was recorded.
        case .stageOpened: stage.reason == nil ? openedAt : stage.beginning
        case .kept(let kind):
            promises.filter { promise in
                promise.kind == kind && promise.keptAt != nil && isIn(stage, promise)
                    && (withResolution
                        || !(promise.fact.recordedAt.map { $0 == toldResolution(at: stage) } ?? false))
            }.min { ($0.fact.recordedAt ?? .latest, $0.id) < ($1.fact.recordedAt ?? .latest, $1.id) }?.keptAt
        }
    }

    /// When the first promise of such a kind was kept in a stage, but for those of a clock itself; nil where none was.
    private func firstKept(
        of kinds: [PromiseKind], in stage: CaseStage, besides clock: String, where counts: (Instant) -> Bool
    ) -> Instant? {
        guard !kinds.isEmpty else { return nil }
        return promises.compactMap { promise -> Instant? in
            guard kinds.contains(promise.kind), let keptAt = promise.keptAt, counts(keptAt), isIn(stage, promise),
                !(promise.clock.map { $0.name.isExactly(clock) } ?? false)
            else { return nil }
            return keptAt
        }.min()
    }
}

extension RegimeCaseFact {
    /// Those that make promises, have begun, and made none: as what they ask for had been done by then, or the case was resolved with
    /// what starts them. One that begins anew each time runs so only where it takes the place of a mistake.
    private func silent(
        in stage: CaseStage, _ clocks: [RegimeClock], _ timetable: RegimeTimetable, besides runs: [ClockRun],
        at now: Instant
    ) -> [ClockRun] {
        clocks.compactMap { clock in
            guard case .promise(let kind)? = clock.makes, !runs.contains(where: { $0.name.isExactly(clock.name) }),
                let from = start(of: clock, in: stage, withResolution: true),
                let due = (try? timetable.due(clock, from: from))?.instant
            else { return nil }
            let kept = firstKept(of: clock.meetingKinds + [kind], in: stage, besides: "") {
                clock.isMet(at: $0, from: from)
            }
            guard !clock.every || stage.since != nil && kept != nil else { return nil }
            var run = ClockRun(name: clock.name, from: from, due: due)
            return settled(&run, kept, in: stage, at: now)
        }
    }
}

extension ClockRun {
    /// Where it stands.
    ///
    /// - Parameters:
    ///   - settledAt: when the service was told of that.
    ///   - state: what became of the last promise of it.
    fileprivate func whereItStands(
        at now: Instant, settledAt: Instant? = nil, _ state: () -> PromiseState
    ) -> Standing {
        if let metAt { return metAt <= due ? .within : .late }
        switch state() {
        case .open, .overdue: return now > due ? .late : .running
        case .broken: return .late
        // Met, it was dealt with above.
        case .kept, .keptLate: return .dropped
        // A later date that was a mistake does not undo that the first one had passed.
        case .void: return isExtended && settledAt.map { $0 > due } ?? false ? .late : .dropped
        // Who is released, or goes on elsewhere, after it was due was late all the same.
        case .renegotiated, .withdrawn, .transferred: return settledAt.map { $0 > due } ?? false ? .late : .dropped
        }
    }

    /// The same run by another due instant, where that is later.
    fileprivate func due(by other: Instant) -> ClockRun {
        guard other > due else { return self }
        var run = ClockRun(name: name, from: from, due: other)
        run.latest = latest
        return run
    }
}

extension RegimeCaseFact.Promised {
    /// Whether it was settled, and not kept.
    fileprivate var isGivenUp: Bool { fact.outcome != nil && keptAt == nil }

    /// Whether the other one is of the same clock of the same stage.
    fileprivate func isSameClock(as other: Self) -> Bool {
        guard let clock, let its = other.clock else { return false }
        return clock.stage == its.stage && clock.name.isExactly(its.name)
    }
}
