import HTTPServer

/// Where people find the service: the origin that links are made absolute with, where it was said.
public struct PublicLinks: Sendable, Hashable {
    /// Such as `https://desk.example`, without a slash at its end, as browsers write it: in small letters, and without the port that
    /// https has anyhow (RFC 6454 section 6.2). Nil where nobody said it.
    public let origin: String?

    /// Links without an origin: they lead to wherever the page came from.
    public static let relative = PublicLinks(origin: nil)

    private init(origin: String?) { self.origin = origin }

    /// Why a text is no address of the service, as the end of a sentence.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// Begins with a small letter, and ends with a full stop.
        public let description: String
    }

    /// An https origin: `https://HOST` or `https://HOST:PORT`, with or without a slash at its end.
    ///
    /// - Throws: what is wrong with any other text, and what to write instead.
    public init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
            throw Fault(description: "it must be an address that begins with https://, such as https://desk.example.")
        }
        guard Self.lowercased(bytes[..<colon]).elementsEqual("https".utf8) else {
            throw Fault(
                description:
                    "it must be an https address: put what ends TLS before the service, and give its address, such as "
                    + "https://desk.example.")
        }
        var authority = bytes[(colon + 3)...]
        if authority.last == UInt8(ascii: "/") { authority.removeLast() }
        if let part = authority.lazy.compactMap(Self.excess).first {
            throw Fault(description: "it must be an address without \(part): give https://HOST or https://HOST:PORT.")
        }
        let host = try Self.host(authority)
        let port = try Self.port(authority[host.endIndex...])
        origin = "https://" + String(decoding: Self.lowercased(host), as: UTF8.self) + port
    }

    /// What a byte is the sign of that is part of an address, and of no origin (RFC 3986 section 3).
    private static func excess(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "@"): "a user's name"
        case UInt8(ascii: "?"): "a query"
        case UInt8(ascii: "#"): "a fragment"
        case UInt8(ascii: "/"), UInt8(ascii: "\\"): "a path"
        case UInt8(ascii: "%"): "percent-encoding"
        case ...0x20, 0x7F: "white space"
        default: nil
        }
    }

    /// Its part before the port: a name of DNS, or an address of IPv4 or of IPv6 in brackets.
    private static func host(_ authority: ArraySlice<UInt8>) throws(Fault) -> ArraySlice<UInt8> {
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else {
                throw Fault(
                    description: "it must close the bracket of its IPv6 address, such as https://[2001:db8::1]:8443.")
            }
            let host = authority[...end]
            guard host.contains(UInt8(ascii: ":")),
                IPAddress(String(decoding: host.dropFirst().dropLast(), as: UTF8.self)) != nil
            else {
                throw Fault(description: "it must have an IPv6 address in its brackets, such as https://[2001:db8::1].")
            }
            return host
        }
        let host = authority.prefix { $0 != UInt8(ascii: ":") }
        guard host.allSatisfy({ $0 < 0x80 }) else {
            throw Fault(
                description:
                    "it must have its host in ASCII: write a name with other letters as browsers send it, such as "
                    + "https://xn--bro-hoa.example.")
        }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isName =
            host.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            }
        guard isName else {
            throw Fault(description: "it must have the name of a host after https://, such as https://desk.example.")
        }
        return host
    }

    /// Its port with the colon before it; nothing for that of https.
    private static func port(_ rest: ArraySlice<UInt8>) throws(Fault) -> String {
        guard !rest.isEmpty else { return "" }
        let digits = rest.dropFirst()
        guard rest.first == UInt8(ascii: ":"), (1...5).contains(digits.count),
            digits.allSatisfy({ (0x30...0x39).contains($0) }),
            case let port = digits.reduce(0, { $0 * 10 + Int($1 - 0x30) }), (1...65_535).contains(port)
        else {
            throw Fault(description: "it must have a port from 1 to 65535, or none, such as https://desk.example:8443.")
        }
        return port == 443 ? "" : ":\(port)"
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }

    /// A path as a link that can be sent to somebody: absolute, where it is known how.
    public func link(to path: String) -> String { (origin ?? "") + path }

    /// Host and port; nil where there is no origin.
    var authority: String? { origin.map { String($0.utf8.dropFirst(8))! } }
}
