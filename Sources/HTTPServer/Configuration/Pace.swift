/// The slowest that a transfer may be: some time at first, and more with every byte that passes.
public struct Pace: Sendable, Hashable {
    /// Before any byte has passed.
    public var grace: Duration
    /// At least 1.
    public var bytesPerSecond: Int

    /// - Precondition: the speed is positive.
    public init(grace: Duration, bytesPerSecond: Int) {
        precondition(bytesPerSecond > 0, "A pace needs a speed.")
        self.grace = grace
        self.bytesPerSecond = bytesPerSecond
    }
}
