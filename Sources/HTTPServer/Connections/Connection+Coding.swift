import Dispatch

extension Connection {
    /// The answer as it goes out: as it is, or as gzip where the request asks for that and it is worth it. Nil when that
    /// takes too long for a loop: then it comes again as a late answer to the request with that number.
    func coded(_ response: Response, for exchange: Exchange, sequence: UInt64) -> Response? {
        guard response.isCodable, !response.isCodingSettled else { return response }
        switch response.body {
        case .none: return response
        case .stream(let body):
            guard exchange.codings.codes(.max) else { return response }
            var response = response
            response.body = .stream(context.coder.gzip(body))
            response.markGzipped()
            return response
        case .bytes(let body):
            guard exchange.codings.codes(body.count) else { return response }
            guard body.count > BodyCoder.longestOnLoop else {
                return Self.coded(response, as: context.coder.gzip(body, isOnLoop: true))
            }
            let (token, loop, coder) = (token, context.loop, context.coder)
            coder.queue.async { @Sendable in
                let coded = Self.coded(response, as: coder.gzip(body, isOnLoop: false))
                loop.deliver([LateAnswer(connection: token, sequence: sequence) { _ in coded }])
            }
            return nil
        }
    }

    /// Without the memory for it, it goes as it is.
    private static func coded(_ response: Response, as body: [UInt8]?) -> Response {
        var response = response
        response.isCodingSettled = true
        if let body {
            response.body = .bytes(body)
            response.markGzipped()
        }
        return response
    }
}
