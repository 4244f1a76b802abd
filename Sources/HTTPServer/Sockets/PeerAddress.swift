/// Who is at the other end of a connection.
public struct PeerAddress: Sendable, Hashable {
    /// Numeric host, without port or brackets: `127.0.0.1`, `::1`.
    public let host: String
    /// Whether the peer is on this machine's loopback interface (127.0.0.0/8, ::1, or the IPv4-mapped form).
    public let isLoopback: Bool
    /// The host as a number; nil for one that is none.
    public let address: IPAddress?

    /// A peer; the server makes its own, tests may make others.
    public init(host: String, isLoopback: Bool) {
        self.host = host
        self.isLoopback = isLoopback
        // A link-local address may have a zone, which tells interfaces of this machine apart.
        address = IPAddress(host.prefix { $0 != "%" })
    }

    /// The peer at that address.
    public init(_ address: IPAddress) {
        host = address.text
        isLoopback = address.isLoopback
        self.address = address
    }
}
