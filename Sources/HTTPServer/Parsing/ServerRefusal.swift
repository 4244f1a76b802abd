public import HTTPTypes

/// Why the server itself turns a request down, before or instead of asking the service.
public struct ServerRefusal: Error, Sendable, Hashable {
    /// The status that answers it.
    public let status: HTTPResponse.Status
    /// A stable word for programs, such as `malformed_request`.
    public let code: String
    /// A sentence for people: what was wrong and what to do.
    public let detail: String

    /// A refusal of any kind; the server's own are the static members.
    public init(status: HTTPResponse.Status, code: String, detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }
}

extension ServerRefusal {
    /// 400: the bytes are not an HTTP/1.1 request.
    public static func malformed(_ detail: String) -> ServerRefusal {
        ServerRefusal(status: .badRequest, code: "malformed_request", detail: detail)
    }

    /// 414 (RFC 9112 section 3).
    public static func requestLineTooLong(limit: Int) -> ServerRefusal {
        ServerRefusal(
            status: .uriTooLong, code: "request_line_too_long",
            detail: "The request line is longer than \(limit) bytes; shorten the path or the query.")
    }

    /// 431 (RFC 6585 section 5).
    public static func headerTooLarge(_ detail: String) -> ServerRefusal {
        ServerRefusal(status: .requestHeaderFieldsTooLarge, code: "header_too_large", detail: detail)
    }

    /// 413 (RFC 9110 section 15.5.14).
    public static func bodyTooLarge(limit: Int) -> ServerRefusal {
        ServerRefusal(
            status: .contentTooLarge, code: "body_too_large",
            detail: "The body is larger than \(limit) bytes; send less in one request.")
    }

    /// 408 (RFC 9110 section 15.5.9).
    public static func requestTimeout(_ detail: String) -> ServerRefusal {
        ServerRefusal(status: .requestTimeout, code: "request_timeout", detail: detail)
    }

    /// 505 (RFC 9110 section 15.6.6).
    public static let httpVersion = ServerRefusal(
        status: .httpVersionNotSupported, code: "http_version", detail: "Only HTTP/1.1 and HTTP/1.0 are served here.")

    /// 417 (RFC 9110 section 10.1.1).
    public static let expectationFailed = ServerRefusal(
        status: .expectationFailed, code: "expectation_failed",
        detail: "The only expectation met here is 100-continue; leave out any other Expect.")

    /// 501 (RFC 9110 section 9.1).
    public static let notImplemented = ServerRefusal(
        status: .notImplemented, code: "not_implemented",
        detail: "The method is none that is known here: GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS are.")

    /// 501 (RFC 9112 section 6.1).
    public static let codingNotImplemented = ServerRefusal(
        status: .notImplemented, code: "not_implemented",
        detail: "The only Transfer-Encoding known here is chunked; send the body without any other.")

    /// 503: as many connections as the configuration allows are open.
    public static func busy(_ detail: String) -> ServerRefusal {
        ServerRefusal(status: .serviceUnavailable, code: "busy", detail: detail)
    }

    /// 503: the server is draining.
    public static let shuttingDown = ServerRefusal(
        status: .serviceUnavailable, code: "shutting_down",
        detail: "The server is shutting down; try again in a moment.")

    /// 503: clients have made the server hold as much as it may.
    public static let outOfMemory = ServerRefusal.busy(
        "The server holds as much for its clients as it may. Nothing of this request was kept; try again in a moment.")

    /// 500: nothing of the inside is told.
    public static let `internal` = ServerRefusal(
        status: .internalServerError, code: "internal",
        detail: "The server failed; the log has more under this request's id.")
}
