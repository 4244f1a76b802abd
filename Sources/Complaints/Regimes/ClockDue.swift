/// When a clock of a regime is due, and how that was counted.
public struct ClockDue: Sendable, Hashable {
    /// When it is due.
    public let instant: Instant
    /// How that was counted, as a desk would read it out, and by what: the regime with its version, the clock, the dates, and the
    /// calendar with its version.
    public let explained: String

    /// A due as it was counted.
    public init(instant: Instant, explained: String) {
        self.instant = instant
        self.explained = explained
    }
}
