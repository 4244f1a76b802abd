import Foundation
import Hashing

/// What a webhook's requests are signed with (Standard Webhooks 1.0): `whsec_` and 256 bits.
public struct WebhookSecret: Sendable, Hashable {
    private static let prefix = "whsec_"

    /// The key itself.
    let bytes: [UInt8]

    /// A secret that nobody has had before.
    public init() {
        // The system's own source, good for secrets.
        var random = SystemRandomNumberGenerator()
        bytes = (0..<SHA256.size).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// One on record.
    init(bytes: [UInt8]) throws {
        guard bytes.count >= HMACSHA256.shortestKey else {
            throw StoreError.unreadable("a webhook's secret is too short")
        }
        self.bytes = bytes
    }

    /// One as a receiver has it; nil for what is none.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            data.count >= HMACSHA256.shortestKey
        else { return nil }
        bytes = Array(data)
    }

    /// As a receiver takes it.
    public var text: String { Self.prefix + Data(bytes).base64EncodedString() }

    /// The signature of a message: that of its id, the second it is sent at, and its body, with full stops between them.
    public func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        let code = HMACSHA256(key: bytes).code(of: Array("\(id).\(timestamp).".utf8) + body)
        return "v1," + Data(code).base64EncodedString()
    }
}

extension WebhookSecret: CustomStringConvertible {
    /// Says nothing of it.
    public var description: String { "whsec_…" }
}
