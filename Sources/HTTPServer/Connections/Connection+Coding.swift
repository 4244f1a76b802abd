import Dispatch
import HTTPTypes

extension Connection {
    /// What an answer comes to.
    enum Coded {
        case now(Response)
        /// It takes too long for a loop: it comes again as a late answer to the request.
        case later(CodingJob)
    }

    /// The answer as it goes out: as it is, or as gzip where the request asks for that and it is worth it.
    func coded(_ response: Response, for exchange: Exchange, sequence: UInt64) -> Coded {
        guard response.isCodable, !response.isCodingSettled else { return .now(response) }
        switch response.body {
        case .none: return .now(response)
        case .stream(let body):
            guard exchange.codings.codes(.max), let coded = context.coder.gzip(body) else { return .now(response) }
            var response = response
            response.body = .stream(coded)
            response.markGzipped()
            return .now(response)
        case .bytes(let body):
            guard exchange.codings.codes(body.count) else { return .now(response) }
            if let kept = response.kept, kept.isLasting || body.count <= BodyCoder.longestOnLoop {
                return .now(gzipped(response, kept))
            }
            guard body.count > BodyCoder.longestOnLoop else {
                return .now(Self.coded(response, as: context.coder.gzip(body, isOnLoop: true)))
            }
            return codedBesideLoop(response, body.count, for: exchange, sequence: sequence)
        }
    }

    private func gzipped(_ response: Response, _ kept: KeptBody) -> Response {
        guard let body = kept.gzip({ context.coder.gzip($0, isOnLoop: true) }) else { return response }
        var response = response
        response.body = .bytes(body)
        response.kept = kept
        response.markGzipped()
        return response
    }

    private func codedBesideLoop(
        _ response: Response, _ count: Int, for exchange: Exchange, sequence: UInt64
    ) -> Coded {
        let job = CodingJob(response, count: count)
        let (token, loop) = (token, context.loop)
        let isTaken = context.coder.submit(job) { response, body in
            let coded = Self.coded(response, as: body)
            loop.deliver([LateAnswer(connection: token, sequence: sequence) { _ in coded }])
        }
        if isTaken { return .later(job) }
        // Where it may not go out as it is, and nothing has been changed, it has to be asked for again.
        guard !exchange.codings.identity, exchange.isSafe else { return .now(response) }
        return .now(context.handler.response(to: .outOfMemory, requestID: exchange.requestID))
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
