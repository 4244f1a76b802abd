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
    init(_ fields: [String]) {
        var weights: [Substring: Double] = [:]
        for field in fields {
            for element in field.lowercased().split(separator: ",") {
                let parts = element.split(separator: ";").map(\.trimmed)
                guard let name = parts.first, !name.isEmpty else { continue }
                // RFC 9110 section 8.4.1.3: x-gzip is the same.
                weights[name == "x-gzip" ? "gzip" : name] = Self.weight(parts.dropFirst())
            }
        }
        let rest = weights["*"]
        let identityWeight = weights["identity"] ?? rest
        let gzipWeight = weights["gzip"] ?? rest ?? 0
        identity = identityWeight != 0
        gzip = gzipWeight > 0
        prefersIdentity = weights["identity"].map { $0 > gzipWeight } ?? false
    }

    /// Whether there is a coding that the answer may have.
    public var isSatisfiable: Bool { identity || gzip }

    /// Whether a body of so many bytes goes out as gzip.
    func codes(_ count: Int) -> Bool {
        gzip && (!identity || (count > Self.smallest && !prefersIdentity))
    }

    /// Bodies of up to this many bytes fit in a packet or two either way.
    private static let smallest = 1024

    /// 1 when there is none; 0 for what is none (RFC 9110 section 12.4.2).
    private static func weight(_ parameters: ArraySlice<Substring>) -> Double {
        for parameter in parameters where parameter.hasPrefix("q=") {
            guard let weight = Double(parameter.dropFirst(2)), (0...1).contains(weight) else { return 0 }
            return weight
        }
        return 1
    }
}

extension Substring {
    /// Without spaces and tabs at either end.
    fileprivate var trimmed: Substring {
        var text = self
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text.drop { $0 == " " || $0 == "\t" }
    }
}
