import Complaints

/// The parameters of a query string, form-decoded, in the order they came.
struct QueryParameters: Sendable, Hashable {
    let pairs: [Pair]

    /// Of a request without any.
    static let none = QueryParameters(pairs: [])

    private init(pairs: [Pair]) { self.pairs = pairs }

    /// A name and its value.
    struct Pair: Sendable, Hashable {
        let name: ExactText
        var value: ExactText
    }

    /// The most bytes that a name may have; no parameter's has a tenth of it.
    static let nameLimit = 256

    /// Decodes `application/x-www-form-urlencoded` (URL Standard section 5.1): `+` is a space, `%XX` a byte.
    ///
    /// - Parameter takesNUL: whether a NUL is left to whoever reads the value.
    /// - Throws: 400 `invalid_parameter` for a broken `%`, for bytes that are not UTF-8, for NUL, and for a name longer
    ///   than `nameLimit`.
    init(_ query: String?, takesNUL: Bool = false) throws(Problem) {
        var pairs: [Pair] = []
        for part in (query ?? "").split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0]),
                let value = Self.decoded(sides.count == 2 ? sides[1] : "", takesNUL: takesNUL)
            else {
                throw Self.problem(
                    ExactText(sides[0]),
                    "must be form-encoded UTF-8: two hexadecimal digits after each %, and no NUL.")
            }
            guard name.utf8.count <= Self.nameLimit else {
                throw Self.problem(name, "is a name longer than \(Self.nameLimit) bytes; no parameter has one.")
            }
            pairs.append(Pair(name: name, value: value))
        }
        self.pairs = pairs
    }

    private static func problem(_ name: ExactText, _ detail: String) -> Problem {
        var issues = QueryIssues()
        issues.append(name.prefix(scalars: nameLimit), .invalidParameter, detail)
        return issues.problem
    }

    private static func decoded(_ text: Substring, takesNUL: Bool = false) -> ExactText? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0: return nil
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst()?.hexadecimalDigit, let low = rest.popFirst()?.hexadecimalDigit,
                    takesNUL || high | low != 0
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self).map { ExactText($0) }
    }

    /// The same with another value of those of that name.
    func setting(_ name: String, to value: String) -> QueryParameters {
        let name = ExactText(name)
        return QueryParameters(pairs: pairs.map { $0.name == name ? Pair(name: name, value: ExactText(value)) : $0 })
    }

    /// The query string again, with one parameter set to another value.
    func encoded(setting name: String, to value: String) -> String {
        let name = ExactText(name)
        var pairs = pairs.filter { $0.name != name }
        pairs.append(Pair(name: name, value: ExactText(value)))
        return pairs.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    /// Percent-encodes all but RFC 3986's unreserved characters.
    static func encoded(_ text: ExactText) -> String { text.percentEncoded }
}

extension ExactText {
    /// As a segment of a path, or a part of a query, has it: all but RFC 3986's unreserved characters is percent-encoded.
    package var percentEncoded: String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
