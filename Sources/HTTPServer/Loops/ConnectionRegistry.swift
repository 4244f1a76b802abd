import Synchronization

/// Counts the open connections of all loops, and says where a new one goes.
final class ConnectionRegistry: Sendable {
    enum Admission {
        case welcome(loop: Int)
        /// Over a bound: it is told so, and closed.
        case refused(loop: Int, ServerRefusal)
        /// So far over the bound that it is told in passing, and nothing of it is kept.
        case turnedAway(ServerRefusal)
    }

    private struct Counts {
        var total = 0
        var byLoop: [Int]
        var byPeer: [PeerAddress: Int] = [:]
    }

    /// How many connections over the bound are kept until they have read so, at any time.
    private static let refusedAtOnce = 128

    private static let tooMany = ServerRefusal.busy(
        "The server has as many connections as it may; try again in a moment.")
    private static let tooManyOfPeer = ServerRefusal.busy("Your address has as many connections as it may; close some.")

    private let limit: Int
    private let limitPerPeer: Int?
    private let counts: Mutex<Counts>

    init(loops: Int, limit: Int, limitPerPeer: Int?) {
        self.limit = limit
        self.limitPerPeer = limitPerPeer
        counts = Mutex(Counts(byLoop: Array(repeating: 0, count: loops)))
    }

    var total: Int { counts.withLock(\.total) }

    /// Counts a new connection in, on the loop that has the fewest; `preferred` where that makes no difference.
    /// - Parameter mayMove: false keeps it on the preferred loop.
    func admit(_ peer: PeerAddress, preferred: Int, mayMove: Bool) -> Admission {
        counts.withLock { counts in
            guard counts.total < limit + Self.refusedAtOnce else { return .turnedAway(Self.tooMany) }
            let fewest = counts.byLoop.min()!
            let stays = !mayMove || counts.byLoop[preferred] == fewest
            let loop = stays ? preferred : counts.byLoop.firstIndex(of: fewest)!
            let ofPeer = counts.byPeer[peer, default: 0]
            let peerLimit =
                limitPerPeer ?? (peer.isLoopback ? .max : ServerConfiguration.defaultConnectionsPerRemotePeer)
            guard ofPeer < peerLimit || ofPeer - peerLimit < Self.refusedAtOnce else {
                return .turnedAway(Self.tooManyOfPeer)
            }
            counts.total += 1
            counts.byLoop[loop] += 1
            counts.byPeer[peer] = ofPeer + 1
            if counts.total > limit {
                return .refused(loop: loop, Self.tooMany)
            }
            if ofPeer >= peerLimit {
                return .refused(loop: loop, Self.tooManyOfPeer)
            }
            return .welcome(loop: loop)
        }
    }

    func remove(_ peer: PeerAddress, loop: Int) {
        counts.withLock { counts in
            counts.total -= 1
            counts.byLoop[loop] -= 1
            if let ofPeer = counts.byPeer[peer], ofPeer > 1 {
                counts.byPeer[peer] = ofPeer - 1
            } else {
                counts.byPeer[peer] = nil
            }
        }
    }
}
