import CSocketDiag
import Synchronization

/// The process at the other end of a connection within this machine, known by its user. The system is asked once a
/// connection, when somebody wants to know.
public final class PeerProcess: Sendable {
    /// Not asked yet; else a user's number, or nobody.
    private static let unasked: UInt64 = 1 << 33
    private static let nobody: UInt64 = 1 << 32

    private let ends: ConnectionEnds?
    /// When the connection was there.
    private let time = MonotonicTime.now()
    private let known: Atomic<UInt64>

    /// A process of that user, or nobody's; for tests, as the server makes its own.
    public init(userID: UInt32?) {
        ends = nil
        known = Atomic(userID.map(UInt64.init) ?? Self.nobody)
    }

    /// The peer of a connected socket.
    init(connection descriptor: Int32) {
        ends = ConnectionEnds(descriptor: descriptor)
        known = Atomic(ends == nil ? Self.nobody : Self.unasked)
    }

    /// The user who connected to a Unix socket (SO_PEERCRED, unix(7)), in this process's user namespace; nil for nobody.
    static func userID(atUnixPeerOf descriptor: Int32) -> UInt32? {
        var userID: UInt32 = 0
        return csocketdiag_peer(descriptor, &userID) == 0 ? userID : nil
    }

    /// The number of the user who has the peer's socket, in this process's user namespace. Nil for nobody: no process
    /// has the socket any more, or the system does not tell of it. Takes some microseconds the first time.
    public var userID: UInt32? {
        var value = known.load(ordering: .relaxed)
        if value == Self.unasked, let ends {
            let userID = SocketOwners.ofThisMachine.userID(atPeerOf: ends, since: time)
            value = userID.map(UInt64.init) ?? Self.nobody
            known.store(value, ordering: .relaxed)
        }
        return UInt32(exactly: value)
    }
}
