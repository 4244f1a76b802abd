/// The value of a header field as it came, without the white space around it. It is bytes, and there is no way to hash or
/// compare it as text: Swift normalises a String for that, in time quadratic in a run of combining marks, and a stranger
/// chooses what stands here. Words of the protocol are compared byte by byte, without the case of ASCII letters.
public struct FieldValue: Sendable, Hashable {
    /// In any encoding, or none (RFC 9110 section 5.5).
    public let bytes: ArraySlice<UInt8>

    /// The bytes without spaces and tabs at either end.
    public init(_ bytes: ArraySlice<UInt8>) {
        var (start, end) = (bytes.startIndex, bytes.endIndex)
        while start < end, bytes[start] == .space || bytes[start] == .tab { start += 1 }
        while end > start, bytes[end - 1] == .space || bytes[end - 1] == .tab { end -= 1 }
        self.bytes = bytes[start..<end]
    }

    /// A value in UTF-8.
    public init(_ text: String) {
        self.init(Array(text.utf8)[...])
    }

    /// Whether nothing is left of it.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The value as text, where all of it is ASCII; nil for anything else.
    public var ascii: String? {
        bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
    }

    /// The value as text, where it is UTF-8; nil for anything else.
    public var utf8: String? { String(validating: bytes, as: UTF8.self) }

    /// Its first hundred bytes for people to read: what is not visible ASCII is a question mark.
    public var shown: String {
        String(decoding: bytes.prefix(100).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }

    /// Whether it is a word of the protocol.
    /// - Parameter word: in lower case.
    public func isWord(_ word: StaticString) -> Bool {
        bytes.count == word.utf8CodeUnitCount && begins(with: word)
    }

    /// Whether it begins with a word of the protocol.
    /// - Parameter word: in lower case.
    public func begins(with word: StaticString) -> Bool {
        guard bytes.count >= word.utf8CodeUnitCount else { return false }
        return zip(bytes, 0..<word.utf8CodeUnitCount).allSatisfy { $0.lowercased == word.utf8Start[$1] }
    }

    /// Whether both are the same but for the case of ASCII letters.
    public func isEqual(ignoringCaseTo other: FieldValue) -> Bool {
        bytes.count == other.bytes.count && zip(bytes, other.bytes).allSatisfy { $0.lowercased == $1.lowercased }
    }

    /// What stands behind the first so many bytes.
    public func dropping(_ count: Int) -> FieldValue { FieldValue(bytes.dropFirst(count)) }
}

extension UInt8 {
    /// A letter of ASCII in lower case; any other byte as it is.
    @inline(__always)
    var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
