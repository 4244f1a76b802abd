import CaseStore
import Complaints
import Hashing

/// Where the next page of a list begins, and for which instant the list is told. Clients take it as it is.
///
/// It is signed with the database's key, together with the query it is of (RFC 2104): what comes back is what was given
/// out, to the same query.
struct Cursor: Sendable, Hashable {
    /// The first page's.
    let asOf: Instant
    let after: PageKey

    private static let version: UInt8 = 3
    private static let contentLength = 27
    /// Half a code is as good as a whole one here (RFC 2104 section 5).
    private static let codeLength = 16

    init(asOf: Instant, after: PageKey) {
        self.asOf = asOf
        self.after = after
    }

    /// Reads a cursor of the same query; nil for anything else. What it says is held to its range all the same, so that
    /// whoever has the key makes nobody read what no row can have.
    init?(_ text: String, of query: Fingerprint, key: HMACSHA256) {
        guard let bytes = Base64URL.decode(text), bytes.count == Self.contentLength + Self.codeLength,
            bytes[0] == Self.version, bytes[9] <= 1
        else { return nil }
        let content = Array(bytes[..<Self.contentLength])
        guard key.isCode(Array(bytes[Self.contentLength...]), of: content + query.bytes) else { return nil }
        let asOf = Instant(milliseconds: Self.integer(content[1..<9]))
        let value = Self.integer(content[10..<18])
        let after = PageKey(
            value: content[9] == 1 ? value : nil, id: Self.integer(content[18..<26]), rank: Int64(content[26]))
        guard asOf >= .earliest, asOf <= .latest, after.isPossible, content[9] == 1 || value == 0 else { return nil }
        self.asOf = asOf
        self.after = after
    }

    /// The cursor as text.
    func text(of query: Fingerprint, key: HMACSHA256) -> String {
        var bytes = [Self.version]
        Self.append(asOf.milliseconds, to: &bytes)
        bytes.append(after.value == nil ? 0 : 1)
        Self.append(after.value ?? 0, to: &bytes)
        Self.append(after.id, to: &bytes)
        bytes.append(UInt8(after.rank))
        return Base64URL.encode(bytes + key.code(of: bytes + query.bytes).prefix(Self.codeLength))
    }

    private static func append(_ integer: Int64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: integer >> shift)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
        Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }
}
