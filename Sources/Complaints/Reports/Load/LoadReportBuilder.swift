/// Counts observations and promises one by one and makes a report of them. Besides the groups it holds the ids of hard
/// cases.
public struct LoadReportBuilder {
    private let request: LoadReportRequest
    private let asOf: Instant
    private var table: ReportTable<LoadTally>
    private var days: ReportCalendar

    /// Counts promises in the state they have at `asOf`.
    public init(_ request: LoadReportRequest, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        table = ReportTable(request)
        days = ReportCalendar(.day, in: request.timeZone)
    }

    /// Counts an observation, each after those recorded before it. One that is not of the range is left out.
    public mutating func add(_ fact: MoodFact) {
        guard request.contains(fact.recordedAt), fact.recordedAt <= asOf else { return }
        let day = days.firstDay(of: fact.recordedAt)
        table.add(fact.key, at: fact.recordedAt) { $0.add(fact, onDay: day) }
    }

    /// Counts how a case ended, or that somebody was thanked, as recorded then. What is not of the range is left out.
    public mutating func add(_ outcome: OutcomeFact, key: String?, recordedAt: Instant) {
        guard request.contains(recordedAt), recordedAt <= asOf else { return }
        table.add(key, at: recordedAt) { $0.add(outcome) }
    }

    /// Counts a promise from the desk to the customer that is unsettled at `asOf`, whenever it is due.
    public mutating func addUnsettled(key: String?, dueAt: Instant) {
        table.add(key, at: dueAt.lastBeforeDue) { [asOf] in $0.add(.unsettled(dueAt: dueAt, at: asOf)) }
    }

    /// Looks at what became of a promise from the desk to the customer. One that is not due in the range, or that is not
    /// settled and in good time, is left out.
    public mutating func add(_ fact: PromiseFact, of caseID: Int64) {
        guard request.contains(due: fact.dueAt) else { return }
        if fact.state(at: asOf) == .kept, !fact.isBackdated, !fact.isInstant {
            table.add(fact.key, at: fact.dueAt.lastBeforeDue) { $0.add(.kept) }
        } else if fact.wasEverBroken(at: asOf) {
            table.add(fact.key, at: fact.dueAt.lastBeforeDue) { $0.add(hardCase: caseID) }
        }
    }

    /// What was counted. `isDebriefed` is asked once for each hard case.
    public func report(isDebriefed: (Int64) throws -> Bool) rethrows -> LoadReport {
        let debriefed = try Set(table.tallies.flatMap(\.hardCases)).filter(isDebriefed)
        return table.report(request, asOf: asOf) { $0.figures(debriefed: debriefed) }
    }
}
