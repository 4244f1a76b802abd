public import Dispatch

/// A body pulled piece by piece: the server asks for the next piece only once the peer has taken what came before, so a
/// slow reader costs one piece of memory and holds nothing else.
public struct BodyStream: Sendable {
    /// Where its pieces come from.
    enum Source: Sendable {
        /// They are made as they are asked for. `queue` is never a loop's own.
        case made(queue: DispatchQueue, next: @Sendable () throws -> [UInt8]?)
        /// They come when they come.
        case awaited(pull: @Sendable (PieceReply) -> Void, hurry: @Sendable () -> Void)
    }

    let source: Source
    /// How many bytes it holds before it is asked for its first piece.
    let held: Int

    /// A stream whose pieces `next` makes on `queue`, one at a time.
    /// - Parameters:
    ///   - queue: where `next` runs. Never a loop's own queue.
    ///   - held: how many bytes it holds already, such as those of its first piece.
    ///   - next: the next piece, or nil at the end. A thrown error ends the connection without the final chunk, so that
    ///     the client sees a body that is not whole; any but `CutReason` is logged as a failure.
    public init(queue: DispatchQueue, holding held: Int = 0, next: @escaping @Sendable () throws -> [UInt8]?) {
        source = .made(queue: queue, next: next)
        self.held = held
    }

    /// A stream whose pieces are waited for, at the cost of no thread. It is never compressed, as each piece is wanted at
    /// once.
    /// - Parameters:
    ///   - pull: told on the loop that the next piece is wanted, which then has to be sent once. It may not block.
    ///   - hurry: called on the loop, at most once, as soon as nothing more is to be waited for: the peer has ended its side
    ///     or is gone, or the server drains. The piece that is asked for then, if any, or else the next one, is to be nil,
    ///     without delay.
    public init(
        pull: @escaping @Sendable (PieceReply) -> Void, hurry: @escaping @Sendable () -> Void
    ) {
        source = .awaited(pull: pull, hurry: hurry)
        held = 0
    }

    /// Whether its pieces are waited for.
    var isAwaited: Bool {
        if case .awaited = source { true } else { false }
    }
}
