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
    /// The body without any chunked coding; more is 413, unless the service lets a request have more.
    public var body = 1024 * 1024
    /// One chunk-size line with its extensions; more is 400.
    public var chunkLine = 1024

    /// The most commas and semicolons that all fields together may have which are taken apart at them; more is 431. What a
    /// list costs to read goes by how many elements it has and not by its bytes, of which an element needs but two; RFC 9110
    /// section 5.6.1.2 wants as many empty ones ignored as come by mistake, and no more.
    public static let listSeparators = 256

    /// The defaults.
    public init() {}
}
