/// What a report counts of one entry of a log.
package protocol EntryFact: Sendable {
    associatedtype Grouping: ReportGrouping
    associatedtype Tally: EntryTally where Tally.Fact == Self

    /// The stamp of the entry.
    var recordedAt: Instant { get }

    /// What the report groups by; of no account for days, weeks and months.
    func key(_ grouping: Grouping) -> String?
}

/// What counts the entries of one group of a report.
package protocol EntryTally: ReportTally {
    associatedtype Fact
    associatedtype Figures: Sendable & Hashable

    /// Which of two groups stands first; nil where that goes by their keys alone.
    static var ranking: ((Figures, Figures) -> Bool)? { get }

    /// Counts an entry.
    mutating func count(_ fact: Fact)

    /// The columns of the report.
    func figures() -> Figures
}

extension EntryTally {
    package static var ranking: ((Figures, Figures) -> Bool)? { nil }
}

/// Counts entries of a log one by one and makes a report of them. Besides the groups it holds what their tallies say.
package struct EntryReportBuilder<Fact: EntryFact> {
    private let request: ReportRequest<Fact.Grouping>
    private let asOf: Instant
    private var table: ReportTable<Fact.Tally>

    /// Counts what is on record at `asOf`.
    package init(_ request: ReportRequest<Fact.Grouping>, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        table = ReportTable(request)
    }

    /// Counts an entry. One that was not written down in the range is left out.
    package mutating func add(_ fact: Fact) {
        guard request.contains(fact.recordedAt), fact.recordedAt <= asOf else { return }
        table.add(fact.key(request.groupBy), at: fact.recordedAt) { $0.count(fact) }
    }

    /// What was counted.
    package func report() -> Report<Fact.Grouping, Fact.Tally.Figures> {
        table.report(
            request, asOf: asOf, ranking: Fact.Tally.ranking.map { first in { first($0.figures, $1.figures) } }
        ) { $0.figures() }
    }
}
