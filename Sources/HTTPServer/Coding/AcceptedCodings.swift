/// The codings that the answer to a request may have, by its Accept-Encoding (RFC 9110 section 12.5.3).
public struct AcceptedCodings: Sendable, Hashable {
    /// Whether the answer may come as it is. It may unless the request says otherwise.
    public private(set) var identity = true
    /// Whether it may come as gzip. It may not unless the request says so, although the RFC would allow it: who does
    /// not ask is a shell or a script, and would see bytes.
    public private(set) var gzip = false
    /// Whether it had better come as it is.
    private var prefersIdentity = false

    /// Those of a request that says nothing about them.
    public init() {}

    /// - Parameter fields: the values of all its Accept-Encoding fields, in order.
    init(_ fields: [FieldValue]) {
        var gzipSaid: Int?
        var identitySaid: Int?
        var rest: Int?
        for element in fields.flatMap(\.elements) {
            let parts = element.parts
            let weight = Self.weight(parts.dropFirst())
            // RFC 9110 section 8.4.1.3: x-gzip is the same.
            if parts[0].isWord("gzip") || parts[0].isWord("x-gzip") { gzipSaid = weight }
            if parts[0].isWord("identity") { identitySaid = weight }
            if parts[0].isWord("*") { rest = weight }
        }
        let identityWeight = identitySaid ?? rest
        let gzipWeight = gzipSaid ?? rest ?? 0
        identity = identityWeight != 0
        gzip = gzipWeight > 0
        prefersIdentity = identitySaid.map { $0 > gzipWeight } ?? false
    }

    /// Whether there is a coding that the answer may have.
    public var isSatisfiable: Bool { identity || gzip }

    /// Whether a body of so many bytes goes out as gzip.
    func codes(_ count: Int) -> Bool {
        gzip && (!identity || (count > Self.smallest && !prefersIdentity))
    }

    /// Bodies of up to this many bytes fit in a packet or two either way.
    private static let smallest = 1024

    /// In thousandths: all when there is none; 0 for what is none (RFC 9110 section 12.4.2).
    private static func weight(_ parameters: ArraySlice<FieldValue>) -> Int {
        for parameter in parameters where parameter.begins(with: "q=") { return parameter.dropping(2).weight ?? 0 }
        return 1000
    }
}
