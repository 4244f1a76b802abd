/// Counts concessions one by one and makes a report of them. Besides the groups it holds nothing.
public struct ConcessionReportBuilder {
    private let request: ConcessionReportRequest
    private let asOf: Instant
    private var table: ReportTable<ConcessionTally>

    /// Counts what is on record at `asOf`.
    public init(_ request: ConcessionReportRequest, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        table = ReportTable(request)
    }

    /// Counts a concession. One that was not written down in the range is left out.
    public mutating func add(_ fact: ConcessionFact) {
        guard request.contains(fact.recordedAt), fact.recordedAt <= asOf else { return }
        table.add(fact.key(request.groupBy), at: fact.recordedAt) { $0.add(fact) }
    }

    /// What was counted.
    public func report() -> ConcessionReport {
        table.report(request, asOf: asOf) { $0.figures() }
    }
}
