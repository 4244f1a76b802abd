public import Complaints
import Crypto
import Foundation

/// The hash chain over the log: each entry's hash covers the one before, so that a rewritten, missing or truncated
/// part shows. Free text and names are covered by a salted digest only: without text and salt the digest tells
/// nothing, and the chain stays whole when they are erased.
enum LogChain {
    /// What the first entry of all comes after.
    static let start = [UInt8](repeating: 0, count: 32)

    static func makeSalt() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { salt, count in
            // It fails for more than 256 bytes only.
            precondition(getentropy(salt.baseAddress, 16) == 0)
            count = 16
        }
    }

    /// The digest of what can be erased: who acted, the texts, and for the opening of a case its complaint.
    static func digest(salt: [UInt8], actor: String, texts: String?, complaint: String?) -> [UInt8] {
        var covered = salt
        for part in [actor, texts ?? "", complaint ?? ""] { append(part, to: &covered) }
        return Array(SHA256.hash(data: covered))
    }

    /// The hash of an entry, over the hash before it and all that is never erased.
    static func hash(after previous: [UInt8], _ entry: Link) -> [UInt8] {
        var covered = previous
        for number in [
            entry.id, entry.caseID, entry.seq, entry.promiseID ?? 0, entry.tokenID ?? 0, entry.at.milliseconds,
            entry.recordedAt.milliseconds, entry.imported ? 1 : 0,
        ] {
            append(number, to: &covered)
        }
        for part in [entry.kind, entry.facts] { append(part, to: &covered) }
        covered += entry.digest
        return Array(SHA256.hash(data: covered))
    }

    /// What the chain covers of one entry.
    struct Link {
        let id: Int64
        let caseID: Int64
        let seq: Int64
        let kind: String
        let promiseID: Int64?
        let tokenID: Int64?
        let at: Instant
        let recordedAt: Instant
        let imported: Bool
        let facts: String
        let digest: [UInt8]
    }

    private static func append(_ number: Int64, to covered: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { covered.append(contentsOf: $0) }
    }

    private static func append(_ text: String, to covered: inout [UInt8]) {
        append(Int64(text.utf8.count), to: &covered)
        covered.append(contentsOf: text.utf8)
    }
}

/// The end of the log's hash chain, for an operator to write down.
public struct LogHead: Sendable, Hashable {
    /// Its place among all entries, 1 for the first.
    public let id: Int64
    /// SHA-256, in hexadecimal.
    public let hash: String
    /// When the service was told of it.
    public let recordedAt: Instant
}
