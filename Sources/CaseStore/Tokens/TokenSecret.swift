import Foundation
import Hashing

/// The secret behind a token: `ck_` and 256 bits.
public struct TokenSecret: Sendable, Hashable {
    /// What the bearer sends.
    public let text: String

    /// A secret that nobody has had before.
    public init() {
        // The system's own source, good for secrets.
        var random = SystemRandomNumberGenerator()
        let bits = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        // Base64 for URLs (RFC 4648 section 5), without padding.
        let base64 = bits.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        text = "ck_" + base64.replacing("=", with: "")
    }

    /// A secret that was sent; nil when it can't be one.
    public init?(_ text: some StringProtocol) {
        guard (40...200).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            text.hasPrefix("ck_")
        else { return nil }
        self.text = String(text)
    }

    /// What the database stores. The secret has as many random bits as the hash, so it needs no salt.
    var hash: [UInt8] { SHA256.hash(text.utf8) }
}
