import Dispatch
import Synchronization

/// A queue before the writer: hands over what comes by the hundred one at a time: whoever has a single change to make waits behind one of
/// them at most, however many there are.
final class BulkDesk: Sendable {
    private let queue = DispatchQueue(label: "casekeeper.bulk")
    private let waiting = Mutex(0)
    /// How many may wait, the one that is worked on among them. Each holds what it brings in memory.
    private static let limit = 8

    /// Does `work` when its turn comes. The next one's comes once it has called what it is given.
    ///
    /// - Throws: 503 when too many wait already.
    func submit(_ work: @escaping @Sendable (_ isDone: @escaping @Sendable () -> Void) -> Void) throws(Problem) {
        let isTaken = waiting.withLock { waiting in
            guard waiting < Self.limit else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw Problem(.busy, "Too many bulks wait already. Nothing has changed; try again.") }
        queue.async { [self] in
            let done = DispatchSemaphore(value: 0)
            work { done.signal() }
            done.wait()
            waiting.withLock { $0 -= 1 }
        }
    }
}
