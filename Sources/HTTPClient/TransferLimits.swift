/// How much of this machine the requests that go out may take.
public struct TransferLimits: Sendable, Hashable {
    /// How many are under way at once.
    public var atOnce = 32
    /// How long it may take until there is a connection, in milliseconds.
    public var connectMilliseconds = 5_000
    /// How long all of a request may take, in milliseconds.
    public var milliseconds = 15_000
    /// How many bytes of the head of an answer are read, and how many of its body.
    public var longestAnswer = 65_536
    /// How many bytes of the body are kept, 4,096 at most.
    public var kept = 1_024

    /// As they are unless it is said.
    public init() {}
}
