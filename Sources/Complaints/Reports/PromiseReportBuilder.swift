/// Counts promises one by one and makes a report of them. Besides the groups it holds some bytes a promise, for the
/// percentiles.
public struct PromiseReportBuilder {
    private let request: PromiseReportRequest
    private let asOf: Instant
    private var calendar: ReportCalendar?
    private var tallies: [PromiseTally] = []
    /// Which tally counts a day, week or month; by its first day.
    private var tallyOfPeriod: [Int: Int] = [:]
    /// Which tally counts a key; by every spelling met.
    private var tallyOfKey: [String?: Int] = [:]
    /// Which tally counts a key; by its spelling in lower case. Names compare without case.
    private var tallyOfFoldedKey: [String?: Int] = [:]

    /// Counts promises in the state they have at `asOf`.
    public init(_ request: PromiseReportRequest, asOf: Instant) {
        self.request = request
        self.asOf = asOf
        calendar = ReportCalendar(request.groupBy, in: request.timeZone)
    }

    /// Counts a promise from the desk to the customer. One that is not due in the range is left out.
    public mutating func add(_ fact: PromiseFact) {
        guard fact.dueAt >= request.from, fact.dueAt < request.to else { return }
        let index: Int
        if let firstDay = calendar?.firstDay(of: fact.dueAt) {
            index = tallyOfPeriod.tally(of: firstDay, in: &tallies)
        } else if let known = tallyOfKey[fact.key] {
            index = known
        } else {
            index = tallyOfFoldedKey.tally(of: fact.key?.lowercased(), in: &tallies)
            tallyOfKey[fact.key] = index
        }
        tallies[index].add(fact, asOf: asOf)
    }

    /// What was counted.
    public func report() -> PromiseReport {
        var total = PromiseTally()
        for tally in tallies { total.add(tally) }
        return PromiseReport(
            request: request, asOf: asOf,
            groups: sortedKeys().map { PromiseReport.Group(key: $0.key, figures: tallies[$0.tally].figures()) },
            total: total.figures())
    }

    /// The keys of the tallies, in order; of several spellings of a name the first one in order.
    private func sortedKeys() -> [(key: String?, tally: Int)] {
        if let calendar {
            return tallyOfPeriod.sorted { $0.key < $1.key }
                .map { (calendar.name(ofPeriodFrom: $0.key), $0.value) }
        }
        var spellings: [Int: String] = [:]
        for case (let spelling?, let tally) in tallyOfKey {
            spellings[tally] = min(spellings[tally] ?? spelling, spelling)
        }
        let named = tallyOfFoldedKey.compactMap { folded, tally in folded.map { (folded: $0, tally: tally) } }
        let unnamed = tallyOfFoldedKey[nil].map { [(key: nil as String?, tally: $0)] } ?? []
        return named.sorted { $0.folded < $1.folded }.map { (key: spellings[$0.tally], tally: $0.tally) } + unnamed
    }
}

extension Dictionary where Value == Int {
    /// The index of the tally that counts a key; a new one's at its first time.
    fileprivate mutating func tally(of key: Key, in tallies: inout [PromiseTally]) -> Int {
        if let index = self[key] { return index }
        tallies.append(PromiseTally())
        self[key] = tallies.count - 1
        return tallies.count - 1
    }
}
