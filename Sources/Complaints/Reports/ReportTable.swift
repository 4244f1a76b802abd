/// The groups of a report while it is counted. Besides these it holds nothing.
struct ReportTable<Tally> {
    private var calendar: ReportCalendar?
    private let empty: Tally
    private(set) var tallies: [Tally] = []
    /// Which tally counts a day, week or month; by its first day.
    private var tallyOfPeriod: [Int: Int] = [:]
    /// Which tally counts a key; by every spelling met.
    private var tallyOfKey: [String?: Int] = [:]
    /// Which tally counts a key; by its spelling in lower case. Names compare without case.
    private var tallyOfFoldedKey: [String?: Int] = [:]

    /// No group yet; each begins with `empty`.
    init(_ request: ReportRequest<some ReportGrouping>, empty: Tally) {
        self.empty = empty
        calendar = ReportCalendar(request.groupBy.period, in: request.timeZone)
    }

    /// Lets `count` count in the group of the key, or of the instant where the report groups by time.
    mutating func add(_ key: String?, at instant: Instant, _ count: (inout Tally) -> Void) {
        let index: Int
        if let firstDay = calendar?.firstDay(of: instant) {
            index = tallyOfPeriod.tally(of: firstDay, in: &tallies, empty)
        } else if let known = tallyOfKey[key] {
            index = known
        } else {
            index = tallyOfFoldedKey.tally(of: key?.lowercased(), in: &tallies, empty)
            tallyOfKey[key] = index
        }
        count(&tallies[index])
    }

    /// All groups: periods in order of time, all others as `ranking` has them where it tells two apart, else by key. The
    /// one without a key is the last; of several spellings of a name the key is the first one in order.
    func groups<Group>(
        _ group: (String?, Tally) -> Group, ranking comesFirst: ((Group, Group) -> Bool)? = nil
    ) -> [Group] {
        if let calendar {
            return tallyOfPeriod.sorted { $0.key < $1.key }
                .map { group(calendar.name(ofPeriodFrom: $0.key), tallies[$0.value]) }
        }
        var spellings: [Int: String] = [:]
        for case (let spelling?, let tally) in tallyOfKey {
            spellings[tally] = min(spellings[tally] ?? spelling, spelling)
        }
        var named = tallyOfFoldedKey.compactMap { folded, tally in
            folded.map { (folded: $0, group: group(spellings[tally], tallies[tally])) }
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
    fileprivate mutating func tally<Tally>(of key: Key, in tallies: inout [Tally], _ empty: Tally) -> Int {
        if let index = self[key] { return index }
        tallies.append(empty)
        self[key] = tallies.count - 1
        return tallies.count - 1
    }
}
