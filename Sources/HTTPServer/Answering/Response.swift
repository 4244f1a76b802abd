public import HTTPTypes

/// What a handler answers. The server adds `Date`, `Content-Length` or `Transfer-Encoding`, `Connection` and
/// `X-Request-Id`, and leaves the body out for HEAD, 204 and 304.
public struct Response: Sendable {
    /// The body, if any.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// A body of unknown length, made piece by piece and sent chunked.
        case stream(BodyStream)
    }

    public var status: HTTPResponse.Status
    public var headerFields: HTTPFields
    public var body: Body

    public init(status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: Body = .none) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
    }
}
