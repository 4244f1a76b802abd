/// Where a server listens in the end: numeric, with the port that the system chose where 0 was asked for.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    /// Numeric, without brackets.
    public let host: String
    /// Never 0.
    public let port: UInt16
    /// Whether only this machine can reach it.
    public let isLoopback: Bool

    /// Whether only one of both can be listened on: they are the same, or one is every address of this machine.
    public func collides(with other: BoundAddress) -> Bool {
        let everywhere = ["0.0.0.0", "::"]
        return port == other.port
            && (host == other.host || everywhere.contains(host) || everywhere.contains(other.host))
    }

    /// `HOST:PORT`, with brackets around IPv6.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

extension BoundAddress {
    init(_ address: SocketAddress) {
        self.init(host: address.host, port: address.port, isLoopback: address.isLoopback)
    }
}
