import Complaints

/// What owners carry, as far as it was counted in a transaction. Many promises of a batch are one owner's and due on one
/// day: the first of them is counted with all that there are, and each further one only adds itself. Whatever else
/// happens to promises makes it forget.
///
/// What is counted depends on
/// - the owner, by the id that stands for all spellings of their name, which is the key;
/// - for what is due, the day and the limit of the count: the day is in the key, and the limit beside the count;
/// - the promises there are: a new one is added, and with any other change all is forgotten, as it is when one is taken
///   back;
/// - the transaction's instant and snapshot: it is kept for one transaction.
struct OwnerCounts {
    private struct Day: Hashable {
        let owner: Int64
        /// Where it begins, by the clocks where they are.
        let start: Instant
    }

    private var records: [Int64: KeptRecord] = [:]
    /// How many are due on a day, and how far that was counted.
    private var due: [Day: (count: Int, limit: Int)] = [:]

    /// Whether nothing was counted yet.
    var isEmpty: Bool { records.isEmpty && due.isEmpty }

    /// What became of what the owner carried; `owner` stands for all spellings of a name.
    mutating func record(of owner: Int64, _ count: () throws -> KeptRecord) rethrows -> KeptRecord {
        if let known = records[owner] { return known }
        let counted = try count()
        records[owner] = counted
        return counted
    }

    /// How many unsettled promises of the owner are due on a day, counted to `limit`.
    mutating func due(
        of owner: Int64, on day: LocalDay, upTo limit: Int, _ count: () throws -> Int
    ) rethrows -> Int {
        let day = Day(owner: owner, start: day.start)
        if let known = due[day], known.limit == limit { return known.count }
        let counted = try count()
        due[day] = (counted, limit)
        return counted
    }

    /// There is a new unsettled promise to a customer.
    mutating func add(_ owner: Int64, dueAt: Instant, on day: LocalDay, now: Instant) {
        if dueAt < now { records[owner]?.overdue += 1 }
        let day = Day(owner: owner, start: day.start)
        if let known = due[day] { due[day] = (min(known.count + 1, known.limit), known.limit) }
    }

    /// Something else has changed.
    mutating func forget() {
        records.removeAll()
        due.removeAll()
    }
}
