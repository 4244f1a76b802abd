import Complaints

/// Sees that the pages of a list lead to its end: each begins beyond the one before, in the direction that the first two
/// have. A list that came back to where it was would never end.
public struct PageProgress: Sendable {
    private let order: PageOrder
    private var last: PageKey?
    private var isDescending: Bool?

    /// - Parameters:
    ///   - start: what the first page comes after; nil for the beginning.
    ///   - order: the list's.
    public init(after start: PageKey?, in order: PageOrder) {
        self.order = order
        last = start
        isDescending = order.isDescending
    }

    /// Goes on to what comes after `key`.
    ///
    /// - Throws: `StoreError.failed` when that is not beyond where the list was.
    public mutating func advance(to key: PageKey) throws(StoreError) {
        if let last, order.rank(last) != order.rank(key) {
            guard order.rank(last) < order.rank(key) else {
                throw .failed("a list does not go on: after \(last) comes \(key)")
            }
        } else if let last {
            let isBelow = order.sorts(key, before: last)
            guard key != last, isBelow == isDescending ?? isBelow else {
                throw .failed("a list does not go on: after \(last) comes \(key)")
            }
            isDescending = isBelow
        }
        last = key
    }
}

extension PageKey {
    /// Whether a row can have it: sort values are instants, and ids are counted from 1. Whatever is read from a text that
    /// a client sends is held to that.
    public var isPossible: Bool {
        let instants = Instant.earliest.milliseconds...Instant.latest.milliseconds
        return id >= 1 && (0...2).contains(rank) && value.map(instants.contains) ?? true
    }
}
