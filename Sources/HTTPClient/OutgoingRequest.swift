/// A POST to somebody else's server, or a GET.
public struct OutgoingRequest: Sendable, Hashable {
    /// What its outcome is told by.
    public let id: UInt64
    /// An absolute `http` or `https` URL, in ASCII.
    public let url: String
    /// Whether it is `https`.
    public let isEncrypted: Bool
    /// The fields of its head, without line breaks.
    public let fields: [(name: String, value: String)]
    /// What is sent; nil for a GET.
    public let body: [UInt8]?
    /// The Unix socket that it goes to, whatever the URL's host is; nil for the host.
    public let socket: String?

    /// A request as it goes out.
    public init(
        id: UInt64, url: String, isEncrypted: Bool, fields: [(name: String, value: String)], body: [UInt8]?,
        socket: String? = nil
    ) {
        self.socket = socket
        self.id = id
        self.url = url
        self.isEncrypted = isEncrypted
        self.fields = fields
        self.body = body
    }

    /// By their ids, which are each one's own.
    public static func == (a: OutgoingRequest, b: OutgoingRequest) -> Bool { a.id == b.id }

    /// By the id.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
