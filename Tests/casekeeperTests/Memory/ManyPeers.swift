import Foundation

/// Many connections that send what they are given as far as it is taken, and read nothing, or all there is.
final class ManyPeers {
    private struct Peer {
        let descriptor: Int32
        let bytes: [UInt8]
        let reads: Bool
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

    init(_ parts: [HeldScene.Part], port: Int) throws {
        for part in parts {
            for _ in 0..<part.connections {
                let descriptor = try LoopbackConnection.open(port: port)
                if !part.reads {
                    // What the system holds is not the service's.
                    var small: Int32 = 16 * 1024
                    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &small, socklen_t(MemoryLayout<Int32>.size))
                    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &small, socklen_t(MemoryLayout<Int32>.size))
                }
                _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
                peers.append(Peer(descriptor: descriptor, bytes: part.bytes, reads: part.reads))
            }
        }
    }

    deinit {
        // What they have sent is of no use to anybody any more.
        var option = linger(l_onoff: 1, l_linger: 0)
        for peer in peers {
            setsockopt(peer.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            close(peer.descriptor)
        }
    }

    /// Sends until all is sent, or nothing more has been taken of any of it for a while; and reads what is to be read until
    /// nothing more comes. Meanwhile it is looked at what that comes to, now and then: what is done at last may have gone by
    /// the end.
    func send(_ look: () throws -> Void) rethrows {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        var idle = 0
        let patience = peers.contains(where: \.reads) ? 50 : 15
        var next = ContinuousClock.now
        while idle < patience {
            if ContinuousClock.now >= next {
                try look()
                next = .now + .milliseconds(100)
            }
            var moved = 0
            for index in peers.indices {
                moved += sendSome(index)
                guard peers[index].reads else { continue }
                moved += max(0, recv(peers[index].descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT)))
            }
            if moved == 0, isDone { return }
            idle = moved == 0 ? idle + 1 : 0
            if moved == 0 { usleep(20_000) }
        }
    }

    private var isDone: Bool { peers.allSatisfy { $0.sent == $0.bytes.count && !$0.reads } }

    private func sendSome(_ index: Int) -> Int {
        let peer = peers[index]
        guard peer.sent < peer.bytes.count else { return 0 }
        let count = peer.bytes.withUnsafeBytes { bytes in
            Foundation.send(
                peer.descriptor, bytes.baseAddress! + peer.sent, min(bytes.count - peer.sent, 256 * 1024),
                Int32(MSG_NOSIGNAL))
        }
        if count > 0 {
            peers[index].sent += count
        } else if count < 0, errno != EAGAIN, errno != EINTR {
            // It has been told off.
            peers[index].sent = peer.bytes.count
        }
        return max(0, count)
    }
}
