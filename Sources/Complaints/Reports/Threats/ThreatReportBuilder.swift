/// Counts threats one by one and makes a report of them. Besides the groups it holds some bytes a threat, for the median.
public struct ThreatReportBuilder {
    private let request: ThreatReportRequest
    private let asOf: Instant
    private var table: ReportTable<ThreatTally>

    /// Counts what is on record at `asOf`.
    public init(_ request: ThreatReportRequest, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        table = ReportTable(request)
    }

    /// Counts a threat. One that was not written down in the range is left out.
    public mutating func add(_ fact: ThreatFact) {
        guard request.contains(fact.recordedAt), fact.recordedAt <= asOf else { return }
        table.add(fact.key(request.groupBy), at: fact.recordedAt) { $0.add(fact) }
    }

    /// What was counted.
    public func report() -> ThreatReport {
        table.report(request, asOf: asOf) { $0.figures() }
    }
}
