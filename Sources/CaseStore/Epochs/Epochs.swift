/// Epoch (term, generation) of a record, and the highest one that was seen elsewhere: of two services that were each given the
/// same record, as after a failover, the one of the higher epoch takes changes, and the other none.
public struct Epochs: Sendable, Hashable {
    /// Those that there may be: far more than there are ever promotions, and so few that no slip makes one that is the last.
    public static let numbers: ClosedRange<Int64> = 1...1_000_000

    /// The record's own: 1 from its beginning on, and one more with each promotion.
    public let own: Int64
    /// The highest that another service was found to have; nil where none was looked for.
    public let seen: Int64?

    /// That of whoever took over; nil where nobody is known to have.
    public var successor: Int64? { seen.flatMap { $0 > own ? $0 : nil } }

    /// What a promotion makes it: higher than all that is known.
    var next: Int64 { max(own, seen ?? 0) + 1 }
}
