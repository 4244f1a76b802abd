import CaseStore
import Complaints
import HTTPServer
import Synchronization

/// A chunked body that pulls an export: each piece is read only when the one before was taken.
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

    private let read: @Sendable (PageKey) throws -> Export.Piece
    private let state: Mutex<State>

    /// - Parameters:
    ///   - start: where the export begins.
    ///   - order: what its records are sorted by.
    ///   - first: its first piece.
    ///   - read: reads the piece after a record.
    init(
        from start: PageKey?, in order: PageOrder, first: Export.Piece,
        read: @escaping @Sendable (PageKey) throws -> Export.Piece
    ) {
        self.read = read
        state = Mutex(State(place: .piece(first), progress: PageProgress(after: start, in: order)))
    }

    /// The next piece, nil at the end.
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
            case .after(let key): piece = try read(key)
            }
            if let next = piece.next { try state.progress.advance(to: next) }
            state.place = piece.next.map(Place.after) ?? .end
            // Nothing would look like the end of the body.
            return piece.bytes.isEmpty ? nil : piece.bytes
        }
    }
}
