/// Where a server listens in the end: numeric, with the port that the system chose where 0 was asked for.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    /// Numeric, without brackets.
    public let host: String
    /// Never 0.
    public let port: UInt16
    /// Whether only this machine can reach it.
    public let isLoopback: Bool

    /// Whether a socket can only listen on one of both: they are the same, or one is all addresses, of which `::` has those
    /// of IPv4 too.
    public func collides(with other: BoundAddress) -> Bool {
        port == other.port && (host == other.host || includes(other) || other.includes(self))
    }

    private func includes(_ other: BoundAddress) -> Bool {
        host == "::" || host == "0.0.0.0" && !other.host.contains(":")
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
