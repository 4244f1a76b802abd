/// Who is at the other end of a connection.
public struct PeerAddress: Sendable, Hashable {
    /// Numeric host, without port or brackets: `127.0.0.1`, `::1`.
    public let host: String
    /// Whether the peer is on this machine's loopback interface (127.0.0.0/8, ::1, or the IPv4-mapped form).
    public let isLoopback: Bool

    /// A peer; the server makes its own, tests may make others.
    public init(host: String, isLoopback: Bool) {
        self.host = host
        self.isLoopback = isLoopback
    }
}
