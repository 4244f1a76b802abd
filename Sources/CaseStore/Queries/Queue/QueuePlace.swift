import Complaints

/// What a manager's queue has side by side, what has waited longest first: one kind of thing, and of threats those to
/// somebody's safety before all others.
struct QueueRank: Hashable {
    let kind: QueueKind
    var isSafety = false

    /// All of them, in the order of the queue.
    static let all: [QueueRank] = QueueKind.allCases.flatMap { kind in
        kind == .threat ? [QueueRank(kind: kind, isSafety: true), QueueRank(kind: kind)] : [QueueRank(kind: kind)]
    }

    init(kind: QueueKind, isSafety: Bool = false) {
        self.kind = kind
        self.isSafety = isSafety
    }

    /// Of what waits for that reason.
    init(of reason: QueueReason) {
        kind = reason.kind
        if case .threat(.safety, _) = reason { isSafety = true }
    }
}

/// Where an item stands in a manager's queue: by rank, then by how long it has waited, then by the id of its row.
struct QueuePlace {
    let rank: QueueRank
    let since: Int64
    let id: Int64

    /// A key has room for one number besides the instant: the lowest bits of it are the rank's, the others the id's.
    private static let rankBits = 4

    init(rank: QueueRank, since: Instant, id: Int64) {
        self.rank = rank
        self.since = since.milliseconds
        self.id = id
    }

    /// Nil for what is no place of this list: whoever makes up a cursor finds nothing after it.
    init?(_ key: PageKey) {
        let number = Int(Self.number(of: key))
        guard let since = key.value, QueueRank.all.indices.contains(number) else { return nil }
        rank = QueueRank.all[number]
        self.since = since
        id = key.id >> Self.rankBits
    }

    fileprivate static func number(of key: PageKey) -> Int64 { key.id & ((1 << rankBits) - 1) }

    var key: PageKey {
        PageKey(value: since, id: id << Self.rankBits | Int64(QueueRank.all.firstIndex(of: rank) ?? 0))
    }
}

extension PageOrder {
    /// A manager's queue: by rank, then by how long it has waited.
    public static let queue = PageOrder(isDescending: false) { QueuePlace.number(of: $0) }
}
