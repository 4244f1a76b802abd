import HTTPTypes
import Logging

extension Connection {
    /// What is counted and logged for a request whose client went before its answer was written: nginx's number for
    /// it, as HTTP has none.
    private static let clientGone = 499

    /// Counts an exchange whose answer has been written, and logs it once the system has taken all of it.
    /// - Parameters:
    ///   - bytes: of the body.
    ///   - cut: why no more of the body will be sent than that; nil where it is whole.
    func finish(_ exchange: Exchange, status: Int, bytes: Int, cut: CutReason? = nil) {
        let nanoseconds = exchange.isRequest ? exchange.started.nanoseconds(until: .now()) : 0
        if exchange.isRequest {
            context.counters.countAnswer(
                to: exchange.method, route: exchange.route, status: status, nanoseconds: nanoseconds)
        }
        guard context.logsRequests else { return }
        let answer = WrittenAnswer(
            exchange: exchange, status: status, bytes: bytes, nanoseconds: nanoseconds, end: sentBytes + unsentBytes)
        // Once it is closed nothing more will be taken.
        if cut != nil || stage == .closed || answer.end == sentBytes {
            log(answer, bytes: bytes, cut: cut)
        } else if unsent.isEmpty {
            context.written.append(answer)
        } else {
            unsentAnswers.append(answer)
        }
    }

    /// Bytes that wait to be taken by the system.
    private var unsentBytes: Int { unsent.count - unsentStart + context.output.count }

    /// Logs the answers that have been taken to their end.
    func logSent() {
        if !unsentAnswers.isEmpty {
            let count = unsentAnswers.prefix { $0.end <= sentBytes }.count
            for answer in unsentAnswers[..<count] { log(answer, bytes: answer.bytes) }
            unsentAnswers.removeFirst(count)
        }
        guard !context.written.isEmpty else { return }
        for answer in context.written {
            if answer.end <= sentBytes { log(answer, bytes: answer.bytes) } else { unsentAnswers.append(answer) }
        }
        context.written.removeAll(keepingCapacity: true)
    }

    /// Logs those that will not be: what there is behind their end, or before it, does not go either.
    func logCut(_ reason: CutReason) {
        for answer in unsentAnswers + context.written {
            log(
                answer, bytes: max(0, answer.bytes - max(0, answer.end - sentBytes)),
                cut: answer.end > sentBytes ? reason : nil)
        }
        unsentAnswers = []
        context.written.removeAll(keepingCapacity: true)
    }

    private func log(_ answer: WrittenAnswer, bytes: Int, cut: CutReason? = nil) {
        let exchange = answer.exchange
        var metadata = Logger.Metadata(minimumCapacity: 12)
        metadata["request_id"] = .string(exchange.requestID)
        metadata["status"] = .stringConvertible(answer.status)
        metadata["bytes"] = .stringConvertible(bytes)
        metadata["micros"] = .stringConvertible(answer.nanoseconds / 1000)
        metadata["peer"] = .string(peer.host)
        // What was refused before its request line was understood has neither. The query may name people.
        if !exchange.path.isEmpty {
            metadata["method"] = .string(exchange.method.rawValue)
            metadata["path"] = .string(exchange.path)
        }
        if let route = exchange.route { metadata["route"] = .string(context.routes[route]) }
        if let logged = exchange.logged { metadata.merge(logged) { own, _ in own } }
        if let cut {
            metadata["cut"] = .stringConvertible(true)
            metadata["reason"] = .string(cut.word)
        }
        context.logger.info("request", metadata: metadata)
    }

    /// Forgets exchanges that get no answer any more; what was to be coded for them need not be.
    func dropExchanges(from index: Int) {
        for exchange in exchanges[index...] {
            heldAnswers -= exchange.held
            _ = exchange.coding?.take()
        }
        exchanges.removeSubrange(index...)
    }

    /// Counts and logs what will get no whole answer: no request is left without its count and its line.
    /// - Parameters:
    ///   - reason: why that is.
    ///   - cutBytes: of the stream that is being sent, how many were asked for and did not go.
    func finishUnanswered(
        _ exchanges: ArraySlice<Exchange>, _ reason: CutReason = .clientGone, cutBytes: Int = 0
    ) {
        for (index, exchange) in zip(exchanges.indices, exchanges) where exchange.isRequest {
            if index == 0, let stream, let response = exchange.response {
                finish(exchange, status: response.status.code, bytes: max(0, stream.bytes - cutBytes), cut: reason)
            } else {
                finish(exchange, status: Self.clientGone, bytes: 0)
            }
        }
    }
}
