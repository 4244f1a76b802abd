public import Complaints
import Foundation
import Hashing

/// A bearer token, as the database knows it: the secret itself is shown once and never stored.
public struct Token: Sendable, Hashable {
    /// What it is revoked by.
    public let id: Int64
    /// Who or what it is for; the log shows it.
    public let name: String
    /// What it lets its bearer do.
    public let role: Role
    /// When it was made.
    public let createdAt: Instant
    /// From when on it lets nobody in; nil: it does not expire.
    public let expiresAt: Instant?
    /// Since when it lets nobody in.
    public let revokedAt: Instant?
    /// When it was last let in, as far as that has been written down: it is, about once a minute; nil: never.
    public let lastUsedAt: Instant?
    /// Who made it over HTTP; nil for one that was made on the machine itself.
    public let createdBy: String?
    /// Who revoked it over HTTP; nil for one that was revoked on the machine itself, or is not.
    public let revokedBy: String?

    /// Whether it lets anybody in at `now`.
    public func isValid(at now: Instant) -> Bool {
        revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}

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
