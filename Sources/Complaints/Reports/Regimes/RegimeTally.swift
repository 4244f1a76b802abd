/// Counts the cases of one group of the report on a regime.
struct RegimeTally: ReportTally {
    private var counts = RegimeFigures()
    private var redress = MoneySums()
    /// In milliseconds, in no order.
    private var lengths: [Int64] = []
    private var stages: [ExactText: RegimeStageFigures] = [:]
    private var clocks: [ClockPlace: ClockTally] = [:]

    /// Counts a case.
    ///
    /// - Parameters:
    ///   - own: the stages of the regime that it came to.
    ///   - runs: the clocks that ran in each of these.
    mutating func add(_ fact: RegimeCaseFact, own: [CaseStage], runs: [[ClockRun]], at now: Instant) {
        counts.opened += 1
        if fact.isPastDeadline(at: now) { counts.pastDeadline += 1 }
        if !fact.isOpen { addSettled(fact) }
        for name in Set(own.map { ExactText($0.name) }) {
            stages[name, default: RegimeStageFigures(stage: name.string)].came += 1
        }
        if let latest = own.last {
            let name = ExactText(latest.name)
            stages[name]?.latest += 1
            if fact.isOpen { stages[name]?.open += 1 }
        }
        for (stage, runs) in zip(own, runs) {
            for run in runs {
                let place = ClockPlace(stage: ExactText(stage.name), clock: ExactText(run.name))
                clocks[place, default: ClockTally(place)].add(run)
            }
        }
    }

    private mutating func addSettled(_ fact: RegimeCaseFact) {
        counts.settled += 1
        if fact.isDuplicate { counts.duplicates += 1 }
        if let outcome = fact.ending.outcome { counts.outcomes[outcome, default: 0] += 1 }
        if let money = fact.ending.redress { redress.add(money) }
        if let resolvedAt = fact.resolvedAt { lengths.append((resolvedAt - fact.receivedAt).milliseconds) }
    }

    /// Adds what another group counted.
    mutating func add(_ other: RegimeTally) {
        counts.opened += other.counts.opened
        counts.settled += other.counts.settled
        counts.duplicates += other.counts.duplicates
        counts.pastDeadline += other.counts.pastDeadline
        counts.outcomes.merge(other.counts.outcomes, uniquingKeysWith: +)
        redress.add(other.redress)
        lengths += other.lengths
        for (name, stage) in other.stages {
            stages[name, default: RegimeStageFigures(stage: stage.stage)].add(stage)
        }
        for (place, clock) in other.clocks { clocks[place, default: ClockTally(place)].add(clock) }
    }

    /// The counts, with the percentiles, and what the regime has in its last version even where nothing came to it.
    func figures(of regime: Regime?) -> RegimeFigures {
        var figures = counts
        let settled = NearestRank(lengths)
        figures.settledMedian = settled.percentile(50)
        figures.settledP90 = settled.percentile(90)
        figures.redress = redress.amounts
        var order = RegimeOrder(regime)
        figures.stages = order.stages.map { RegimeStageFigures(stage: $0) }
        for (name, stage) in stages.sorted(by: { $0.key < $1.key }) {
            let place = order.place(of: name)
            if place == figures.stages.count { figures.stages.append(RegimeStageFigures(stage: name.string)) }
            figures.stages[place].add(stage)
        }
        var tallies = order.clocks.map { ClockTally($0) }
        for (place, clock) in clocks.sorted(by: { $0.key < $1.key }) {
            let index = order.place(of: place)
            if index == tallies.count { tallies.append(ClockTally(place)) }
            tallies[index].add(clock)
        }
        figures.clocks = tallies.map(\.figures)
        return figures
    }
}

/// A clock by the names of its stage and of itself.
struct ClockPlace: Hashable, Comparable {
    let stage: ExactText
    let clock: ExactText

    static func < (a: ClockPlace, b: ClockPlace) -> Bool {
        a.stage == b.stage ? a.clock < b.clock : a.stage < b.stage
    }
}

/// Counts the runs of one clock.
private struct ClockTally {
    private var counts: RegimeClockFigures
    /// In milliseconds, in no order.
    private var lengths: [Int64] = []

    init(_ place: ClockPlace) {
        counts = RegimeClockFigures(stage: place.stage.string, clock: place.clock.string)
    }

    mutating func add(_ run: ClockRun) {
        switch run.standing {
        case .within: counts.within += 1
        case .late: counts.late += 1
        case .running: counts.running += 1
        case .dropped: counts.dropped += 1
        }
        if run.isExtended { counts.extended += 1 }
        if run.isWithinExtension { counts.withinExtension += 1 }
        if let metAt = run.metAt { lengths.append(max(0, (metAt - run.from).milliseconds)) }
    }

    mutating func add(_ other: ClockTally) {
        counts.add(other.counts)
        lengths += other.lengths
    }

    var figures: RegimeClockFigures {
        var figures = counts
        let rank = NearestRank(lengths)
        figures.median = rank.percentile(50)
        figures.p90 = rank.percentile(90)
        return figures
    }
}

/// In which order a report has the stages and clocks of a regime: as its last version has them, and what only former ones have
/// after that. Names compare as names do.
private struct RegimeOrder {
    private(set) var stages: [String] = []
    private(set) var clocks: [ClockPlace] = []
    private var placeOfStage: [FoldedName: Int] = [:]
    private var placeOfClock: [[FoldedName]: Int] = [:]

    init(_ regime: Regime?) {
        for stage in regime?.stages ?? [] {
            _ = place(of: ExactText(stage.name))
            for clock in stage.clocks {
                _ = place(of: ClockPlace(stage: ExactText(stage.name), clock: ExactText(clock.name)))
            }
        }
    }

    /// The place of a stage: a new one is the last.
    mutating func place(of name: ExactText) -> Int {
        let folded = FoldedName(name.string)
        if let known = placeOfStage[folded] { return known }
        placeOfStage[folded] = stages.count
        stages.append(name.string)
        return stages.count - 1
    }

    /// The place of a clock: a new one is the last.
    mutating func place(of clock: ClockPlace) -> Int {
        let folded = [FoldedName(clock.stage.string), FoldedName(clock.clock.string)]
        if let known = placeOfClock[folded] { return known }
        placeOfClock[folded] = clocks.count
        clocks.append(clock)
        return clocks.count - 1
    }
}
