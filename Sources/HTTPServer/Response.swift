public import Dispatch
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

/// A body pulled piece by piece: the server asks for the next piece, on `queue`, only once the peer has taken
/// what came before, so a slow reader costs one piece of memory and holds nothing else.
public struct BodyStream: Sendable {
    /// Where `next` runs. Never a loop's own queue.
    public let queue: DispatchQueue
    /// The next piece, or nil at the end. A thrown error ends the connection without the final chunk, so that
    /// the client sees a body that is not whole.
    public let next: @Sendable () throws -> [UInt8]?

    public init(queue: DispatchQueue, next: @escaping @Sendable () throws -> [UInt8]?) {
        self.queue = queue
        self.next = next
    }
}
