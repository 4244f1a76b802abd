/// The sort order of a list, as far as its keys tell it: which of two rows comes first where it ascends.
public struct PageOrder: Sendable {
    /// What a list is sorted by before everything else, always upwards; the same for all rows of most lists.
    let rank: @Sendable (PageKey) -> Int64
    /// Which way the sort values go within a rank; nil for a list that is asked for in either.
    let isDescending: Bool?

    init(isDescending: Bool? = nil, rank: @escaping @Sendable (PageKey) -> Int64) {
        self.rank = rank
        self.isDescending = isDescending
    }

    /// By the rank of the key, which most have none of, then by the sort value, then by the id.
    public static let byValue = PageOrder { $0.rank }

    /// Of two rows of one rank. Rows without a sort value come last.
    func sorts(_ key: PageKey, before other: PageKey) -> Bool {
        (key.value ?? .max, key.id) < (other.value ?? .max, other.id)
    }
}
