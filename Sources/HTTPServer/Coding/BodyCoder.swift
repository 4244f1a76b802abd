import Dispatch
import Synchronization

/// Codes the bodies of one loop's answers: short ones on the loop, long ones beside it, so that nobody else waits for
/// them. What waits beside the loop is bounded: where more is asked for than can be coded, it goes out as it is.
final class BodyCoder: Sendable {
    /// Up to this many bytes take less than half a millisecond.
    static let longestOnLoop = 64 * 1024
    /// How many answers of a loop may wait, the one that is coded among them, and how many bytes of them.
    static let waitingLimit = 32
    static let waitingBytes = 8 << 20

    private struct Waiting {
        var count = 0
        var bytes = 0
    }

    /// Where long ones are coded.
    private let queue: DispatchQueue
    private let waiting = Mutex(Waiting())
    private let onLoop = Mutex(Deflater())
    private let besideLoop = Mutex(Deflater())

    init(loop: Int) {
        queue = DispatchQueue(label: "http.coding.\(loop)")
    }

    /// Codes an answer beside the loop. `done` gets what came of it, on another queue, unless the job was taken away
    /// before.
    ///
    /// - Returns: false when too much waits already; one alone is never too much.
    func submit(_ job: CodingJob, _ done: @escaping @Sendable (Response, _ coded: [UInt8]?) -> Void) -> Bool {
        let isTaken = waiting.withLock { waiting in
            guard
                waiting.count == 0
                    || (waiting.count < Self.waitingLimit && waiting.bytes + job.count <= Self.waitingBytes)
            else { return false }
            waiting.count += 1
            waiting.bytes += job.count
            return true
        }
        guard isTaken else { return false }
        queue.async { @Sendable [self] in
            if let response = job.take(), case .bytes(let body) = response.body {
                done(response, gzip(body, isOnLoop: false))
            }
            waiting.withLock { waiting in
                waiting.count -= 1
                waiting.bytes -= job.count
            }
        }
        return true
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
    /// them than a checksum, however many are on their way. Nil for one whose pieces are waited for.
    func gzip(_ body: BodyStream) -> BodyStream? {
        guard case .made(let queue, let next) = body.source else { return nil }
        let progress = Mutex(Progress())
        return BodyStream(queue: queue, holding: body.held) { [self] in
            try progress.withLock { progress in
                guard !progress.isEnded else { return nil }
                let piece = try next()
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
