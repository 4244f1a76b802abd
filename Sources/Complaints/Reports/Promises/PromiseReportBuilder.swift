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

    /// Counts a promise from the desk to the customer, where it is due in the range; and the chain that ends with it, where
    /// that was to be kept first in the range.
    public mutating func add(_ fact: PromiseFact) {
        if request.contains(due: fact.dueAt) {
            table.add(fact.key, at: fact.dueAt.lastBeforeDue) { [asOf] in $0.add(fact, asOf: asOf) }
        }
        if fact.successor == nil, request.contains(due: fact.originalDueAt),
            let isKept = fact.isChainKept(at: asOf)
        {
            table.add(fact.key, at: fact.originalDueAt.lastBeforeDue) { $0.addChain(isKept: isKept) }
        }
    }

    /// What was counted.
    public func report() -> PromiseReport {
        table.report(request, asOf: asOf) { $0.figures() }
    }
}
