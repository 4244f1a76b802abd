/// Counts the cases under a regime one by one and makes a report of them. Besides the groups it holds lengths of time: one a
/// settled case, and one a clock that was met.
public struct RegimeReportBuilder {
    private let request: RegimeReportRequest
    private let asOf: Instant
    private let regime: Regime?
    private var table: ReportTable<RegimeTally>

    /// Counts what is on record at `asOf`.
    ///
    /// - Parameter regime: the last version of the request's; nil where there is no such regime.
    public init(_ request: RegimeReportRequest, of regime: Regime?, asOf: Instant) {
        self.request = request
        self.regime = regime
        self.asOf = asOf
        table = ReportTable(request)
    }

    /// Counts a case. One that was not received, or settled, in the range is left out.
    ///
    /// - Parameter timetable: the version of the regime that was chosen for a stage, by its calendar as it was on record at an
    ///   instant.
    public mutating func add(
        _ fact: RegimeCaseFact, timetable: (CaseStage, Instant) throws -> RegimeTimetable?
    ) rethrows {
        let date: Instant? =
            switch request.by {
            case .received: fact.receivedAt
            case .settled: fact.resolvedAt
            }
        guard let date, request.contains(date), fact.openedAt <= asOf, let name = request.regime else { return }
        let own = fact.stages.filter { $0.regime.isExactly(name) }
        let runs = try own.map { stage in try fact.runs(of: stage, at: asOf) { try timetable(stage, $0) } }
        table.add(fact.key(request.groupBy, stages: own), at: date) { [asOf] in
            $0.add(fact, own: own, runs: runs, at: asOf)
        }
    }

    /// What was counted.
    public func report() -> RegimeReport {
        table.report(request, asOf: asOf) { [regime] in $0.figures(of: regime) }
    }
}
