import Foundation

/// Many connections that send what they are given as far as it is taken, and read nothing.
final class ManyPeers {
    private struct Peer {
        let descriptor: Int32
        let bytes: [UInt8]
        var sent = 0
    }

    private var peers: [Peer] = []

    /// Some descriptors are left to the process for everything else.
    static func raiseDescriptorLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    init(_ parts: [HeldThing.Part], port: Int) throws {
        for part in parts {
            for _ in 0..<part.connections {
                let descriptor = try LoopbackConnection.open(port: port)
                // What the system holds is not the service's.
                var small: Int32 = 16 * 1024
                setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &small, socklen_t(MemoryLayout<Int32>.size))
                setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &small, socklen_t(MemoryLayout<Int32>.size))
                _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
                peers.append(Peer(descriptor: descriptor, bytes: part.bytes))
            }
        }
    }

    deinit {
        for peer in peers { close(peer.descriptor) }
    }

    /// Sends until all is sent, or nothing more has been taken of any of it for a while.
    func send() {
        var idle = 0
        while idle < 20 {
            var moved = 0
            var isDone = true
            for index in peers.indices where peers[index].sent < peers[index].bytes.count {
                let peer = peers[index]
                let count = peer.bytes.withUnsafeBytes { bytes in
                    Foundation.send(
                        peer.descriptor, bytes.baseAddress! + peer.sent, min(bytes.count - peer.sent, 256 * 1024),
                        Int32(MSG_NOSIGNAL))
                }
                if count > 0 {
                    peers[index].sent += count
                    moved += count
                } else if count < 0, errno != EAGAIN, errno != EINTR {
                    // It has been told off.
                    peers[index].sent = peer.bytes.count
                }
                isDone = isDone && peers[index].sent == peer.bytes.count
            }
            if isDone { return }
            idle = moved == 0 ? idle + 1 : 0
            if moved == 0 { usleep(50_000) }
        }
    }
}
