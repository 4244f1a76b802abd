/// What counts one group of a report.
package protocol ReportTally {
    /// Nothing was counted yet.
    init()

    /// Adds what another group counted.
    mutating func add(_ other: Self)
}

/// The groups of a report while it is counted. Besides these it holds nothing.
struct ReportTable<Tally: ReportTally> {
    private var calendar: ReportCalendar?
    private(set) var tallies: [Tally] = []
    /// Which tally counts a day, week or month; by its first day.
    private var tallyOfPeriod: [Int: Int] = [:]
    /// Which tally counts a key; by every spelling met.
    private var tallyOfKey: [ExactText?: Int] = [:]
    /// Which tally counts a key; as names compare.
    private var tallyOfFoldedKey: [FoldedName?: Int] = [:]

    /// No group yet.
    init(_ request: ReportRequest<some ReportGrouping>) {
        calendar = request.groupBy.period.map { ReportCalendar($0, in: request.timeZone) }
    }

    /// Lets `count` count in the group of the key, or of the instant where the report groups by time.
    mutating func add(_ key: String?, at instant: Instant, _ count: (inout Tally) -> Void) {
        let index: Int
        let key = key.map { ExactText($0) }
        if let firstDay = calendar?.firstDay(of: instant) {
            index = tallyOfPeriod.tally(of: firstDay, in: &tallies)
        } else if let known = tallyOfKey[key] {
            index = known
        } else {
            index = tallyOfFoldedKey.tally(of: key.map { FoldedName($0.string) }, in: &tallies)
            tallyOfKey[key] = index
        }
        count(&tallies[index])
    }

    /// The report, each group and all of them as one by `figures`.
    func report<Grouping, Figures>(
        _ request: ReportRequest<Grouping>, asOf: Instant,
        ranking comesFirst: ((Report<Grouping, Figures>.Group, Report<Grouping, Figures>.Group) -> Bool)? = nil,
        _ figures: (Tally) -> Figures
    ) -> Report<Grouping, Figures> {
        var total = Tally()
        for tally in tallies { total.add(tally) }
        return Report(
            request: request, asOf: asOf,
            groups: groups({ Report<Grouping, Figures>.Group(key: $0, figures: figures($1)) }, ranking: comesFirst),
            total: figures(total))
    }

    /// All groups: periods in order of time, all others as `ranking` has them where it tells two apart, else by key. The
    /// one without a key is the last; of several spellings of a name the key is the first one in order.
    private func groups<Group>(
        _ group: (String?, Tally) -> Group, ranking comesFirst: ((Group, Group) -> Bool)?
    ) -> [Group] {
        if let calendar {
            return tallyOfPeriod.sorted { $0.key < $1.key }
                .map { group(calendar.name(ofPeriodFrom: $0.key), tallies[$0.value]) }
        }
        var spellings: [Int: ExactText] = [:]
        for case (let spelling?, let tally) in tallyOfKey {
            spellings[tally] = min(spellings[tally] ?? spelling, spelling)
        }
        var named = tallyOfFoldedKey.compactMap { folded, tally in
            folded.map { (folded: $0, group: group(spellings[tally]?.string, tallies[tally])) }
        }
        named.sort { a, b in
            if let comesFirst {
                if comesFirst(a.group, b.group) { return true }
                if comesFirst(b.group, a.group) { return false }
            }
            return a.folded < b.folded
        }
        let unnamed = tallyOfFoldedKey[nil].map { [group(nil, tallies[$0])] } ?? []
        return named.map(\.group) + unnamed
    }
}

extension Dictionary where Value == Int {
    /// The index of the tally that counts a key; a new one's at its first time.
    fileprivate mutating func tally<Tally: ReportTally>(of key: Key, in tallies: inout [Tally]) -> Int {
        if let index = self[key] { return index }
        tallies.append(Tally())
        self[key] = tallies.count - 1
        return tallies.count - 1
    }
}
