import Glibc
import HTTPTypes

extension Connection {
    /// What is refused before it is whole may be a HEAD: the rule of `RequestLine` says what is known of it.
    private var refusedMethod: HTTPRequest.Method {
        if let head = parser.head { return head.method }
        let isHead = parser.refusesHead || leftover.withUnsafeBytes { RequestLine.mayBeHead($0, at: 0) }
        return isHead ? .head : .get
    }

    /// Answers what is no request, or may not be one, and reads nothing more as a request.
    func refuse(_ refusal: ServerRefusal) {
        // What is being dropped belongs to a request that has its answer: there is nothing more to say.
        guard !dropsBody else { return endInputUnanswered() }
        let id = context.requestIDs.next()
        context.counters.countRefusal(refusal.code.rawValue)
        let exchange = Exchange(
            requestID: id, method: refusedMethod,
            path: context.loggedPath(parser.head?.target.path ?? ""),
            isHTTP10: parser.head?.minorVersion == 0, keepAlive: false, codings: AcceptedCodings(),
            started: context.now, isRequest: false)
        endInputUnanswered()
        take(context.handler.response(to: refusal, requestID: id), for: exchange)
    }

    /// Tells a connection that is one too many so. What it asks comes right after it as a rule, and has to be seen first, as
    /// an answer to HEAD has no content; who has asked nothing by the next tick is not waited for any longer.
    func turnDown(isLate: Bool) {
        let count = recv(descriptor, context.input.baseAddress, context.input.count, Int32(MSG_PEEK | MSG_DONTWAIT))
        guard count > 0 || isLate, let refusal = turnedDown.take() else { return }
        // It is looked at, and read once the answer is out.
        if count > 0 { leftover = Array(context.input[..<count]) }
        refuse(refusal)
    }
}
