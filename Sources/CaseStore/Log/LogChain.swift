public import Complaints
import Foundation
import Hashing

/// The hash chain over the log: each entry's hash covers the one before, so that a rewritten, missing or truncated
/// part shows. Free text and names are covered by a salted digest only: without text and salt the digest tells
/// nothing, and the chain stays whole when they are erased.
enum LogChain {
    /// What the first entry of all comes after.
    static let start = [UInt8](repeating: 0, count: 32)

    /// How long an entry's salt is, in bytes.
    static let saltSize = 16

    /// A salt that nobody else gets: the system's random numbers.
    static func makeSalt() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: saltSize) { bytes, count in
            precondition(getentropy(bytes.baseAddress, saltSize) == 0)
            count = saltSize
        }
    }

    /// The digest of what can be erased: who acted, the texts, and for the opening of a case its complaint, and its customer
    /// where they came with it.
    ///
    /// - Parameters:
    ///   - customer: who came with the case, as `newCustomer` has them; nil for one who was known, and in entries from
    ///     before customers were covered.
    ///   - details: what the row of what the entry made has beside what the entry says; nil in entries of another kind, and
    ///     from before that was covered.
    ///   - covered: a buffer to put together in what is covered.
    static func digest(
        salt: [UInt8], actor: String, texts: [UInt8], complaint: String?, customer: [UInt8]? = nil,
        details: [UInt8]? = nil, in covered: inout [UInt8]
    ) -> [UInt8] {
        covered.removeAll(keepingCapacity: true)
        covered.append(contentsOf: salt)
        append(actor, to: &covered)
        append(texts, to: &covered)
        append(complaint ?? "", to: &covered)
        if let customer { append(customer, to: &covered) }
        if let details {
            append("details", to: &covered)
            append(details, to: &covered)
        }
        return hash(of: covered)
    }

    /// What the opening of a case covers of a customer who came with it: since when they are on record, and every field
    /// that has a value, by its name, so that a field that is added later changes nothing of it.
    static func newCustomer(_ texts: [(name: String, text: String)], recordedAt: Instant) -> [UInt8] {
        FactCoding.bytes([("recorded_at", recordedAt.rfc3339)] + sorted(texts))
    }

    /// What an entry covers of the row that it made: every value that there is, by its name, so that a column that is added
    /// later changes nothing of it.
    static func details(_ texts: [(name: String, text: String)]) -> [UInt8] {
        FactCoding.bytes(sorted(texts))
    }

    private static func sorted(_ texts: [(name: String, text: String)]) -> [(name: String, text: String)] {
        texts.sorted { $0.name < $1.name }
    }

    /// The digest of a row that an entry is about.
    static func digest(ofRow row: [UInt8], salt: [UInt8]) -> [UInt8] {
        hash(of: salt + row)
    }

    /// The hash of an entry, over the hash before it and all that is never erased.
    ///
    /// - Parameters:
    ///   - facts: as they are on record.
    ///   - covered: a buffer to put together in what is covered.
    static func hash(
        after previous: [UInt8], _ entry: Link, facts: [UInt8], digest: [UInt8], in covered: inout [UInt8]
    ) -> [UInt8] {
        covered.removeAll(keepingCapacity: true)
        covered.append(contentsOf: previous)
        append(entry.id, to: &covered)
        append(entry.subject.caseID ?? 0, to: &covered)
        append(entry.seq, to: &covered)
        append(entry.promiseID ?? 0, to: &covered)
        append(entry.tokenID ?? 0, to: &covered)
        append(entry.at.milliseconds, to: &covered)
        append(entry.recordedAt.milliseconds, to: &covered)
        append(entry.imported ? 1 : 0, to: &covered)
        append(entry.kind, to: &covered)
        append(facts, to: &covered)
        covered.append(contentsOf: digest)
        if let rowDigest = entry.rowDigest {
            append(entry.subject.sort.rawValue, to: &covered)
            append(entry.subject.id, to: &covered)
            covered.append(contentsOf: rowDigest)
        }
        return hash(of: covered)
    }

    /// What stands for the hash of an entry whose facts had words that were erased since, as it can't be found again from
    /// what is left: a hash over that which the entry would have as it is left, and the one that it has. It is told by the
    /// entry that tells of the erasure, so the chain covers both, and with them all that comes before.
    ///
    /// - Parameter left: what `hash(after:_:facts:digest:in:)` comes to now.
    static func seal(left: [UInt8], hash written: [UInt8]) -> [UInt8] {
        hash(of: left + written)
    }

    /// What the chain covers of one entry, besides its facts and its digest.
    struct Link {
        let id: Int64
        let subject: LogSubject
        let seq: Int64
        let kind: String
        let promiseID: Int64?
        let tokenID: Int64?
        let at: Instant
        let recordedAt: Instant
        let imported: Bool
        /// Of the row that the entry is about; nil for that of a case.
        var rowDigest: [UInt8]?
    }

    private static func hash(of covered: [UInt8]) -> [UInt8] {
        covered.withUnsafeBytes(SHA256.hash)
    }

    private static func append(_ number: Int64, to covered: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { covered.append(contentsOf: $0) }
    }

    private static func append(_ text: String, to covered: inout [UInt8]) {
        append(Int64(text.utf8.count), to: &covered)
        covered.append(contentsOf: text.utf8)
    }

    private static func append(_ text: [UInt8], to covered: inout [UInt8]) {
        append(Int64(text.count), to: &covered)
        covered.append(contentsOf: text)
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
    /// The record's epoch there: 1, and one more with each promotion.
    public let epoch: Int64
    /// The hash of the first entry, by which a record is known from any other: each has a salt of its own.
    public let record: String
}
