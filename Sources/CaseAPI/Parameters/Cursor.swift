import CaseStore
import Complaints

/// Where the next page of a list begins, and for which instant the list is told. Clients take it as it is.
struct Cursor: Sendable, Hashable {
    /// The first page's.
    let asOf: Instant
    let after: PageKey

    private static let version: UInt8 = 1
    private static let length = 34

    init(asOf: Instant, after: PageKey) {
        self.asOf = asOf
        self.after = after
    }

    /// Reads a cursor of the same query; nil for anything else.
    init?(_ text: String, of query: Fingerprint) {
        guard let bytes = Base64URL.decode(text), bytes.count == Self.length, bytes[0] == Self.version else {
            return nil
        }
        let content = bytes[..<(Self.length - 8)]
        guard Self.integer(bytes[(Self.length - 8)...]) == query.combined(with: content) else { return nil }
        let value = Self.integer(bytes[10..<18])
        guard bytes[9] <= 1 else { return nil }
        let asOf = Instant(milliseconds: Int64(bitPattern: Self.integer(bytes[1..<9])))
        // The fingerprint is no secret: whoever makes a cursor of his own gets no further than `as_of` would let him.
        guard asOf >= .earliest, asOf <= .latest else { return nil }
        self.asOf = asOf
        after = PageKey(
            value: bytes[9] == 1 ? Int64(bitPattern: value) : nil,
            id: Int64(bitPattern: Self.integer(bytes[18..<26])))
    }

    /// The cursor as text. Its last eight bytes bind it to the query it is of, so that it is refused with another.
    func text(of query: Fingerprint) -> String {
        var bytes = [Self.version]
        Self.append(UInt64(bitPattern: asOf.milliseconds), to: &bytes)
        bytes.append(after.value == nil ? 0 : 1)
        Self.append(UInt64(bitPattern: after.value ?? 0), to: &bytes)
        Self.append(UInt64(bitPattern: after.id), to: &bytes)
        Self.append(query.combined(with: bytes[...]), to: &bytes)
        return Base64URL.encode(bytes)
    }

    private static func append(_ integer: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: integer >> shift)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
