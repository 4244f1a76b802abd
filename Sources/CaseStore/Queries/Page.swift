/// Where in a sorted list a page begins: after the row with this sort value and id. Positions stay right while rows
/// come and go.
public struct PageKey: Sendable, Hashable {
    /// The row's value in the sort column, in milliseconds or as a number; nil when it has none (those sort last).
    public let value: Int64?
    /// The row's own id: tells rows with one sort value apart.
    public let id: Int64
    /// What the list is sorted by before its sort value: 0 in most lists.
    public let rank: Int64

    /// The place after that row.
    public init(value: Int64?, id: Int64, rank: Int64 = 0) {
        self.value = value
        self.id = id
        self.rank = rank
    }
}

/// Which part of a list is wanted.
public struct PageRequest: Sendable, Hashable {
    /// How many items at most.
    public var limit: Int
    /// The `next` of the page before; nil for the first page.
    public var after: PageKey?
    /// Whether to count the whole list; pages after the first of a stream don't need it.
    public var counts: Bool

    /// The first `limit` items after `after`.
    public init(limit: Int, after: PageKey? = nil, counts: Bool = true) {
        self.limit = limit
        self.after = after
        self.counts = counts
    }
}

/// A part of a list.
public struct Page<Item: Sendable>: Sendable {
    /// Counting stops here, so that a page of a huge list costs no more than one of a long list.
    public static var totalCap: Int { 10_000 }

    /// In the list's order; empty past its end.
    public let items: [Item]
    /// Where the next page begins; nil at the end.
    public let next: PageKey?
    /// How many items the whole list has, exact up to `totalCap`; nil when not counted.
    public let total: Int?
    /// Whether there are more than `total`.
    public let totalIsCapped: Bool

    /// A page as it was read.
    public init(items: [Item], next: PageKey?, total: Int?, totalIsCapped: Bool) {
        self.items = items
        self.next = next
        self.total = total
        self.totalIsCapped = totalIsCapped
    }
}
