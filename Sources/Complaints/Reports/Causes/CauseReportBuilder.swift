/// Counts lessons one by one and makes a report of them. Besides the groups it holds the ids of cases.
public struct CauseReportBuilder {
    private let request: CauseReportRequest
    private let asOf: Instant
    private var table: ReportTable<CauseTally>

    /// Counts what is on record at `asOf`.
    public init(_ request: CauseReportRequest, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        table = ReportTable(request)
    }

    /// Counts a lesson. One that was not written down in the range is left out.
    public mutating func add(_ fact: LessonFact) {
        guard request.contains(fact.recordedAt), fact.recordedAt <= asOf else { return }
        table.add(fact.key(request.groupBy), at: fact.recordedAt) { $0.add(fact) }
    }

    /// What was counted: the most cases first, then the most broken promises.
    public func report() -> CauseReport {
        table.report(
            request, asOf: asOf,
            ranking: { a, b in
                (a.figures.cases, a.figures.brokenPromises) > (b.figures.cases, b.figures.brokenPromises)
            }
        ) { $0.figures() }
    }
}
