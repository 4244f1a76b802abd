/// Counts the threats of one group of the report on them.
package struct ThreatTally: EntryTally {
    private var counts = ThreatFigures()
    private var stakes = MoneySums()
    /// In milliseconds, in no order.
    private var waits: [Int64] = []

    package init() {}

    /// Counts a threat.
    package mutating func count(_ fact: ThreatFact) {
        counts.threats += 1
        switch fact.verdict {
        case nil: counts.unassessed += 1
        case .credible: counts.credible += 1
        case .unfounded: counts.unfounded += 1
        case .unknown: counts.unknown += 1
        }
        if fact.isAssessedByOneself { counts.byOneself += 1 }
        if let stake = fact.stake { stakes.add(stake) }
        if let assessedAt = fact.assessedAt { waits.append((assessedAt - fact.recordedAt).milliseconds) }
    }

    /// Adds what another group counted.
    package mutating func add(_ other: ThreatTally) {
        counts.threats += other.counts.threats
        counts.unassessed += other.counts.unassessed
        counts.credible += other.counts.credible
        counts.unfounded += other.counts.unfounded
        counts.unknown += other.counts.unknown
        counts.byOneself += other.counts.byOneself
        stakes.add(other.stakes)
        waits += other.waits
    }

    /// The counts, with the sums and the median.
    package func figures() -> ThreatFigures {
        var figures = counts
        figures.valueAtStake = stakes.amounts
        figures.assessmentSecondsMedian = NearestRank(waits).percentile(50)?.wholeSeconds
        return figures
    }
}
