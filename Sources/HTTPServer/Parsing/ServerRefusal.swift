public import HTTPTypes

/// Why the server itself turns a request down, before or instead of asking the service.
public struct ServerRefusal: Error, Sendable, Hashable {
    /// The kind of refusal, as a stable word for programs.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are not an HTTP/1.1 request.
        case malformedRequest = "malformed_request"
        /// RFC 9112 section 3.
        case requestLineTooLong = "request_line_too_long"
        /// RFC 6585 section 5.
        case headerTooLarge = "header_too_large"
        /// RFC 9110 section 15.5.14.
        case bodyTooLarge = "body_too_large"
        /// RFC 9110 section 15.5.9.
        case requestTimeout = "request_timeout"
        /// RFC 9110 section 15.6.6.
        case httpVersion = "http_version"
        /// RFC 9110 section 10.1.1.
        case expectationFailed = "expectation_failed"
        /// RFC 9110 section 9.1, RFC 9112 section 6.1.
        case notImplemented = "not_implemented"
        /// There is no room for it now.
        case busy
        /// The server is draining.
        case shuttingDown = "shutting_down"
        /// The server has failed.
        case `internal`

        /// The status that answers it.
        public var status: HTTPResponse.Status {
            switch self {
            case .malformedRequest: .badRequest
            case .requestLineTooLong: .uriTooLong
            case .headerTooLarge: .requestHeaderFieldsTooLarge
            case .bodyTooLarge: .contentTooLarge
            case .requestTimeout: .requestTimeout
            case .httpVersion: .httpVersionNotSupported
            case .expectationFailed: .expectationFailed
            case .notImplemented: .notImplemented
            case .busy, .shuttingDown: .serviceUnavailable
            case .internal: .internalServerError
            }
        }
    }

    /// Its kind.
    public let code: Code
    /// A sentence for people: what was wrong and what to do.
    public let detail: String

    private init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// The status that answers it.
    public var status: HTTPResponse.Status { code.status }
}

extension ServerRefusal {
    /// 400: the bytes are not an HTTP/1.1 request.
    public static func malformed(_ detail: String) -> ServerRefusal { ServerRefusal(.malformedRequest, detail) }

    /// 414: the request line is longer than `limit` bytes.
    public static func requestLineTooLong(limit: Int) -> ServerRefusal {
        ServerRefusal(
            .requestLineTooLong, "The request line is longer than \(limit) bytes; shorten the path or the query.")
    }

    /// 431: there are too many fields, or too long ones.
    public static func headerTooLarge(_ detail: String) -> ServerRefusal { ServerRefusal(.headerTooLarge, detail) }

    /// 413: the body is longer than `limit` bytes.
    public static func bodyTooLarge(limit: Int) -> ServerRefusal {
        ServerRefusal(.bodyTooLarge, "The body is larger than \(limit) bytes; send less in one request.")
    }

    /// 408: the client was too slow.
    public static func requestTimeout(_ detail: String) -> ServerRefusal { ServerRefusal(.requestTimeout, detail) }

    /// 505: another version.
    public static let httpVersion = ServerRefusal(.httpVersion, "Only HTTP/1.1 and HTTP/1.0 are served here.")

    /// 417: what is expected is not met here.
    public static let expectationFailed = ServerRefusal(
        .expectationFailed, "The only expectation met here is 100-continue; leave out any other Expect.")

    /// 501: a method nobody knows.
    public static let notImplemented = ServerRefusal(
        .notImplemented,
        "The method is none that is known here: GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS are.")

    /// 501: a transfer coding nobody knows.
    public static let codingNotImplemented = ServerRefusal(
        .notImplemented, "The only Transfer-Encoding known here is chunked; send the body without any other.")

    /// 503: as many connections as the configuration allows are open.
    public static func busy(_ detail: String) -> ServerRefusal { ServerRefusal(.busy, detail) }

    /// 503: the server is draining.
    public static let shuttingDown = ServerRefusal(
        .shuttingDown, "The server is shutting down; try again in a moment.")

    /// 503: clients have made the server hold as much as it may.
    public static let outOfMemory = ServerRefusal.busy(
        "The server holds as much for its clients as it may. Nothing of this request was kept; try again in a moment.")

    /// 500: nothing of the inside is told.
    public static let `internal` = ServerRefusal(
        .internal, "The server failed; the log has more under this request's id.")
}
