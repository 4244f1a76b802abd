import Glibc

/// The two ends of a TCP connection, which no other connection has at the same time.
struct ConnectionEnds: Hashable {
    let peer: IPAddress
    let peerPort: UInt16
    let own: IPAddress
    let ownPort: UInt16

    init(peer: IPAddress, peerPort: UInt16, own: IPAddress, ownPort: UInt16) {
        self.peer = peer
        self.peerPort = peerPort
        self.own = own
        self.ownPort = ownPort
    }

    /// Of a connected socket; nil when its peer has gone.
    init?(descriptor: Int32) {
        guard let peer = Self.address(descriptor, getpeername), let own = Self.address(descriptor, getsockname) else {
            return nil
        }
        self.init(peer: IPAddress(peer), peerPort: peer.port, own: IPAddress(own), ownPort: own.port)
    }

    private static func address(
        _ descriptor: Int32,
        _ ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> SocketAddress? {
        var address = SocketAddress()
        let code = address.withMutablePointer { pointer, length in
            ask(descriptor, pointer.assumingMemoryBound(to: sockaddr.self), length)
        }
        return code == 0 ? address : nil
    }
}
