/// Counts the concessions of one group of the report on them.
package struct ConcessionTally: EntryTally {
    private var counts = ConcessionFigures()
    private var given = MoneySums()
    private var asked = MoneySums()

    package init() {}

    /// Counts a concession.
    package mutating func count(_ fact: ConcessionFact) {
        counts.concessions += 1
        switch fact.state {
        case .granted: counts.granted += 1
        case .pending: counts.pending += 1
        case .approved: counts.approved += 1
        case .refused: counts.refused += 1
        }
        if fact.isUnderThreat { counts.underThreat += 1 }
        if fact.isAboveLimit { counts.aboveLimit += 1 }
        if fact.isDecidedByOneself { counts.byOneself += 1 }
        if fact.state.isGiven { given.add(fact.money) }
        asked.add(fact.money)
    }

    /// Adds what another group counted.
    package mutating func add(_ other: ConcessionTally) {
        counts.concessions += other.counts.concessions
        counts.granted += other.counts.granted
        counts.pending += other.counts.pending
        counts.approved += other.counts.approved
        counts.refused += other.counts.refused
        counts.underThreat += other.counts.underThreat
        counts.aboveLimit += other.counts.aboveLimit
        counts.byOneself += other.counts.byOneself
        given.add(other.given)
        asked.add(other.asked)
    }

    /// The counts, with the sums.
    package func figures() -> ConcessionFigures {
        var figures = counts
        figures.given = given.amounts
        figures.asked = asked.amounts
        return figures
    }
}
