/// The sort order of a list, as far as its keys tell it: which of two rows comes first where it ascends.
public struct PageOrder: Sendable {
    /// What a list is sorted by before everything else; the same for all rows of most lists.
    private let rank: @Sendable (PageKey) -> Int64

    init(rank: @escaping @Sendable (PageKey) -> Int64) {
        self.rank = rank
    }

    /// By the sort value, then by the id.
    public static let byValue = PageOrder { _ in 0 }

    /// Rows without a sort value come last.
    func sorts(_ key: PageKey, before other: PageKey) -> Bool {
        (rank(key), key.value ?? .max, key.id) < (rank(other), other.value ?? .max, other.id)
    }
}
