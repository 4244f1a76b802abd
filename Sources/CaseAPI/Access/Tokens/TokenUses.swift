import Complaints
import Synchronization

/// When tokens were last let in, in memory until it is written down: a read must not wait for a write.
///
/// It depends on the token, by its id, which is the key and is never given again, and on the last instant at which it was
/// let in. Nobody is let in by it: whether a token is valid is read from the record with each request.
final class TokenUses: Sendable {
    /// Loops rarely meet at one of these locks, and hold it for some nanoseconds.
    private final class Stripe: Sendable {
        let latest = Mutex<[Int64: Instant]>([:])
    }

    private static let count = 16
    private let stripes = (0..<count).map { _ in Stripe() }

    func note(_ id: Int64, at now: Instant) {
        stripe(id).latest.withLock { $0[id] = now }
    }

    /// What has been noted since the last time.
    func take() -> [Int64: Instant] {
        var all: [Int64: Instant] = [:]
        for stripe in stripes {
            stripe.latest.withLock { latest in
                all.merge(latest) { one, _ in one }
                latest.removeAll(keepingCapacity: true)
            }
        }
        return all
    }

    /// Takes back what could not be written down.
    func restore(_ uses: [Int64: Instant]) {
        for (id, instant) in uses {
            stripe(id).latest.withLock { $0[id] = max($0[id] ?? instant, instant) }
        }
    }

    private func stripe(_ id: Int64) -> Stripe {
        stripes[Int(truncatingIfNeeded: id) & (Self.count - 1)]
    }
}
