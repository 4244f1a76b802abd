import CaseStore
import Dispatch
import Synchronization

/// The executor of reads as of the instant of a batch that is still being committed: they wait for it on a thread of their
/// own, so that no loop does, and no report has to be done first.
final class ClosingDesk: Sendable {
    private let queue = DispatchQueue(label: "casekeeper.closing")
    private let reader: Mutex<Reader>
    private let waiting = Mutex(0)
    /// How many may wait, the one being read among them.
    private static let limit = 1024

    init(store: CaseStore) throws {
        reader = Mutex(try store.makeReader())
    }

    /// How many wait, the one being read among them.
    var depth: Int { waiting.withLock(\.self) }

    /// Does `work` when its turn comes.
    ///
    /// - Throws: 503 when too many wait already.
    func submit(_ work: @escaping @Sendable () -> Void) throws(Problem) {
        let isTaken = waiting.withLock { waiting in
            guard waiting < Self.limit else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw Problem(.busy, "Too many wait for that instant already; try again in a moment.") }
        queue.async { [self] in
            work()
            waiting.withLock { $0 -= 1 }
        }
    }

    /// Reads on the desk's connection, which waits for the batch. Called by what `submit` does.
    func read<Value: Sendable>(_ body: @Sendable (Reader) throws -> Value) throws -> Value {
        try reader.withLock { try body($0) }
    }
}
