import Glibc

/// All that can be set about a server. Every bound has a default that suits a small machine.
public struct ServerConfiguration: Sendable {
    /// Where to listen.
    public var listen: ListenAddress
    /// Loops, each a queue with its own state; one a core by default.
    public var loops = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// How much of a request is taken.
    public var limits = ParserLimits()
    /// How long is waited for whom.
    public var timeouts = ServerTimeouts()

    /// Connections open at once; past it a new one gets 503 and is closed. Lowered at start to what the
    /// descriptor limit allows.
    public var connections = 16_384
    /// What it is lowered to at least.
    public static let leastConnections = 16
    /// Connections open at once from one address, or user at a Unix socket; past it a new one gets 503. nil: 1,024 for an address
    /// elsewhere, and no bound but `connections` for this machine, where a proxy speaks for many.
    public var connectionsPerPeer: Int?
    /// Requests of one connection that may wait for answers; past it the connection is not read.
    public var pipelinedRequests = 16
    /// Bytes of answers waiting for one connection's peer, past which no more of its requests are taken. The system
    /// is asked to hold no more than that for it either.
    public var unsentBytes = 256 * 1024
    /// What all connections may make the server hold. Servers of one process share it.
    public var memory = MemoryAccount()
    /// Connections that the system may hold ready before they are accepted (listen(2)).
    public var backlog: Int32 = 4096

    /// The defaults, at an address.
    public init(listen: ListenAddress) {
        self.listen = listen
    }

    static let defaultConnectionsPerRemotePeer = 1024
}
