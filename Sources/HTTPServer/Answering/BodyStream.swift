public import Dispatch

/// A body pulled piece by piece: the server asks for the next piece, on `queue`, only once the peer has taken
/// what came before, so a slow reader costs one piece of memory and holds nothing else.
public struct BodyStream: Sendable {
    /// Where `next` runs. Never a loop's own queue.
    public let queue: DispatchQueue
    /// The next piece, or nil at the end. A thrown error ends the connection without the final chunk, so that
    /// the client sees a body that is not whole; any but `CutReason` is logged as a failure.
    public let next: @Sendable () throws -> [UInt8]?
    /// How many bytes it holds before it is asked for its first piece.
    let held: Int

    /// A stream whose pieces `next` makes on `queue`, one at a time.
    /// - Parameter held: how many bytes it holds already, such as those of its first piece.
    public init(queue: DispatchQueue, holding held: Int = 0, next: @escaping @Sendable () throws -> [UInt8]?) {
        self.queue = queue
        self.held = held
        self.next = next
    }
}
