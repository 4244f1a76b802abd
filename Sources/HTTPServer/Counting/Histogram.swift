/// How often a duration fell between bounds.
public struct Histogram: Sendable, Hashable {
    /// The upper bounds, in nanoseconds, ascending: half a millisecond to ten seconds. What is longer comes last.
    public static let bounds: [Int64] = [
        500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000,
        500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
    ]

    /// How many fell at or under each bound and over the one before; one more than there are bounds.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// All of them together, in nanoseconds.
    public private(set) var sum: Int64 = 0

    /// No duration yet.
    public init() {}

    mutating func add(_ nanoseconds: Int64) {
        var index = 0
        while index < Self.bounds.count, nanoseconds > Self.bounds[index] { index += 1 }
        counts[index] += 1
        sum += nanoseconds
    }

    /// Adds what another has counted.
    public static func += (total: inout Histogram, other: Histogram) {
        for index in total.counts.indices { total.counts[index] += other.counts[index] }
        total.sum += other.sum
    }
}
