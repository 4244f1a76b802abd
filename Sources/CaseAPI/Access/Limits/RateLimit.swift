/// How often somebody may come: a bucket of tokens that holds `burst` of them, gets one every `interval`, and gives one
/// away for each request.
public struct RateLimit: Sendable, Hashable {
    /// Nanoseconds.
    let interval: Int64
    let burst: Int64

    /// So many requests every so many seconds in the long run, and `burst` of them at once after a while of silence.
    ///
    /// - Precondition: all three are positive, and an interval is at least a nanosecond long.
    public init(_ requests: Int, perSeconds seconds: Int, burst: Int) {
        precondition(requests > 0 && seconds > 0 && burst > 0, "A limit that lets nothing through is none.")
        interval = Int64(seconds) * 1_000_000_000 / Int64(requests)
        self.burst = Int64(burst)
        precondition(interval > 0, "More than one request a nanosecond is no limit.")
    }
}
