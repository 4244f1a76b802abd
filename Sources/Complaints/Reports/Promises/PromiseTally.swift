/// Counts the promises of one group of a report.
struct PromiseTally: ReportTally {
    private var counts = PromiseFigures()
    /// In milliseconds, in no order, as the other two.
    private var lateness: [Int64] = []
    private var notice: [Int64] = []
    private var spans: [Int64] = []

    /// Counts a promise in the state it has at `asOf`.
    mutating func add(_ fact: PromiseFact, asOf: Instant) {
        switch fact.state(at: asOf) {
        case .open: counts.open += 1
        case .overdue: counts.overdue += 1
        case .kept:
            counts.kept += 1
            if fact.isBackdated { counts.backdated += 1 }
            if fact.isInstant { counts.instant += 1 }
            if !fact.hasEvidence { counts.keptWithoutEvidence += 1 }
        case .keptLate:
            counts.keptLate += 1
            addLateness(fact)
        case .renegotiated:
            counts.renegotiated += 1
            if let outcome = fact.outcome { notice.append((fact.dueAt - outcome.at).milliseconds) }
        case .withdrawn where fact.isEnded: counts.ended += 1
        case .withdrawn: counts.withdrawn += 1
        case .broken:
            counts.broken += 1
            if fact.upheldAt != nil { counts.disputed += 1 }
            addLateness(fact)
        case .transferred:
            counts.transferred += 1
            return
        case .void:
            counts.void += 1
            return
        }
        if !fact.isTold { counts.untold += 1 }
        if fact.isReassignedLate { counts.reassignedLate += 1 }
        // What a regime promises once its date has passed had no time at all.
        spans.append(max(0, (fact.dueAt - fact.countedFrom).milliseconds))
    }

    /// Counts a chain whose first due instant has come, or that has ended.
    mutating func addChain(isKept: Bool) {
        counts.chains += 1
        if isKept { counts.chainsKept += 1 }
    }

    private mutating func addLateness(_ fact: PromiseFact) {
        guard let late = fact.outcome?.lateness(dueAt: fact.dueAt) else { return }
        lateness.append(late.milliseconds)
    }

    /// Adds what another group counted.
    mutating func add(_ other: PromiseTally) {
        counts.add(other.counts)
        lateness += other.lateness
        notice += other.notice
        spans += other.spans
    }

    /// The counts, with the percentiles.
    func figures() -> PromiseFigures {
        var figures = counts
        let late = NearestRank(lateness)
        figures.lateMedian = late.percentile(50)
        figures.lateP90 = late.percentile(90)
        figures.lateMax = late.percentile(100)
        figures.noticeSecondsMedian = NearestRank(notice).percentile(50)?.wholeSeconds
        figures.spanSecondsMedian = NearestRank(spans).percentile(50)?.wholeSeconds
        return figures
    }
}

extension PromiseFigures {
    fileprivate mutating func add(_ other: PromiseFigures) {
        kept += other.kept
        keptLate += other.keptLate
        broken += other.broken
        renegotiated += other.renegotiated
        withdrawn += other.withdrawn
        ended += other.ended
        void += other.void
        transferred += other.transferred
        overdue += other.overdue
        open += other.open
        backdated += other.backdated
        untold += other.untold
        instant += other.instant
        keptWithoutEvidence += other.keptWithoutEvidence
        disputed += other.disputed
        chains += other.chains
        chainsKept += other.chainsKept
        reassignedLate += other.reassignedLate
    }
}
