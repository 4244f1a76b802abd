/// Where a webhook's events are posted: an absolute URL (RFC 3986) of https or http in ASCII, without somebody's name and
/// password and without a fragment. Whether it may be connected to is asked of each address that its host leads to.
public struct WebhookURL: Sendable, Hashable {
    /// As it was sent.
    public let text: String
    /// Whether it is of https.
    public let isEncrypted: Bool
    /// The host without the brackets of IPv6, in lower case.
    public let host: String
    /// As it is written, else the scheme's.
    public let port: Int

    /// How many characters it may have.
    public static let longest = 2_000

    /// A URL as somebody sent it.
    ///
    /// - Throws: what is wrong with it.
    public init(_ text: String) throws(FieldFault) {
        guard text.utf8.count <= Self.longest else {
            throw FieldFault(.tooLong, "has \(text.utf8.count) characters; at most \(Self.longest) are taken.")
        }
        guard text.utf8.allSatisfy(Self.isTaken) else { throw Self.malformed }
        // A scheme is the same in capitals (RFC 3986 section 3.1).
        let scheme = text.prefix(8).lowercased()
        let isEncrypted = scheme == "https://"
        guard isEncrypted || scheme.hasPrefix("http://") else { throw Self.malformed }
        let rest = text.dropFirst(isEncrypted ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else {
            throw FieldFault(
                .invalidValue, "must have no name and password: a receiver knows the service by its signature.")
        }
        guard let (host, port) = Self.parts(authority) else { throw Self.malformed }
        self.text = text
        self.isEncrypted = isEncrypted
        self.host = host
        self.port = port ?? (isEncrypted ? 443 : 80)
    }

    /// The receiver: scheme, host and port, and nothing of the path, which may have a secret in it.
    public var origin: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        let isUsual = port == (isEncrypted ? 443 : 80)
        return "\(isEncrypted ? "https" : "http")://\(shown)\(isUsual ? "" : ":\(port)")"
    }

    private static let malformed = FieldFault(
        .invalidValue, "must be an absolute URL in ASCII, such as https://hooks.example/casekeeper, without a fragment."
    )

    /// The characters of RFC 3986 but for `#`.
    private static func isTaken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x24...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: true
        default: false
        }
    }

    /// Host and port of an authority.
    private static func parts(_ authority: Substring) -> (host: String, port: Int?)? {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            rest = authority[authority.index(after: end)...]
            guard host.contains(":"), host.utf8.allSatisfy({ isHexadecimal($0) || $0 == 0x3A || $0 == 0x2E }) else {
                return nil
            }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
            var labels = host.split(separator: ".", omittingEmptySubsequences: false)
            if labels.count > 1, labels.last == "" { labels.removeLast() }
            guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isOfLabel) }) else { return nil }
            // What ends in a number is an address, and there are many ways to write one: one of them is taken.
            guard labels.last?.utf8.first.map(isLetter) ?? false || isIPv4(labels) else { return nil }
        }
        guard !rest.isEmpty else { return (host.lowercased(), nil) }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), !digits.hasPrefix("0"), digits.utf8.count <= 5,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), port <= 65_535
        else { return nil }
        return (host.lowercased(), port)
    }

    private static func isIPv4(_ labels: [Substring]) -> Bool {
        labels.count == 4
            && labels.allSatisfy { label in
                label.utf8.count <= 3 && label.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && (label == "0" || !label.hasPrefix("0")) && Int(label).map { $0 <= 255 } ?? false
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isOfLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
