/// Where a server listens in the end: numeric, with the port that the system chose where 0 was asked for.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    /// Numeric, without brackets.
    public let host: String
    /// Never 0.
    public let port: UInt16
    /// Whether only this machine can reach it.
    public let isLoopback: Bool

    /// `HOST:PORT`, with brackets around IPv6.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
