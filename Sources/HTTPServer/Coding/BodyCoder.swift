import Dispatch
import Synchronization

/// Codes the bodies of one loop's answers: short ones on the loop, long ones beside it, so that nobody else waits for
/// them.
final class BodyCoder: Sendable {
    /// Up to this many bytes take less than half a millisecond.
    static let longestOnLoop = 64 * 1024

    /// Where long ones are coded.
    let queue: DispatchQueue
    private let onLoop = Mutex(Deflater())
    private let besideLoop = Mutex(Deflater())

    init(loop: Int) {
        queue = DispatchQueue(label: "http.coding.\(loop)")
    }

    /// The body as gzip; nil when there is no memory for it.
    func gzip(_ body: [UInt8], isOnLoop: Bool) -> [UInt8]? {
        var frame = GzipFrame()
        frame.add(body)
        var coded = GzipFrame.header
        let isCoded =
            isOnLoop
            ? onLoop.withLock { $0.deflate(body, to: .ofBody, into: &coded) }
            : besideLoop.withLock { $0.deflate(body, to: .ofBody, into: &coded) }
        return isCoded ? coded + frame.trailer : nil
    }

    /// The body as gzip, piece by piece. Each piece stands for itself, so that no more is remembered between two of
    /// them than a checksum, however many are on their way.
    func gzip(_ body: BodyStream) -> BodyStream {
        let progress = Mutex(Progress())
        return BodyStream(queue: body.queue) { [self] in
            try progress.withLock { progress in
                guard !progress.isEnded else { return nil }
                let piece = try body.next()
                var coded = progress.isBegun ? [] : GzipFrame.header
                progress.isBegun = true
                progress.isEnded = piece == nil
                if let piece { progress.frame.add(piece) }
                let isCoded = besideLoop.withLock {
                    $0.deflate(piece ?? [], to: piece == nil ? .ofBody : .ofPiece, into: &coded)
                }
                guard isCoded else { throw OutOfMemory() }
                return piece == nil ? coded + progress.frame.trailer : coded
            }
        }
    }

    /// How far a stream has come.
    private struct Progress {
        var frame = GzipFrame()
        var isBegun = false
        var isEnded = false
    }

    /// There is no memory to code with, and the head has said that the body is coded.
    struct OutOfMemory: Error {}
}
