import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Synchronization

/// Reads what takes long, reports and exports, one at a time on a connection of its own, so that no loop waits for it.
final class ReportDesk: Sendable {
    /// Where all of it runs.
    let queue = DispatchQueue(label: "casekeeper.reports")
    private let store: CaseStore
    private let reader: Mutex<Reader>
    /// What is next, in order; its first may be held up until the write-ahead log has been emptied.
    private let held = Mutex<[@Sendable () -> Void]>([])
    private let waiting = Mutex(0)
    private let limit: Int

    /// How long after a reader of another process was in the way of an empty log it is tried again.
    private static let pause = DispatchTimeInterval.seconds(1)

    /// - Parameter limit: how many may wait, the one being read among them.
    init(store: CaseStore, limit: Int) throws {
        self.limit = limit
        self.store = store
        reader = Mutex(try store.makeReader(pauses: true))
    }

    /// How many wait, the one being read among them.
    var depth: Int { waiting.withLock(\.self) }

    /// Runs `work` when its turn comes.
    ///
    /// - Throws: 503 when too many wait already.
    func submit(_ work: @escaping @Sendable () -> Void) throws(Problem) {
        let isTaken = waiting.withLock { waiting in
            guard waiting < limit else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw Problem(.busy, "Too many reports wait already; try again in a moment.") }
        queue.async { [self] in
            let isFirst = held.withLock { held in
                held.append(work)
                return held.count == 1
            }
            if isFirst { release() }
        }
    }

    /// Does the first of what is held, unless the write-ahead log is over its limit: then later. Pieces of exports, which
    /// are short, come in between.
    private func release() {
        guard store.beginLongRead() else {
            queue.asyncAfter(deadline: .now() + Self.pause) { self.release() }
            return
        }
        let work = held.withLock { $0.first }
        work?()
        store.endLongRead()
        waiting.withLock { $0 -= 1 }
        let isEmpty = held.withLock { held in
            held.removeFirst()
            return held.isEmpty
        }
        if !isEmpty { queue.async { self.release() } }
    }

    /// Reads one answer. Called on `queue`.
    func read<Value: Sendable>(
        asOf: Instant?, _ body: @Sendable (ReadTransaction) throws -> Value
    ) throws -> Value {
        try reader.withLock { try $0.read(asOf: asOf, body) }
    }

    /// Begins an export: the first piece is read at once, the others as the client takes them, all as of one instant.
    /// Called on `queue`.
    func begin(_ export: Export, asOf: Instant?) throws -> Response {
        let (piece, asOf) = try read(asOf: asOf) { (try export.piece($0, export.start), $0.asOf) }
        guard piece.next != nil else { return .csv(.bytes(piece.bytes), asOf: asOf) }
        let stream = ExportStream(export, first: piece, asOf: asOf, desk: self)
        return .csv(.stream(BodyStream(queue: queue) { try stream.next() }), asOf: asOf)
    }
}
