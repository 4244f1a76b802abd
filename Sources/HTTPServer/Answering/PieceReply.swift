/// The place that the next piece of a body goes to, from any queue, once; to a connection that has gone it goes nowhere.
public struct PieceReply: Sendable {
    let loop: Loop
    let connection: ConnectionToken
    let sequence: UInt64

    /// Bytes; nil at the end; or an error, which ends the connection without the final chunk, and any but `CutReason` is
    /// logged as a failure.
    public typealias Piece = Result<[UInt8]?, any Error>

    /// Sends a piece.
    func send(_ piece: Piece) { loop.deliver([LatePiece(reply: self, piece: piece)]) }

    /// Hands each loop all its pieces in one hop.
    public static func send(_ batch: [(reply: PieceReply, piece: Piece)]) {
        var loops: [(loop: Loop, pieces: [LatePiece])] = []
        for (reply, piece) in batch {
            let late = LatePiece(reply: reply, piece: piece)
            if let index = loops.firstIndex(where: { $0.loop === reply.loop }) {
                loops[index].pieces.append(late)
            } else {
                loops.append((reply.loop, [late]))
            }
        }
        for (loop, pieces) in loops { loop.deliver(pieces) }
    }
}

/// A piece of a body on its way to its loop.
struct LatePiece: Sendable {
    let reply: PieceReply
    let piece: PieceReply.Piece

    var count: Int { (try? piece.get())?.count ?? 0 }
}
