import HTTPServer
import HTTPTypes
import Synchronization

/// A service that is one closure, so that each test says what it serves.
struct TestService: Service {
    /// A loop's state that counts what it has seen; not Sendable on purpose.
    final class LoopState {
        var requests = 0
    }

    var routes: [String] = []
    var admit: @Sendable (Request, Int?) -> Admission = { _, _ in .body() }
    var readmit: @Sendable (Int64) -> Dismissal? = { _ in nil }
    let answer: @Sendable (Request, Reply<LoopState>) -> Answer

    func makeLoopState() throws -> LoopState { LoopState() }

    func admit(_ request: Request, bodyLength: Int?, state: LoopState) -> Admission { admit(request, bodyLength) }

    func respond(to request: Request, state: LoopState, reply: Reply<LoopState>) -> Answer {
        state.requests += 1
        return answer(request, reply)
    }

    func readmit(_ admission: Int64, requestID: String, state: LoopState) -> Dismissal? { readmit(admission) }

    /// The code is the body, so that tests can read it.
    func response(to refusal: ServerRefusal, requestID: String) -> Response {
        .text(refusal.code.rawValue, status: refusal.status)
    }
}

extension Response {
    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headerFields: [.contentType: "text/plain"], body: .bytes(Array(text.utf8)))
    }
}

/// Replies kept back until a test gives them.
final class HeldReplies: Sendable {
    private let replies = Mutex<[(path: String, reply: Reply<TestService.LoopState>)]>([])

    func hold(_ request: Request, _ reply: Reply<TestService.LoopState>) -> Answer {
        replies.withLock { $0.append((request.path, reply)) }
        return .later
    }

    var count: Int { replies.withLock(\.count) }

    /// Takes what is held, oldest first.
    func take() -> [(path: String, reply: Reply<TestService.LoopState>)] {
        replies.withLock { replies in
            defer { replies = [] }
            return replies
        }
    }
}
