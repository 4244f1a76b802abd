public import Complaints
import Hashing

/// What makes a request the same one when it is sent again: whose it is, what it asks for, and the key that its client
/// chose. Only hashes are kept.
public struct IdempotencyKey: Sendable, Hashable {
    /// For how long an answer is kept for retries.
    public static let lifetime = ElapsedTime(milliseconds: 24 * 3_600_000)

    /// Of everything that has to be the same for a retry to be one.
    let scopeHash: [UInt8]
    /// Of what has to be the same besides, or the key is used for something else.
    let fingerprint: [UInt8]

    /// - Parameters:
    ///   - key: as the client chose it.
    ///   - tokenID: whose key it is; nil where nobody needs a token.
    ///   - content: what is sent.
    public init(_ key: String, tokenID: Int64?, method: String, path: String, content: [UInt8]) {
        // No path of a change has a line break in it.
        let scope = "\(tokenID.map(String.init) ?? "-")\n\(method)\n\(path)\n\(key)"
        scopeHash = SHA256.hash(scope.utf8)
        fingerprint = SHA256.hash(content)
    }
}
