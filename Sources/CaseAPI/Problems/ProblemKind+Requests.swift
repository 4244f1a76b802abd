import Complaints
import HTTPServer
import HTTPTypes

// What was sent is not readable.
extension ProblemKind {
    static let ofRequests: [ProblemKind] = [
        .malformedRequest, .malformedJSON, .invalidParameter, .unknownParameter, .unknownValue, .requestLineTooLong,
        .headerTooLarge, .bodyTooLarge, .requestTimeout, .httpVersion, .expectationFailed, .notImplemented,
        .unsupportedMediaType, .notAcceptable,
    ]

    static let malformedRequest = ProblemKind(
        "malformed_request", .badRequest, "Not an HTTP request",
        meaning: "What came is no HTTP/1.1 request, or a field of its head has no value that it can have.",
        cause: "What is taken one way here and another way by a proxy in between would be a way around it.",
        advice: "The detail says where it went wrong: correct that. curl and every HTTP library send it well.",
        example: ProblemExample(
            "If-Match must be * or a list of entity tags in double quotes.", .get, "/v1/cases/1",
            fields: [("If-Match", "7")]))

    static let malformedJSON = ProblemKind(
        "malformed_json", .badRequest, "Not JSON",
        meaning: "The body is not JSON by RFC 8259.",
        cause: "A comma too many, a name twice or bytes that are not UTF-8 mean different things to different readers.",
        advice: "The detail says at which line and column. Let a library write it, in UTF-8 without a byte order mark.",
        example: ProblemExample(
            "There is a character that JSON does not allow here, at line 1, column 28.", .post, "/v1/cases",
            body: #"{"complaint": "It leaks.", }"#))

    static let invalidParameter = ProblemKind(
        "invalid_parameter", .badRequest, "A parameter is not valid",
        meaning: "Parameters of the query, or header fields, have values that they can't have.",
        cause: "A filter that is passed over would look like an answer to what was asked.",
        advice: "Correct all that errors lists; nothing was looked up.",
        example: ProblemExample(ProblemExample.aParameter, .get, "/v1/cases?limit=0") {
            $0.add(.parameter("limit"), .invalidValue, "must be a whole number from 1 to 500.")
        })

    static let unknownParameter = ProblemKind(
        "unknown_parameter", .badRequest, "Unknown parameter",
        meaning: "The query has parameters that this route does not know.",
        cause: "A filter with a typo that is passed over would look like an answer to what was asked.",
        advice: "Check the spelling: errors says what was likely meant, and what there is.",
        example: ProblemExample(ProblemExample.aParameter, .get, "/v1/cases/1?expand=log") {
            $0.add(.parameter("expand"), $0.kind, "is no parameter here. Known: as_of, fields, include, pretty.")
        })

    static let unknownValue = ProblemKind(
        "unknown_value", .badRequest, "Never seen",
        meaning: "No record has that owner, team, category, actor or tag.",
        cause: "A name with a typo finds nothing, which would look as if nothing were overdue.",
        advice: "Check the spelling, or add allow_unknown=true when an empty answer is what you want.",
        example: ProblemExample(ProblemExample.aParameter, .get, "/v1/promises?owner=Kimm") {
            $0.add(
                .parameter("owner"), $0.kind,
                #"No owner on record has the name "Kimm". Did you mean Kim? allow_unknown=true accepts it."#)
        })

    static let requestLineTooLong = ProblemKind(
        "request_line_too_long", .uriTooLong, "The request line is too long",
        meaning: "Method, path and query together are longer than the server reads.",
        cause: readIsBounded,
        advice: "Shorten the query.",
        example: ProblemExample(of: ServerRefusal.requestLineTooLong(limit: ParserLimits().requestLine)))

    static let headerTooLarge = ProblemKind(
        "header_too_large", .requestHeaderFieldsTooLarge, "The header section is too large",
        meaning: "A header field is too long, or there are too many of them.",
        cause: readIsBounded,
        advice: "Send fewer or shorter header fields.",
        example: ProblemExample(
            of: ServerRefusal.headerTooLarge("A header line is longer than \(ParserLimits().headerLine) bytes.")))

    static let bodyTooLarge = ProblemKind(
        "body_too_large", .contentTooLarge, "The body is too large",
        meaning: "The body is larger than the server takes.",
        cause: readIsBounded,
        advice: "Send less in one request.",
        example: ProblemExample(of: ServerRefusal.bodyTooLarge(limit: ParserLimits().body)))

    static let requestTimeout = ProblemKind(
        "request_timeout", .requestTimeout, "The request took too long",
        meaning: "The request did not arrive in time, and the connection is closed.",
        cause: "Who sends slowly holds a place that others wait for.",
        advice: "Send the whole request without pausing, on a new connection.",
        example: ProblemExample(of: ServerRefusal.requestTimeout("The request's head did not arrive in time.")))

    static let httpVersion = ProblemKind(
        "http_version", .httpVersionNotSupported, "HTTP version not supported",
        meaning: "The request is of another HTTP version than 1.1 or 1.0.",
        cause: "HTTP/2 and HTTP/3 are spoken by the proxy in front, if there is one.",
        advice: "Use HTTP/1.1.",
        example: ProblemExample(of: ServerRefusal.httpVersion))

    static let expectationFailed = ProblemKind(
        "expectation_failed", .expectationFailed, "Unknown expectation",
        meaning: "Expect asks for something that the server can't promise.",
        cause: "100-continue is the only one there is (RFC 9110 section 10.1.1).",
        advice: "Leave Expect out, or send 100-continue.",
        example: ProblemExample(
            ServerRefusal.expectationFailed.detail, .post, "/v1/cases", fields: [("Expect", "magic")],
            body: "{}"))

    static let notImplemented = ProblemKind(
        "not_implemented", .notImplemented, "Not implemented",
        meaning: "The server does nothing by this method, or can't decode the body's transfer coding.",
        cause: "GET, HEAD, POST, PATCH and OPTIONS do all that there is to do here.",
        advice: "Use one of the methods in Allow, which OPTIONS answers with, and no other coding than chunked.",
        example: ProblemExample(ServerRefusal.notImplemented.detail, HTTPRequest.Method("BREW")!, "/v1/cases"))

    static let unsupportedMediaType = ProblemKind(
        "unsupported_media_type", .unsupportedMediaType, "Not JSON by its Content-Type",
        meaning: "The body does not say that it is JSON.",
        cause: "A browser sends other types for any page that asks it to, and JSON only where it may.",
        advice:
            "Send Content-Type: application/json, as curl --json does; for a PATCH application/merge-patch+json will do as well.",
        example: ProblemExample(
            "The body came as text/plain: send it as application/json in UTF-8, as curl --json does.", .post,
            "/v1/cases", fields: [("Content-Type", "text/plain")], body: "{}"))

    static let notAcceptable = ProblemKind(
        "not_acceptable", .notAcceptable, "No such representation",
        meaning: "Accept leaves no form that the answer can have.",
        cause: "Lists and reports are JSON or CSV, everything else is JSON.",
        advice: "Accept application/json, or text/csv on lists and reports; without Accept it is JSON.",
        example: ProblemExample(
            "There is no such representation here: accept application/json.", .get, "/v1/cases/1",
            fields: [("Accept", "text/csv")]))
}
