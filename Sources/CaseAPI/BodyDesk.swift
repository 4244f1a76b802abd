import Dispatch
import Synchronization

/// The executor of long bodies: reads them off the loops, one at a time: a megabyte of JSON takes some tens of milliseconds, and everybody else
/// on the loop would wait for it; so would they for a bulk, however few bytes its thousand items have. All else that is
/// short is read where it came, as handing it over would cost more.
final class BodyDesk: Sendable {
    /// Bytes of a body that a loop reads itself, but for a bulk's.
    static let longestOnLoop = 64 * 1024
    /// Bytes of the bodies that may wait, the one that is being read among them.
    private static let limit = 32 << 20

    private let queue = DispatchQueue(label: "casekeeper.bodies")
    private let waiting = Mutex(0)

    /// Reads a body of so many bytes when its turn comes.
    ///
    /// - Throws: 503 when too much waits already.
    func submit(_ count: Int, _ read: @escaping @Sendable () -> Void) throws(Problem) {
        let isTaken = waiting.withLock { waiting in
            guard waiting == 0 || waiting + count <= Self.limit else { return false }
            waiting += count
            return true
        }
        guard isTaken else {
            throw Problem(.busy, "Too many long bodies wait already. Nothing has changed; try again in a moment.")
        }
        queue.async { [self] in
            read()
            waiting.withLock { $0 -= count }
        }
    }
}
