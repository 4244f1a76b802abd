import Glibc

/// Writes CSV by RFC 4180: records end with CRLF, and a field is quoted where it must be.
package struct CSVWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private var isAtStart = true

    /// Nothing written yet.
    package init() {}

    /// A field that a person wrote. A spreadsheet would take it for a formula when it begins with `=`, `+`, `-`, `@`,
    /// in East Asia also in full width, a tab or a line break (OWASP, "CSV Injection"), so it gets an apostrophe in
    /// front. So does what begins with apostrophes and then one of these: a program that takes off one apostrophe from
    /// whatever begins so has the text as it was written.
    mutating func field(_ text: String) {
        let first = text.unicodeScalars.first { $0 != "'" }
        plainField(first.map(Self.formulaBeginnings.contains) ?? false ? "'" + text : text)
    }

    private static let formulaBeginnings: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    /// A field that the service made: a number, an instant, a word.
    package mutating func plainField(_ text: String) {
        if !isAtStart { bytes.append(UInt8(ascii: ",")) }
        isAtStart = false
        var text = text
        text.withUTF8 { utf8 in
            guard ",\"\r\n".utf8.contains(where: { Self.find($0, in: utf8[...]) != nil }) else {
                return bytes.append(contentsOf: utf8)
            }
            let quote = UInt8(ascii: "\"")
            bytes.append(quote)
            var rest = utf8[...]
            while let index = Self.find(quote, in: rest) {
                bytes.append(contentsOf: rest[...index])
                bytes.append(quote)
                rest = rest[(index + 1)...]
            }
            bytes.append(contentsOf: rest)
            bytes.append(quote)
        }
    }

    /// By memchr(3), as complaints are long and lists of them too.
    private static func find(_ byte: UInt8, in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let buffer = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes))
        guard let base = buffer.baseAddress, let found = memchr(base, Int32(byte), buffer.count) else { return nil }
        return bytes.startIndex + base.distance(to: UnsafeRawPointer(found))
    }

    /// Ends a record.
    package mutating func endRecord() {
        bytes += [0x0D, 0x0A]
        isAtStart = true
    }
}
