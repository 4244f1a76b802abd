/// Who is at the other end of a connection.
public struct PeerAddress: Sendable, Hashable {
    /// Numeric host, without port or brackets: `127.0.0.1`, `::1`; `unix:1000` for a process of that user at a Unix socket.
    public let host: String
    /// Whether the peer is on this machine: at its loopback interface (127.0.0.0/8, ::1, or the IPv4-mapped form), or at a
    /// Unix socket.
    public let isLoopback: Bool
    /// The host as a number; nil for one that is none.
    public let address: IPAddress?
    /// Whether the peer is at a Unix socket.
    public let isUnix: Bool
    /// The number of the user at a Unix socket; nil for nobody.
    let userID: UInt32?

    /// A peer; the server makes its own, tests may make others.
    public init(host: String, isLoopback: Bool) {
        self.host = host
        self.isLoopback = isLoopback
        isUnix = false
        userID = nil
        // A link-local address may have a zone, which tells interfaces of this machine apart.
        address = IPAddress(host.prefix { $0 != "%" })
    }

    /// The peer at that address.
    public init(_ address: IPAddress) {
        host = address.text
        isLoopback = address.isLoopback
        self.address = address
        isUnix = false
        userID = nil
    }

    /// A process of that user, or nobody's, at a Unix socket.
    public init(unixUserID userID: UInt32?) {
        host = UnixAddress.prefix + (userID.map(String.init) ?? "nobody")
        isLoopback = true
        address = nil
        isUnix = true
        self.userID = userID
    }

    /// Who is counted as one: a customer of a network (`IPAddress.network`), a user at a Unix socket. Of different kinds
    /// none is the other's.
    public var network: UInt64 {
        if isUnix { return 1 << 48 | UInt64(userID ?? .max) }
        return address?.network ?? 0
    }
}
