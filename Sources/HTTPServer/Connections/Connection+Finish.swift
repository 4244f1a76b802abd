import HTTPTypes
import Logging

extension Connection {
    /// What is counted and logged for a request whose client went before its answer was written: nginx's number for
    /// it, as HTTP has none.
    private static let clientGone = 499

    /// Counts and logs an exchange whose answer has been written.
    /// - Parameters:
    ///   - bytes: of the body.
    ///   - cut: why its body is not whole; nil when it is.
    func finish(_ exchange: Exchange, status: Int, bytes: Int, cut: CutReason? = nil) {
        let nanoseconds = exchange.isRequest ? exchange.started.nanoseconds(until: .now()) : 0
        if exchange.isRequest {
            context.counters.countAnswer(
                to: exchange.method, route: exchange.route, status: status, nanoseconds: nanoseconds)
        }
        guard context.logsRequests else { return }
        var metadata: Logger.Metadata = [
            "request_id": .string(exchange.requestID), "status": .stringConvertible(status),
            "bytes": .stringConvertible(bytes), "micros": .stringConvertible(nanoseconds / 1000),
            "peer": .string(peer.host),
        ]
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
    /// - Parameter reason: why that is.
    func finishUnanswered(_ exchanges: ArraySlice<Exchange>, _ reason: CutReason = .clientGone) {
        for (index, exchange) in zip(exchanges.indices, exchanges) where exchange.isRequest {
            if index == 0, let stream, let response = exchange.response {
                finish(exchange, status: response.status.code, bytes: stream.bytes, cut: reason)
            } else {
                finish(exchange, status: Self.clientGone, bytes: 0)
            }
        }
    }
}
