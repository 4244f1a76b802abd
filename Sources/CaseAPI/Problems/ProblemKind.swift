import Complaints
import HTTPTypes

/// A kind of problem (RFC 9457's problem type): all that is known of it before it comes up, and its page at
/// `/problems/CODE`. Each is one literal, in a list of its group.
struct ProblemKind: Vocabulary, CustomStringConvertible {
    /// Everything that can go wrong, as a closed set.
    static let allCases = ofRequests + ofAccess + ofTheRecord + ofTheService

    /// The code, for programs.
    let rawValue: String
    /// The HTTP status that goes with it.
    let status: HTTPResponse.Status
    /// Always the same (RFC 9457 section 3.1.3).
    let title: String
    /// How many seconds a client should wait before it tries again, where waiting helps.
    let retryAfter: Int?
    /// What it means.
    let meaning: String
    /// Why it is a problem, or how it comes about.
    let cause: String
    /// What to do.
    let advice: String
    private let makeExample: @Sendable () -> ProblemExample

    /// What it looks like.
    var example: ProblemExample { makeExample() }

    init(
        _ code: String, _ status: HTTPResponse.Status, _ title: String, retryAfter: Int? = nil, meaning: String,
        cause: String, advice: String, example: @escaping @autoclosure @Sendable () -> ProblemExample
    ) {
        rawValue = code
        self.status = status
        self.title = title
        self.retryAfter = retryAfter
        self.meaning = meaning
        self.cause = cause
        self.advice = advice
        makeExample = example
    }

    /// What a rule of the workflow is against (409).
    init(
        _ rule: RuleViolation.Code, _ title: String, meaning: String, cause: String, advice: String,
        example: @escaping @autoclosure @Sendable () -> ProblemExample
    ) {
        self.init(
            rule.rawValue, .conflict, title, meaning: meaning, cause: cause, advice: advice, example: example())
    }

    /// The kind of a rule of the workflow; each rule has one, which a test holds.
    init(_ rule: RuleViolation.Code) { self = Self(rawValue: rule.rawValue) ?? .internal }

    /// Whether somebody has to look into the log for what it was.
    var isFailure: Bool { status == .internalServerError }

    /// The address of its page (RFC 9457 section 3.1.1).
    var type: String { "/problems/\(rawValue)" }

    var description: String { rawValue }

    static func == (one: ProblemKind, other: ProblemKind) -> Bool { one.rawValue == other.rawValue }

    func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

// MARK: - What several have in common
extension ProblemKind {
    static let readIsBounded =
        "What is read takes memory before it is known who asks, so there is a bound, which an operator can move."
    static let sendAgain = "Send it again after the seconds in Retry-After."
}
