/// How much of a request the parser takes, in bytes unless said otherwise.
public struct ParserLimits: Sendable, Hashable {
    /// The request line without its CRLF; more is 414.
    public var requestLine = 8 * 1024
    /// One header or trailer line without its CRLF; more is 431.
    public var headerLine = 8 * 1024
    /// All header lines of a request together; more is 431.
    public var headers = 32 * 1024
    /// The number of fields; more is 431.
    public var headerFields = 100
    /// The body without any chunked coding; more is 413.
    public var body = 1024 * 1024
    /// For some paths, as they are written in the request, what may be more than `body`.
    public var bodyOfPaths: [String: Int] = [:]
    /// One chunk-size line with its extensions; more is 400.
    public var chunkLine = 1024

    /// The defaults.
    public init() {}

    /// - Throws: 413 when a body of so many bytes is too long for that path.
    func requireRoom(for count: Int, at path: String) throws(Refusal) {
        guard count > body else { return }
        let limit = max(body, bodyOfPaths[path] ?? 0)
        guard count <= limit else { throw .bodyTooLarge(limit: limit) }
    }
}
