public import HTTPTypes

/// One whole HTTP request, its body included, as a handler sees it.
public struct Request: Sendable {
    /// Names this request in the log and in `X-Request-Id`; made by the server, never taken from the client.
    public let id: String
    /// One of those the server knows: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, and CONNECT, TRACE and QUERY, which no
    /// resource should have.
    public let method: HTTPRequest.Method
    /// The path of the target as it came, still percent-encoded; always starts with `/` (or is `*` for OPTIONS, CONNECT
    /// and TRACE).
    public let path: String
    /// What follows the first `?` of the target, still encoded; nil when there is no `?`.
    public let query: String?
    /// In the order they came.
    public let headerFields: HeaderFields
    /// Host and port of an absolute-form target; nil for any other.
    public let authority: FieldValue?
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
    /// Keeps what it holds on the account; nil for a small one.
    var hold: MemoryHold?

    /// A request; the server makes its own, tests may make others.
    public init(
        id: String, method: HTTPRequest.Method, path: String, query: String? = nil,
        headerFields: HeaderFields = [:], authority: FieldValue? = nil, codings: AcceptedCodings = AcceptedCodings(),
        body: [UInt8] = [], peer: PeerAddress, peerProcess: PeerProcess? = nil, isAdmitted: Bool = false
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.query = query
        self.headerFields = headerFields
        self.authority = authority
        self.codings = codings
        self.body = body
        self.peer = peer
        self.peerProcess = peerProcess
        self.isAdmitted = isAdmitted
    }
}

extension Request {
    /// The host and port that are asked: those of an absolute-form target, else Host's (RFC 9112 section 3.2.2).
    public var host: FieldValue? { authority ?? headerFields[FieldNameTable.host] }

    /// All that it says it asks, which must be one: whoever is asked about by the target may not be who is by Host.
    public var hosts: [FieldValue] { [authority, headerFields[FieldNameTable.host]].compactMap(\.self) }
}
