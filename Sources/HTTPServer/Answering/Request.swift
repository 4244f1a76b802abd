public import HTTPTypes

/// One whole HTTP request, its body included, as a handler sees it.
public struct Request: Sendable {
    /// Names this request in the log and in `X-Request-Id`; made by the server, never taken from the client.
    public let id: String
    /// One of those the server knows: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.
    public let method: HTTPRequest.Method
    /// The path of the target as it came, still percent-encoded; always starts with `/` (or is `*` for OPTIONS).
    public let path: String
    /// What follows the first `?` of the target, still encoded; nil when there is no `?`.
    public let query: String?
    /// In the order they came. For an absolute-form target, Host is the target's own (RFC 9112 section 3.2.2).
    public let headerFields: HTTPFields
    /// What Accept-Encoding says, read already.
    public let codings: AcceptedCodings
    /// The body with any chunked coding removed.
    public internal(set) var body: [UInt8]
    /// Who sent it: the other end of the connection, not what a proxy says.
    public let peer: PeerAddress
    /// The process that sent it, where it came from this machine.
    public let peerProcess: PeerProcess?
    /// Whether the service let it in by its head alone, before its body came; see `Service.admit`.
    public internal(set) var isAdmitted: Bool

    /// A request; the server makes its own, tests may make others.
    public init(
        id: String, method: HTTPRequest.Method, path: String, query: String? = nil,
        headerFields: HTTPFields = [:], codings: AcceptedCodings = AcceptedCodings(), body: [UInt8] = [],
        peer: PeerAddress, peerProcess: PeerProcess? = nil, isAdmitted: Bool = false
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.query = query
        self.headerFields = headerFields
        self.codings = codings
        self.body = body
        self.peer = peer
        self.peerProcess = peerProcess
        self.isAdmitted = isAdmitted
    }
}
