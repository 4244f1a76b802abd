/// Where a server listens in the end: numeric, with the port that the system chose where 0 was asked for.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    public let host: String
    public let port: UInt16
    /// Whether only this machine can reach it.
    public let isLoopback: Bool

    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
