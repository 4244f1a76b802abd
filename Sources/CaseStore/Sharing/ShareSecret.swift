import Hashing

/// The secret of a link to a customer's page: 160 bits, in letters and digits alone, so that nothing that shows a link takes a
/// part of it for something else.
public struct ShareSecret: Sendable, Hashable {
    /// What stands in the link.
    public let text: String

    /// RFC 4648 section 6, in small letters.
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    /// Of five bits each.
    public static let length = 32

    /// Whether a secret may have that byte.
    public static func isLetter(_ byte: UInt8) -> Bool { alphabet.contains(byte) }

    /// A secret that nobody has had before.
    public init() {
        // The system's own source, good for secrets.
        var random = SystemRandomNumberGenerator()
        let letters = (0..<Self.length).map { _ in
            Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &random)]
        }
        text = String(decoding: letters, as: UTF8.self)
    }

    /// A secret that was sent; nil when it can't be one.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = String(text)
    }

    /// What the database stores. It can't be guessed, so it needs no salt.
    var hash: [UInt8] { SHA256.hash(text.utf8) }

    /// What the entry of a link covers of it.
    static func coveredTexts(_ hash: [UInt8]) -> [(name: String, text: String)] { [("secret_hash", hash.hex)] }
}
