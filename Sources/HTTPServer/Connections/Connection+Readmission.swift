import HTTPTypes

extension Connection {
    /// What the service says of somebody it let in, where an answer of theirs, or a piece of it, has had to wait; nil when
    /// it may go out. All that goes out later than at once passes here, whatever it waited for: the service can't forget
    /// one of them.
    func dismissal(of exchange: Exchange) -> Dismissal? {
        guard let admission = exchange.admission, exchange.turn != context.turn,
            !context.readmitted.contains(admission)
        else { return nil }
        if let dismissal = context.handler.readmit(admission, requestID: exchange.requestID) { return dismissal }
        context.readmitted.insert(admission)
        return nil
    }

    /// The answer as it may go out now. What a request has changed is told in any case.
    func readmitted(_ response: Response, for exchange: Exchange) -> Response {
        let isSafe = exchange.method == .get || exchange.method == .head
        guard isSafe || response.status.kind != .successful else { return response }
        return dismissal(of: exchange)?.response ?? response
    }
}
