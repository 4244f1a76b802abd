import HTTPServer
import HTTPTypes

/// What Sec-Fetch-Site says of whose page a request comes from (Fetch Metadata section 2.4): a structured item (RFC 9651
/// section 3.3), so a token that parameters may follow, which mean nothing.
enum FetchSite {
    static let field = HTTPField.Name("Sec-Fetch-Site")!

    /// Whether a request may come from there. What changes something comes from our own pages, or from no page at all: a
    /// word that is not known, or no word, stands for whatever a browser may mean by it later. What only asks may come
    /// with such a word, but not from a page that is known for another's.
    static func isOwn(_ value: FieldValue, _ method: HTTPRequest.Method) -> Bool {
        switch method {
        case .get, .head, .options: !value.elements.contains { isForeign($0.parts[0]) }
        default: token(of: value).map { isExactly($0, "same-origin") || isExactly($0, "none") } ?? false
        }
    }

    private static func isForeign(_ word: FieldValue) -> Bool { word.isWord("cross-site") || word.isWord("same-site") }

    /// Nil for what is no token with parameters.
    private static func token(of value: FieldValue) -> FieldValue? {
        let parts = value.parts
        return parts[0].isToken && parts.dropFirst().allSatisfy(isParameter) ? parts[0] : nil
    }

    /// A key in small letters, and a value where it is not true (RFC 9651 section 3.1.2).
    private static func isParameter(_ part: FieldValue) -> Bool {
        let key = part.bytes.prefix { $0 != UInt8(ascii: "=") }
        guard let first = key.first, isLetter(first) || first == UInt8(ascii: "*"),
            key.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) || "_-.*".utf8.contains($0) })
        else { return false }
        return key.count == part.bytes.count || part.bytes.count > key.count + 1
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    /// Structured tokens are compared with their case.
    private static func isExactly(_ value: FieldValue, _ word: StaticString) -> Bool {
        value.bytes.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}
