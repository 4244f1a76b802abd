import HTTPTypes
import Synchronization

extension Connection {
    /// Of a body that nobody wants, so much at most is read and dropped for the sake of the requests behind it; a longer
    /// one costs more than a new connection.
    private static let longestDropped = 64 * 1024

    /// Asks the service about a request whose body is not wholly there: who may not send it, or nothing so long, is
    /// answered before it costs memory.
    func admit(_ head: RequestHead, bytesAtHand: Int) {
        var bodyLength: Int?
        if case .length(let length) = head.framing {
            // What is here already costs nothing more: `respond` refuses the same.
            if length <= min(bytesAtHand, parser.bodyLimit) { return }
            bodyLength = length
        }
        var request = request(head)
        let admission = context.handler.admit(request, bodyLength: bodyLength)
        switch admission.verdict {
        case .body(let limit):
            request.isAdmitted = true
            admitted = request
            parser.bodyLimit = max(parser.bodyLimit, limit)
        case .refused(let response):
            // Who waits for 100 and does not get it may leave the body out or send it: what comes then, nobody can tell
            // (RFC 9110 section 10.1.1).
            dropsBody = head.keepAlive && !head.expectsContinue && (bodyLength ?? 0) <= Self.longestDropped
            parser.bodyLimit = Self.longestDropped
            context.counters.requests.add(1, ordering: .relaxed)
            var exchange = exchange(for: request, head, keepAlive: dropsBody)
            exchange.route = admission.route
            exchange.logged = admission.logged
            if dropsBody {
                self.head = nil
                owesContinue = false
            } else {
                endInputUnanswered()
            }
            take(response, for: exchange)
        }
    }

    /// Reads nothing more as a request; once the answers are out the connection closes.
    func endInputUnanswered() {
        stage = .finishing
        leftover = []
        body = []
        bodyReservation = 0
        head = nil
        admitted = nil
        owesContinue = false
        receivingSince = nil
    }
}
