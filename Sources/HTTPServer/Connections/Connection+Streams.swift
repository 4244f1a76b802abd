import Dispatch
import Glibc
import HTTPTypes
import Logging

extension Connection {
    /// Writes a stream's head, and remembers to pull the rest; false when there is nothing to pull, for HEAD.
    func begin(_ body: BodyStream, of response: Response, for exchange: Exchange) -> Bool {
        let hasBody = exchange.method != .head && response.status.code != 204 && response.status.code != 304
        var persistence = ResponseWriter.Persistence.keepAlive
        var framing = ResponseWriter.BodyFraming.unstated
        if hasBody { framing = exchange.isHTTP10 ? .untilClose : .chunked }
        let isLast = exchanges.count == 1 && leftover.isEmpty && parser.phase == .betweenRequests
        if !exchange.keepAlive || (isLast && context.isDraining) || (hasBody && exchange.isHTTP10) {
            persistence = .close
            stage = .finishing
            // Nothing can follow a body that the connection's end delimits.
            finishUnanswered(exchanges[1...])
            dropExchanges(from: 1)
        } else if exchange.isHTTP10 {
            persistence = .keepAliveSaid
        }
        append { output in
            ResponseWriter.writeHead(
                of: response, requestID: exchange.requestID, framing: framing, persistence: persistence,
                date: context.date.bytes, into: &output)
        }
        guard hasBody else {
            finish(exchange, status: response.status.code, bytes: 0)
            return false
        }
        stream = OutgoingStream(body: body, sequence: firstSequence, isChunked: !exchange.isHTTP10)
        if case .awaited(_, let hurry) = body.source {
            exchanges[0].hurry = hurry
            if peerEnded || context.isDraining { hurryAnswers() }
        }
        return true
    }

    /// Asks for the next piece, once the peer has taken all before it.
    func pullStream() {
        guard var stream, !stream.isPulling, !hasUnsent, memoryWait == nil else { return }
        // Its first piece is there already.
        let size = stream.body.isAwaited ? MemoryAccount.Size.short : .long
        guard stream.bytes == 0 || context.memory.hasRoom(for: size) else { return waitForMemory(size) }
        stream.isPulling = true
        self.stream = stream
        let reply = PieceReply(loop: context.loop, connection: token, sequence: stream.sequence)
        switch stream.body.source {
        case .made(let queue, let next): queue.async { @Sendable in reply.send(Result { try next() }) }
        case .awaited(let pull, _): pull(reply)
        }
    }

    /// Takes the next piece, or the end.
    func continueStream(_ sequence: UInt64, with piece: PieceReply.Piece) {
        guard var stream, stream.sequence == sequence, stream.isPulling, let exchange = exchanges.first else { return }
        stream.isPulling = false
        self.stream = stream
        heldAnswers -= exchange.held
        exchanges[0].held = 0
        switch piece {
        case .success(let bytes?):
            if let dismissal = dismissal(of: exchange) { return cut(stream, CutReason(dismissal.reason)) }
            self.stream?.bytes += bytes.count
            // An empty chunk would say that the body ends.
            if !bytes.isEmpty {
                append { output in
                    if stream.isChunked {
                        ResponseWriter.writeChunk(bytes, into: &output)
                    } else {
                        output.append(contentsOf: bytes)
                    }
                }
            }
        case .success(nil):
            if stream.isChunked { append { $0.append("0\r\n\r\n") } }
            self.stream = nil
            removeFirstExchange()
            finish(exchange, status: exchange.response?.status.code ?? 0, bytes: stream.bytes)
        case .failure(let reason as CutReason): return cut(stream, reason)
        case .failure(let error):
            context.logger.error(
                "a streamed body failed", metadata: ["request_id": "\(exchange.requestID)", "error": "\(error)"])
            return cut(stream, .failed)
        }
        advance()
    }

    /// Without its last chunk the body is seen to be cut; without chunks only a reset shows it.
    private func cut(_ stream: OutgoingStream, _ reason: CutReason) {
        stream.isChunked ? close(reason) : reset(reason)
    }
}
