import Complaints

/// Where an item stands in a manager's queue: by kind, then by how long it has waited, then by the id of its row.
struct QueuePlace {
    let kind: QueueKind
    let since: Int64
    let id: Int64

    /// A key has room for one number besides the instant: the lowest bits of it are the kind's, the others the id's.
    private static let kindBits = 4

    /// The kinds in their order.
    static let order = QueueKind.allCases

    init(kind: QueueKind, since: Instant, id: Int64) {
        self.kind = kind
        self.since = since.milliseconds
        self.id = id
    }

    /// Nil for what is no place of this list: whoever makes up a cursor finds nothing after it.
    init?(_ key: PageKey) {
        let rank = Int(Self.rank(of: key))
        guard let since = key.value, Self.order.indices.contains(rank) else { return nil }
        kind = Self.order[rank]
        self.since = since
        id = key.id >> Self.kindBits
    }

    fileprivate static func rank(of key: PageKey) -> Int64 { key.id & ((1 << kindBits) - 1) }

    var key: PageKey {
        PageKey(value: since, id: id << Self.kindBits | Int64(Self.order.firstIndex(of: kind) ?? 0))
    }
}

extension PageOrder {
    /// A manager's queue: by kind, then by how long it has waited.
    public static let queue = PageOrder { QueuePlace.rank(of: $0) }
}
