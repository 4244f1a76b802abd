/// Counts promises one by one and makes a report of them. Besides the groups it holds some bytes a promise, for the
/// percentiles.
public struct PromiseReportBuilder {
    private let request: PromiseReportRequest
    private let asOf: Instant
    private var table: ReportTable<PromiseTally>

    /// Counts promises in the state they have at `asOf`.
    public init(_ request: PromiseReportRequest, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        table = ReportTable(request)
    }

    /// Counts a promise from the desk to the customer. One that is not due in the range is left out.
    public mutating func add(_ fact: PromiseFact) {
        guard request.contains(fact.dueAt) else { return }
        table.add(fact.key, at: fact.dueAt) { [asOf] in $0.add(fact, asOf: asOf) }
    }

    /// What was counted.
    public func report() -> PromiseReport {
        table.report(request, asOf: asOf) { $0.figures() }
    }
}
