/// How long a server waits for whom.
public struct ServerTimeouts: Sendable, Hashable {
    /// From the first byte of a request's head to its last; past it 408.
    public var header = Duration.seconds(10)
    /// How a body must arrive; slower is 408.
    public var body = Pace(grace: .seconds(10), bytesPerSecond: 512)
    /// A connection without a request.
    public var idle = Duration.seconds(60)
    /// How the peer must take its answers; slower, and the connection is closed.
    public var write = Pace(grace: .seconds(30), bytesPerSecond: 512)
    /// After the last answer, for the peer to finish sending and read it, so that it sees the answer and not a
    /// reset.
    public var linger = Duration.seconds(5)
    /// A request for which there is no memory; past it 503.
    public var memory = Duration.seconds(10)
    /// From `shutdown` until what is left is closed.
    public var drain = Duration.seconds(25)
    /// While draining, how long a connection may have been idle before it is closed. Short, but long enough that
    /// a request on its way is not cut off.
    public var drainIdle = Duration.milliseconds(250)

    /// The defaults.
    public init() {}
}
