/// Where a server listens in the end: numeric, with the port that the system chose where 0 was asked for.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    /// Numeric, without brackets; nothing for a Unix socket.
    public let host: String
    /// Never 0 but for a Unix socket.
    public let port: UInt16
    /// Of a Unix socket.
    public let path: String?
    /// Whether only this machine can reach it.
    public let isLoopback: Bool

    init(host: String, port: UInt16, isLoopback: Bool) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback
        path = nil
    }

    /// The Unix socket there, which only this machine can reach.
    init(path: String) {
        host = ""
        port = 0
        isLoopback = true
        self.path = path
    }

    /// Whether a socket can only listen on one of both: they are the same, or one is all addresses, of which `::` has those
    /// of IPv4 too.
    public func collides(with other: BoundAddress) -> Bool {
        if path != nil || other.path != nil { return path == other.path }
        return port == other.port && (host == other.host || includes(other) || other.includes(self))
    }

    private func includes(_ other: BoundAddress) -> Bool {
        host == "::" || host == "0.0.0.0" && !other.host.contains(":")
    }

    /// `HOST:PORT`, with brackets around IPv6, or `unix:PATH`.
    public var description: String {
        if let path { return UnixAddress.prefix + path }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

extension BoundAddress {
    init(_ address: SocketAddress) {
        self.init(host: address.host, port: address.port, isLoopback: address.isLoopback)
    }
}
