import HTTPTypes

/// A request without its body: what the request line and the header fields say.
struct RequestHead: Sendable {
    /// How the body is delimited (RFC 9112 section 6.3).
    enum Framing: Sendable, Hashable {
        case none
        case length(Int)
        case chunked
    }

    var method: HTTPRequest.Method
    var target: RequestTarget
    /// The 0 or 1 of HTTP/1.0 and HTTP/1.1; a later minor version counts as 1.
    var minorVersion: UInt8
    var fields = HeaderFields()
    var framing = Framing.none
    /// Whether the connection may carry another request after this one (RFC 9112 section 9.3).
    var keepAlive = true
    /// Whether the client waits for 100 (Continue) before it sends the body (RFC 9110 section 10.1.1).
    var expectsContinue = false
    /// What Accept-Encoding says (RFC 9110 section 12.5.3).
    var codings = AcceptedCodings()
}
