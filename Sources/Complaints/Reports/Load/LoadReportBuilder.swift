/// Counts observations and promises one by one and makes a report of them. Besides the groups it holds the ids of hard
/// cases.
public struct LoadReportBuilder {
    private let request: LoadReportRequest
    private let asOf: Instant
    private var table: ReportTable<LoadTally>

    /// Counts promises in the state they have at `asOf`.
    public init(_ request: LoadReportRequest, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        table = ReportTable(request)
    }

    /// Counts an observation, each after those recorded before it. One that is not of the range is left out.
    public mutating func add(_ fact: MoodFact) {
        guard request.contains(fact.recordedAt), fact.recordedAt <= asOf else { return }
        table.add(fact.key, at: fact.recordedAt) { $0.add(fact) }
    }

    /// Counts a promise from the desk to the customer that is unsettled at `asOf`, whenever it is due.
    public mutating func addUnsettled(key: String?, dueAt: Instant) {
        table.add(key, at: dueAt) { [asOf] in $0.add(.unsettled(dueAt: dueAt, at: asOf)) }
    }

    /// Looks at what became of a promise from the desk to the customer. One that is not due in the range, or was kept to
    /// so far, is left out.
    public mutating func add(_ fact: PromiseFact, of caseID: Int64) {
        guard request.contains(fact.dueAt), fact.wasEverBroken(at: asOf) else { return }
        table.add(fact.key, at: fact.dueAt) { $0.add(hardCase: caseID) }
    }

    /// What was counted. `isDebriefed` is asked once for each hard case.
    public func report(isDebriefed: (Int64) throws -> Bool) rethrows -> LoadReport {
        let debriefed = try Set(table.tallies.flatMap(\.hardCases)).filter(isDebriefed)
        return table.report(request, asOf: asOf) { $0.figures(debriefed: debriefed) }
    }
}
