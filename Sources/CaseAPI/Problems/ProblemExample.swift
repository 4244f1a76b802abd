import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What a problem looks like, on its page.
struct ProblemExample: Sendable {
    /// A request that gets it, on a desk where case 1 has been opened with promise 1; nil where no request brings it about.
    var request: Request?
    private let makeAnswer: @Sendable (ProblemKind) -> Problem

    struct Request: Sendable {
        let method: HTTPRequest.Method
        let target: String
        var fields: [(name: String, value: String)] = []
        var body: String?
    }

    /// - Parameter finish: what the problem has besides its detail.
    init(
        _ detail: String, _ method: HTTPRequest.Method, _ target: String, fields: [(String, String)] = [],
        body: String? = nil, finish: @escaping @Sendable (inout Problem) -> Void = { _ in }
    ) {
        request = Request(
            method: method, target: target, fields: fields.map { (name: $0.0, value: $0.1) }, body: body)
        makeAnswer = { kind in
            var answer = Problem(kind, detail)
            finish(&answer)
            return answer
        }
    }

    /// What no request brings about by itself: what the server turns down, or the store can't do.
    init(of error: any Error) {
        makeAnswer = { _ in Problem.of(error) ?? Problem(ServerRefusal.internal) }
    }

    /// The answer to that request.
    func answer(_ kind: ProblemKind) -> Problem { makeAnswer(kind) }
}

// MARK: - What several have in common
extension ProblemExample {
    static let aParameter = "A parameter is wrong: errors lists what would be right."
    static let due = Instant(milliseconds: 1_772_355_600_000)
    static let renewal = """
        {"due_in": "P5D", "reason": "None in stock", "next_step": "Kim calls", \
        "customer_notified": {"channel": "phone", "outcome": "reached"}}
        """
}

extension Problem {
    mutating func add(_ place: Item.Place, _ code: FieldIssue.Code, _ detail: String) {
        errors.append(Item(place: place, code: code.rawValue, detail: detail))
    }

    mutating func add(_ place: Item.Place, _ kind: ProblemKind, _ detail: String) {
        errors.append(Item(place: place, code: kind.rawValue, detail: detail))
    }
}
