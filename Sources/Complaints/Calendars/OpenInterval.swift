/// A span of opening hours by the clocks on the wall, from one minute of a day to another.
public struct OpenInterval: Sendable, Hashable {
    /// Minutes after 00:00 of the day that it belongs to: 0 to 1,439.
    public let opens: Int
    /// Minutes after 00:00 of that day, past 1,440 for one that ends on the next: later than `opens`, at most by a day.
    public let closes: Int

    /// Minutes of a day by clocks on the wall.
    public static let day = 1440

    /// From one minute of a day to another, up to 1,440 (`24:00`); one that ends before it begins, or as it does, passes
    /// midnight. Nil when a minute is none of a day.
    public init?(opens: Int, closes: Int) {
        guard (0..<Self.day).contains(opens), (0...Self.day).contains(closes) else { return nil }
        self.opens = opens
        self.closes = closes > opens ? closes : closes + Self.day
    }

    /// How many minutes the clocks on the wall go on in it.
    public var length: Int { closes - opens }
}
