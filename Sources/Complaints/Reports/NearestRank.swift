/// Percentiles by nearest rank: always a value that was there, never one in between.
struct NearestRank {
    private let sorted: [Int64]

    /// Ranks lengths of time in milliseconds.
    init(_ milliseconds: [Int64]) {
        sorted = milliseconds.sorted()
    }

    /// The least value that at least `percent` of all values do not exceed; nil without a value.
    ///
    /// - Precondition: `percent` is from 1 to 100.
    func percentile(_ percent: Int) -> ElapsedTime? {
        precondition((1...100).contains(percent), "a percentile is from 1 to 100")
        guard !sorted.isEmpty else { return nil }
        let rank = (sorted.count * percent + 99) / 100
        return ElapsedTime(milliseconds: sorted[rank - 1])
    }
}
