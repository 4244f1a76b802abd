import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What a problem looks like, on its page.
struct ProblemExample {
    /// A request that gets it, on a desk where case 1 has been opened with promise 1; nil where no request brings it about.
    var request: Request?
    let answer: Problem

    struct Request {
        let method: HTTPRequest.Method
        let target: String
        var fields: [(name: String, value: String)] = []
        var body: String?
    }

    /// - Parameter finish: what the problem has besides its detail.
    init(
        _ code: ProblemCode, _ detail: String, _ method: HTTPRequest.Method, _ target: String,
        fields: [(String, String)] = [], body: String? = nil, finish: (inout Problem) -> Void = { _ in }
    ) {
        request = Request(
            method: method, target: target, fields: fields.map { (name: $0.0, value: $0.1) }, body: body)
        var answer = Problem(code, detail)
        finish(&answer)
        self.answer = answer
    }

    /// What no request brings about by itself: what the server turns down, or the store can't do.
    init(_ refusal: ServerRefusal) {
        answer = Problem(refusal)
    }

    init(of error: any Error) {
        answer = Problem.of(error) ?? Problem(ServerRefusal.internal)
    }
}

extension ProblemExample {
    private static let case1 = "/v1/cases/1"

    /// The example of a code's page.
    static func of(_ code: ProblemCode) -> ProblemExample {
        switch code {
        case .malformedRequest:
            ProblemExample(
                code, "If-Match must be * or a list of entity tags in double quotes.", .get, case1,
                fields: [("If-Match", "7")])
        case .malformedJSON:
            ProblemExample(
                code, "There is a character that JSON does not allow here, at line 1, column 28.", .post, "/v1/cases",
                body: #"{"complaint": "It leaks.", }"#)
        case .invalidParameter:
            ProblemExample(code, aParameter, .get, "/v1/cases?limit=0") {
                $0.add(.parameter("limit"), FieldIssue.Code.invalidValue, "must be a whole number from 1 to 500.")
            }
        case .unknownParameter:
            ProblemExample(code, aParameter, .get, "/v1/cases/1?expand=log") {
                $0.add(.parameter("expand"), code, "is no parameter here. Known: as_of, include, pretty.")
            }
        case .unknownValue:
            ProblemExample(code, aParameter, .get, "/v1/promises?owner=Kimm") {
                $0.add(
                    .parameter("owner"), code, #"No owner has ever had the name "Kimm"; allow_unknown=true accepts it."#
                )
            }
        case .requestLineTooLong: ProblemExample(.requestLineTooLong(limit: ParserLimits().requestLine))
        case .headerTooLarge:
            ProblemExample(.headerTooLarge("A header line is longer than \(ParserLimits().headerLine) bytes."))
        case .bodyTooLarge: ProblemExample(.bodyTooLarge(limit: ParserLimits().body))
        case .requestTimeout: ProblemExample(.requestTimeout("The request's head did not arrive in time."))
        case .httpVersion: ProblemExample(.httpVersion)
        case .expectationFailed:
            ProblemExample(
                code, ServerRefusal.expectationFailed.detail, .post, "/v1/cases", fields: [("Expect", "magic")],
                body: "{}")
        case .notImplemented:
            ProblemExample(
                code, ServerRefusal.notImplemented.detail, HTTPRequest.Method("BREW")!, "/v1/cases")
        case .unsupportedMediaType:
            ProblemExample(
                code, "The body came as text/plain: send it as application/json in UTF-8, as curl --json does.", .post,
                "/v1/cases", fields: [("Content-Type", "text/plain")], body: "{}")
        case .notAcceptable:
            ProblemExample(
                code, "There is no such representation here: accept application/json.", .get, case1,
                fields: [("Accept", "text/csv")])
        case .unauthenticated:
            ProblemExample(
                code, "Send Authorization: Bearer ck_… with a token that is known, not expired and not revoked.", .get,
                "/v1/cases")
        case .forbidden:
            ProblemExample(code, "This takes the role admin; the token's role is reader.", .get, "/v1/tokens")
        case .notFound: ProblemExample(code, "There is no case 99.", .get, "/v1/cases/99")
        case .methodNotAllowed:
            ProblemExample(code, "DELETE is not for this path: Allow lists what is.", .delete, case1)
        case .stale:
            ProblemExample(
                code, #"It has changed since: its ETag is "3-1-0" now. Read it again before you change it."#, .patch,
                case1,
                fields: [("If-Match", #""2-1-0""#)], body: #"{"owner": "Kim"}"#)
        case .validationFailed:
            ProblemExample(
                code, "2 fields are wrong: errors lists what would be right. Nothing has changed.", .post, "/v1/cases",
                body: #"{"complaint": " ", "customer": {}}"#
            ) {
                $0.add(.pointer("#/complaint"), .tooShort, "must not be empty or only white space.")
                $0.add(.pointer("#/customer/name"), .required, "must be given.")
            }
        default: ofRecord(code)
        }
    }

    private static let aParameter = "A parameter is wrong: errors lists what would be right."
}

extension Problem {
    mutating func add(_ place: Item.Place, _ code: FieldIssue.Code, _ detail: String) {
        errors.append(Item(place: place, code: code.rawValue, detail: detail))
    }

    mutating func add(_ place: Item.Place, _ code: ProblemCode, _ detail: String) {
        errors.append(Item(place: place, code: code.rawValue, detail: detail))
    }
}
