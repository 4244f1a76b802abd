import CCrypto

/// HMAC (RFC 2104) with SHA-256: says that whoever has the key made a message.
public struct HMACSHA256: Sendable {
    private let key: [UInt8]

    /// How short a key may be: as short as Standard Webhooks 1.0 allows secrets to be. Ours are as long as the hash (RFC 2104
    /// section 3).
    public static let shortestKey = 24

    /// - Parameter key: secret, and better at least as long as the hash.
    /// - Precondition: `key` has `shortestKey` bytes or more.
    public init(key: [UInt8]) {
        precondition(key.count >= Self.shortestKey, "A short key makes a weak code.")
        self.key = key
    }

    /// The code of a message, `SHA256.size` bytes.
    public func code(of message: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.size) { code, count in
            let made = HMAC(
                SHA256.algorithm.pointer, key, Int32(key.count), message, message.count, code.baseAddress, nil)
            precondition(made != nil, "libcrypto made no code")
            count = SHA256.size
        }
    }

    /// Whether `code`, whole or its first bytes, is that of `message`. It takes as long whether or not it is
    /// (CRYPTO_memcmp(3)), so that nobody finds a code out byte by byte.
    ///
    /// - Precondition: `code` has 16 bytes at least, half of a whole one (RFC 2104 section 5).
    public func isCode(_ code: [UInt8], of message: [UInt8]) -> Bool {
        precondition((16...SHA256.size).contains(code.count), "Shorter codes can be guessed.")
        return CRYPTO_memcmp(code, self.code(of: message), code.count) == 0
    }
}
