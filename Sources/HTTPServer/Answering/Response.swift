public import HTTPTypes

/// What a handler answers. The server adds `Date`, `Content-Length` or `Transfer-Encoding`, `Connection`,
/// `X-Request-Id`, `X-Content-Type-Options` and `Cross-Origin-Resource-Policy`, and leaves the body out for HEAD, 204 and 304.
public struct Response: Sendable {
    /// The body, if any.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// A body of unknown length, made piece by piece and sent chunked.
        case stream(BodyStream)
    }

    /// The status and its reason phrase.
    public var status: HTTPResponse.Status
    /// All but those that the server sets; if given, they are left out.
    public var headerFields: HTTPFields
    /// Left out on the wire for HEAD, 204 and 304.
    public var body: Body {
        didSet { kept = nil }
    }
    /// Whether the body may go out as gzip, where the request asks for it. The server then adds `Content-Encoding`, ends
    /// a strong entity tag in `ContentCoding.tagSuffix`, and in any case puts Accept-Encoding first in `Vary`. Not for
    /// bodies in which a secret stands beside what somebody else chose (BREACH).
    public var isCodable = false
    /// What is to be coded of it has been.
    var isCodingSettled = false
    /// Whose bytes the body is, when it is the same for everybody.
    public internal(set) var kept: KeptBody?

    /// A response; without more, one that has no body.
    public init(status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: Body = .none) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
    }

    /// A response whose body is the same for everybody.
    public init(status: HTTPResponse.Status, headerFields: HTTPFields = [:], kept: KeptBody) {
        self.init(status: status, headerFields: headerFields, body: .bytes(kept.bytes))
        self.kept = kept
    }

    /// Answers with another body that is the same for everybody.
    public mutating func setBody(_ kept: KeptBody) {
        body = .bytes(kept.bytes)
        self.kept = kept
    }
}
