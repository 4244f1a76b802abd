import Dispatch
import Glibc
import HTTPTypes
import Logging
import Synchronization

extension Connection {
    /// Takes the answer to the newest request, which is not among the exchanges yet.
    func take(_ response: Response, for exchange: Exchange) {
        if exchanges.isEmpty, !response.isStream {
            firstSequence += 1
            write(response, for: exchange)
        } else {
            var exchange = exchange
            exchange.response = response
            exchanges.append(exchange)
        }
    }

    /// Whether the request with this number still waits for its answer.
    func awaitsAnswer(to sequence: UInt64) -> Bool {
        guard sequence >= firstSequence, sequence - firstSequence < UInt64(exchanges.count) else { return false }
        return exchanges[Int(sequence - firstSequence)].response == nil
    }

    /// Takes a late answer. It goes out with `settle`, once those before it have.
    func answer(_ response: Response, to sequence: UInt64) {
        exchanges[Int(sequence - firstSequence)].response = response
    }

    /// Writes the answers whose turn it is.
    func writeReadyAnswers() {
        while stream == nil, let exchange = exchanges.first, let response = exchange.response {
            if case .stream(let body) = response.body, begin(body, of: response, for: exchange) { break }
            exchanges.removeFirst()
            firstSequence += 1
            if !response.isStream { write(response, for: exchange) }
            if context.output.count >= LoopContext.flushThreshold { flush() }
            if stage == .closed { return }
        }
        sendContinueIfNext()
    }

    /// Writes a response that is all there.
    private func write(_ response: Response, for exchange: Exchange) {
        let status = response.status.code
        var framing = ResponseWriter.BodyFraming.length(0)
        var bytes: [UInt8] = []
        if case .bytes(let body) = response.body {
            framing = .length(body.count)
            bytes = body
        }
        // RFC 9110 sections 15.3.5 and 15.4.5: no body, and no length that would not be GET's.
        if status == 204 || status == 304 {
            framing = .unstated
            bytes = []
        } else if exchange.method == .head {
            bytes = []
        }
        let persistence = persistence(after: exchange)
        append { output in
            ResponseWriter.writeHead(
                of: response, requestID: exchange.requestID, framing: framing, persistence: persistence,
                date: context.date.bytes, into: &output)
            output.append(contentsOf: bytes)
        }
        log(exchange, status: status, bytes: bytes.count)
    }

    /// Whether the connection goes on after this answer. A draining server says close with the last answer that
    /// it owes, not before.
    private func persistence(after exchange: Exchange) -> ResponseWriter.Persistence {
        let isLast = exchanges.isEmpty && leftover.isEmpty && unparsedCount == 0 && parser.phase == .betweenRequests
        if !exchange.keepAlive || (isLast && (context.isDraining || inputEnded)) {
            stage = .finishing
            return .close
        }
        return exchange.isHTTP10 ? .keepAliveSaid : .keepAlive
    }

    /// Appends to what goes out: to the loop's buffer while the peer keeps up, else to the connection's own.
    func append(_ write: (inout [UInt8]) -> Void) {
        if unsent.isEmpty { write(&context.output) } else { write(&unsent) }
    }

    /// Hands the system as much as it takes, and keeps the rest.
    func flush() {
        guard stage != .closed else { return }
        if unsent.isEmpty {
            guard !context.output.isEmpty else { return }
            guard let sent = context.output.withUnsafeBytes({ send($0) }) else { return close() }
            if sent < context.output.count { unsent = Array(context.output[sent...]) }
            context.clearOutput()
        } else {
            let sent = unsent.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[unsentStart...])) }
            guard let sent else { return close() }
            unsentStart += sent
            if unsentStart == unsent.count {
                unsent = []
                unsentStart = 0
            } else if unsentStart >= 64 * 1024, unsentStart > unsent.count / 2 {
                unsent.removeSubrange(..<unsentStart)
                unsentStart = 0
            }
        }
        if unsent.isEmpty {
            sendingSince = nil
            lastActivity = context.now
        } else if sendingSince == nil {
            sendingSince = context.now
            sentSince = 0
        }
    }

    /// How many bytes the system took; nil when the peer has gone.
    private func send(_ bytes: UnsafeRawBufferPointer) -> Int? {
        while true {
            let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 {
                context.counters.bytesSent.add(count, ordering: .relaxed)
                sentSince += count
                return count
            }
            if errno == EINTR { continue }
            return errno == EAGAIN ? 0 : nil
        }
    }

    /// One line for each request, without its query, which may name people.
    func log(_ exchange: Exchange, status: Int, bytes: Int) {
        guard context.logsRequests else { return }
        context.logger.info(
            "request",
            metadata: [
                "request_id": "\(exchange.requestID)", "method": "\(exchange.method.rawValue)",
                "path": "\(exchange.path)", "status": "\(status)", "bytes": "\(bytes)",
                "micros": "\(Instant.now().microseconds(since: exchange.started))", "peer": "\(peer.host)",
            ])
    }
}

// MARK: Streams

extension Connection {
    /// Writes a stream's head, and remembers to pull the rest; false when there is nothing to pull, for HEAD.
    private func begin(_ body: BodyStream, of response: Response, for exchange: Exchange) -> Bool {
        let hasBody = exchange.method != .head && response.status.code != 204 && response.status.code != 304
        var persistence = ResponseWriter.Persistence.keepAlive
        var framing = ResponseWriter.BodyFraming.unstated
        if hasBody { framing = exchange.isHTTP10 ? .untilClose : .chunked }
        let isLast = exchanges.count == 1 && leftover.isEmpty && parser.phase == .betweenRequests
        if !exchange.keepAlive || (isLast && context.isDraining) || (hasBody && exchange.isHTTP10) {
            persistence = .close
            stage = .finishing
            // Nothing can follow a body that the connection's end delimits.
            exchanges.removeSubrange(1...)
        } else if exchange.isHTTP10 {
            persistence = .keepAliveSaid
        }
        append { output in
            ResponseWriter.writeHead(
                of: response, requestID: exchange.requestID, framing: framing, persistence: persistence,
                date: context.date.bytes, into: &output)
        }
        guard hasBody else {
            log(exchange, status: response.status.code, bytes: 0)
            return false
        }
        stream = OutgoingStream(body: body, sequence: firstSequence, isChunked: !exchange.isHTTP10)
        return true
    }

    /// Asks for the next piece, once the peer has taken all before it.
    func pullStream() {
        guard var stream, !stream.isPulling, !hasUnsent else { return }
        stream.isPulling = true
        self.stream = stream
        let (body, sequence, token, loop) = (stream.body, stream.sequence, token, context.loop)
        body.queue.async { @Sendable in
            loop.deliver(Result { try body.next() }, to: token, sequence: sequence)
        }
    }

    /// Takes the next piece, or the end.
    func continueStream(_ sequence: UInt64, with piece: Result<[UInt8]?, any Error>) {
        guard var stream, stream.sequence == sequence, let exchange = exchanges.first else { return }
        stream.isPulling = false
        self.stream = stream
        switch piece {
        case .success(let bytes?):
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
            exchanges.removeFirst()
            firstSequence += 1
            log(exchange, status: exchange.response?.status.code ?? 0, bytes: stream.bytes)
        case .failure(let error):
            context.logger.error(
                "a streamed body failed", metadata: ["request_id": "\(exchange.requestID)", "error": "\(error)"])
            // Without its last chunk the body is seen to be cut; without chunks only a reset shows it.
            return stream.isChunked ? close() : reset()
        }
        settle()
    }
}

extension Response {
    fileprivate var isStream: Bool {
        if case .stream = body { true } else { false }
    }
}
