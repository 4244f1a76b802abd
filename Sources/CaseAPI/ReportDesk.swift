import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Synchronization

/// Reads what takes long, reports and exports, one at a time on a connection of its own, so that no loop waits for it.
final class ReportDesk: Sendable {
    /// Where all of it runs.
    let queue = DispatchQueue(label: "casekeeper.reports")
    private let reader: Mutex<Reader>
    private let waiting = Mutex(0)
    private static let waitingLimit = 64

    init(store: CaseStore) throws {
        reader = Mutex(try store.makeReader())
    }

    /// Runs `work` when its turn comes.
    ///
    /// - Throws: 503 when too many wait already.
    func submit(_ work: @escaping @Sendable () -> Void) throws(Problem) {
        let isTaken = waiting.withLock { waiting in
            guard waiting < Self.waitingLimit else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw Problem(.busy, "Too many reports wait already; try again in a moment.") }
        queue.async { [self] in
            work()
            waiting.withLock { $0 -= 1 }
        }
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

/// An export on its way to a client.
private final class ExportStream: Sendable {
    private let export: Export
    private let asOf: Instant
    private let desk: ReportDesk
    /// The piece to hand out next.
    private let piece: Mutex<Export.Piece?>

    init(_ export: Export, first: Export.Piece, asOf: Instant, desk: ReportDesk) {
        self.export = export
        self.asOf = asOf
        self.desk = desk
        piece = Mutex(first)
    }

    func next() throws -> [UInt8]? {
        try piece.withLock { piece in
            guard let current = piece else { return nil }
            piece = nil
            if !current.bytes.isEmpty, current.next == nil { return current.bytes }
            piece = try current.next.map { key in
                try desk.read(asOf: asOf) { try export.piece($0, key) }
            }
            return current.bytes
        }
    }
}
