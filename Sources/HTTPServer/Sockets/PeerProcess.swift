import Synchronization

/// The process at the other end of a connection within this machine, known by its user. The system is asked once a
/// connection, when somebody wants to know.
public final class PeerProcess: Sendable {
    private enum State {
        /// The time is that at which the connection was there.
        case unasked(ConnectionEnds, Instant)
        case known(UInt32?)
    }

    private let state: Mutex<State>

    /// A process of that user, or nobody's; for tests, as the server makes its own.
    public init(userID: UInt32?) {
        state = Mutex(.known(userID))
    }

    /// The peer of a connected socket.
    init(connection descriptor: Int32) {
        state = Mutex(ConnectionEnds(descriptor: descriptor).map { .unasked($0, .now()) } ?? .known(nil))
    }

    /// The number of the user who has the peer's socket, in this process's user namespace. Nil for nobody: no process
    /// has the socket any more, or the system does not tell of it. Takes some microseconds the first time.
    public var userID: UInt32? {
        state.withLock { state in
            switch state {
            case .known(let userID): return userID
            case .unasked(let ends, let time):
                let userID = SocketOwners.ofThisMachine.userID(atPeerOf: ends, since: time)
                state = .known(userID)
                return userID
            }
        }
    }
}
