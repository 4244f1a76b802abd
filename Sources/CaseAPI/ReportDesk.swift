import CaseStore
import Complaints
import Dispatch
import Synchronization

/// The long-read executor: reads what takes long, reports and exports, one at a time on a connection of its own, so that no
/// loop waits for it.
final class ReportDesk: Sendable {
    /// Where all of it runs.
    let queue = DispatchQueue(label: "casekeeper.reports")
    private let store: CaseStore
    private let reader: Mutex<Reader>
    /// What is next, in order: its first is being read, or held up until the write-ahead log has been emptied.
    private let waiting = Mutex(Waiting())
    private let limit: Int

    /// One that waits for its turn.
    private struct Work {
        let id: UInt64
        let run: @Sendable () -> Void
        /// Answers that it is not done; nil for what can't be left undone.
        let refuse: (@Sendable () -> Void)?
        /// Whoever asked has ended their side: they may listen still, and they may be gone.
        var isDoubtful = false
    }

    private struct Waiting {
        var works: [Work] = []
        var lastID: UInt64 = 0
    }

    /// How long after a reader of another process was in the way of an empty log it is tried again.
    private static let pause = DispatchTimeInterval.seconds(1)

    /// - Parameter limit: how many may wait, the one being read among them.
    init(store: CaseStore, limit: Int) throws {
        self.limit = limit
        self.store = store
        reader = Mutex(try store.makeReader(pauses: true))
    }

    /// How many wait, the one being read among them.
    var depth: Int { waiting.withLock { $0.works.count } }

    private static var tooMany: Problem {
        Problem(.busy, "Too many reports wait already; try again in a moment.")
    }

    /// Runs `work` when its turn comes, and returns what it is called until then. When too many wait already, one gives
    /// up its place whose client may be gone, if there is one.
    ///
    /// - Parameter refuse: gives its client the answer to the error instead; without it, it never gives up its place.
    /// - Throws: 503 when too many wait already.
    @discardableResult
    func submit(
        refuse: (@Sendable (any Error) -> Void)? = nil, _ work: @escaping @Sendable () -> Void
    ) throws(Problem) -> UInt64 {
        var refusal: (@Sendable () -> Void)?
        if let refuse { refusal = { refuse(Self.tooMany) } }
        let (id, displaced, isFirst): (UInt64?, Work?, Bool) = waiting.withLock { [refusal] waiting in
            var displaced: Work?
            if waiting.works.count >= limit {
                guard let index = waiting.works.dropFirst().firstIndex(where: \.isDoubtful) else {
                    return (nil, nil, false)
                }
                displaced = waiting.works.remove(at: index)
            }
            waiting.lastID += 1
            waiting.works.append(Work(id: waiting.lastID, run: work, refuse: refusal))
            return (waiting.lastID, displaced, waiting.works.count == 1)
        }
        guard let id else { throw Self.tooMany }
        displaced?.refuse?()
        if isFirst { queue.async { self.release() } }
        return id
    }

    /// Whoever asked for it has ended their side.
    func doubt(_ id: UInt64) {
        waiting.withLock { waiting in
            guard let index = waiting.works.firstIndex(where: { $0.id == id }) else { return }
            waiting.works[index].isDoubtful = waiting.works[index].refuse != nil
        }
    }

    /// Does the first of what is held, unless the write-ahead log is over its limit: then later. Pieces of exports, which
    /// are short, come in between.
    private func release() {
        guard store.beginLongRead() else {
            queue.asyncAfter(deadline: .now() + Self.pause) { self.release() }
            return
        }
        let work = waiting.withLock { $0.works.first }
        work?.run()
        store.endLongRead()
        let isEmpty = waiting.withLock { waiting in
            waiting.works.removeFirst()
            return waiting.works.isEmpty
        }
        if !isEmpty { queue.async { self.release() } }
    }

    /// Reads on the desk's connection. Called on `queue`.
    func read<Value: Sendable>(_ body: @Sendable (Reader) throws -> Value) throws -> Value {
        try reader.withLock { try body($0) }
    }
}
