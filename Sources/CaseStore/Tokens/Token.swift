public import Complaints
import Crypto
import Foundation

/// A bearer token, as the database knows it: the secret itself is shown once and never stored.
public struct Token: Sendable, Hashable {
    public let id: Int64
    public let name: String
    public let role: Role
    public let createdAt: Instant
    public let expiresAt: Instant?
    public let revokedAt: Instant?

    /// Whether it lets anybody in at `now`.
    public func isValid(at now: Instant) -> Bool {
        revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}

/// The secret behind a token: `ck_` and 256 bits.
public struct TokenSecret: Sendable, Hashable {
    public let text: String

    /// A secret that nobody has had before.
    public init() {
        let bits = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        text = "ck_" + bits.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// A secret that was sent; nil when it can't be one.
    public init?(_ text: some StringProtocol) {
        guard text.hasPrefix("ck_"), (40...200).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.text = String(text)
    }

    /// What the database stores. The secret has as many random bits as the hash, so it needs no salt.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
