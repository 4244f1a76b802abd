import CaseStore
import Complaints
import Dispatch
import Synchronization

/// Reads as of the instant of a batch that is still being committed. It waits for that batch on a thread of its own, so
/// that no loop does, and no report has to be done first.
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

    /// Reads one answer, after the batch. Called by what `submit` does.
    func read<Value: Sendable>(
        asOf: Instant?, workLimit: Int, _ body: @Sendable (ReadTransaction) throws -> Value
    ) throws -> Value {
        try reader.withLock { try $0.read(asOf: asOf, workLimit: workLimit, body) }
    }
}
