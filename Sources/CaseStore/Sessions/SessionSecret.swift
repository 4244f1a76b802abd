import Foundation
import Hashing

/// The secret behind a session: 256 random bits, in a cookie.
public struct SessionSecret: Sendable, Hashable {
    /// What the cookie says.
    public let text: String

    /// How long one is: 32 bytes in base64 without padding.
    private static let length = 43

    /// A secret that nobody has had before.
    public init() {
        // The system's own source, good for secrets.
        var random = SystemRandomNumberGenerator()
        let bits = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        // Base64 for URLs (RFC 4648 section 5), without padding.
        let base64 = bits.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        text = base64.replacing("=", with: "")
    }

    /// A secret that was sent; nil when it can't be one.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// What the database stores.
    var hash: [UInt8] { SHA256.hash(text.utf8) }
}
