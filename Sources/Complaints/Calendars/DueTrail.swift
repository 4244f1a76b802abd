/// What was gone through on the way to a due, date by date, put together so that it stays short: the first and the last
/// dates, special days between them, and what is ordinary in one.
struct DueTrail {
    /// A date, or several.
    struct Entry {
        var first: Int
        var last: Int
        /// Open time that was taken, in milliseconds.
        var taken: Int64 = 0
        /// How many of the dates are open.
        var open = 0
        /// How many are special.
        var special = 0
        /// Up to when open time had been taken before.
        var cursor = Instant.earliest

        var isOneDate: Bool { first == last }
    }

    /// Up to here; the last ones are in `ending`.
    private var settled: [Entry] = []
    private var ending: [Entry] = []

    /// How many dates stand for themselves at the beginning, and at the end.
    private static let detailed = 7
    /// How many wait to be put together, so that it is not done one by one.
    private static let waiting = 64
    /// How many entries there are at most before special days are put together, too.
    private static let most = 48

    /// All of it, in order.
    var entries: [Entry] {
        var trail = self
        trail.settle(allBut: Self.detailed)
        return trail.settled + trail.ending
    }

    mutating func add(_ entry: Entry) {
        ending.append(entry)
        if ending.count >= Self.detailed + Self.waiting { settle(allBut: Self.detailed) }
    }

    /// Whole weeks of which one is as the other.
    mutating func add(weeks entry: Entry) {
        settle(allBut: 0)
        settle(entry)
    }

    private mutating func settle(allBut count: Int) {
        guard ending.count > count else { return }
        for entry in ending.dropLast(count) { settle(entry) }
        ending.removeFirst(ending.count - count)
    }

    private mutating func settle(_ entry: Entry) {
        guard settled.count >= Self.detailed, let last = settled.last, entry.special == 0 || settled.count >= Self.most,
            last.special == 0 || settled.count >= Self.most
        else { return settled.append(entry) }
        settled[settled.count - 1] = Entry(
            first: last.first, last: entry.last, taken: last.taken + entry.taken, open: last.open + entry.open,
            special: last.special + entry.special)
    }
}
