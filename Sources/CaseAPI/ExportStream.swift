import CaseStore
import Complaints
import HTTPServer
import Synchronization

/// An export on its way to a client: each piece is read only when the one before was taken.
final class ExportStream: Sendable {
    private enum Place {
        /// Read already.
        case piece(Export.Piece)
        case after(PageKey)
        case end
    }

    private struct State {
        var place: Place
        var progress: PageProgress
    }

    private let export: Export
    private let asOf: Instant
    private let desk: ReportDesk
    private let state: Mutex<State>

    init(_ export: Export, first: Export.Piece, asOf: Instant, desk: ReportDesk) {
        self.export = export
        self.asOf = asOf
        self.desk = desk
        state = Mutex(State(place: .piece(first), progress: PageProgress(after: export.start)))
    }

    /// The next piece, nil at the end. Called on the desk's queue.
    ///
    /// - Throws: `CutReason` when whoever asked may have no more of it, and what the store throws.
    func piece() throws -> [UInt8]? {
        do {
            return try next()
        } catch let problem as Problem where !problem.kind.isFailure {
            throw CutReason(problem.kind.rawValue)
        }
    }

    private func next() throws -> [UInt8]? {
        try state.withLock { state in
            let piece: Export.Piece
            switch state.place {
            case .end: return nil
            case .piece(let first): piece = first
            case .after(let key): piece = try desk.read(asOf: asOf) { try export.piece($0, key) }
            }
            if let next = piece.next { try state.progress.advance(to: next) }
            state.place = piece.next.map(Place.after) ?? .end
            // Nothing would look like the end of the body.
            return piece.bytes.isEmpty ? nil : piece.bytes
        }
    }
}
