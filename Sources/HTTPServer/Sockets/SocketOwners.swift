import CSocketDiag
import Glibc
import Synchronization

/// Which user has a TCP socket of this machine.
///
/// The kernel is asked for the one socket (sock_diag(7)), which costs the same however many there are. Where it does not
/// answer that, as in some sandboxes, /proc/net/tcp and tcp6 say the same, but have to be read as a whole; then those who
/// ask meanwhile share the next reading. Either way a socket without an inode is one that no process has any more, and
/// the user that is said of it, root, is nobody.
final class SocketOwners: Sendable {
    static let ofThisMachine = SocketOwners(asksKernel: answersKernel())

    private let asksKernel: Bool
    /// The last reading, for connections that were there before it.
    private let reading = Mutex<(began: MonotonicTime, table: SocketTable)?>(nil)

    init(asksKernel: Bool) {
        self.asksKernel = asksKernel
    }

    /// The user who has the peer's socket of a connection that was there at that time; nil for nobody.
    func userID(atPeerOf ends: ConnectionEnds, since time: MonotonicTime) -> UInt32? {
        if asksKernel { return Self.askKernel(ends) }
        return reading.withLock { reading in
            if let reading, time < reading.began { return reading.table.userID(atPeerOf: ends) }
            let began = MonotonicTime.now()
            let table = SocketTable()
            reading = (began, table)
            return table.userID(atPeerOf: ends)
        }
    }

    private static func askKernel(_ ends: ConnectionEnds) -> UInt32? {
        var found = csocketdiag_socket()
        let code = csocketdiag_find(ends.peer.bytes, ends.peerPort, ends.own.bytes, ends.ownPort, &found)
        return code == 0 && found.inode != 0 ? found.user : nil
    }

    /// Whether the kernel finds a socket that is there for certain: that it knows no such question looks as if there was
    /// none.
    private static func answersKernel() -> Bool {
        let any = ListenAddress(host: "127.0.0.1", port: 0)
        guard let listener = try? Listener(any, backlog: 1, sendBuffer: 0) else { return false }
        defer { listener.close() }
        var found = csocketdiag_socket()
        let here = IPAddress(ipv4: 0x7F00_0001).bytes
        let nowhere = [UInt8](repeating: 0, count: 16)
        return csocketdiag_find(here, listener.address.port, nowhere, 0, &found) == 0
            && found.inode != 0 && found.user == geteuid()
    }
}
