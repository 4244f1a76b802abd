/// Writes CSV by RFC 4180: records end with CRLF, and a field is quoted where it must be.
package struct CSVWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private var isAtStart = true

    /// Nothing written yet.
    package init() {}

    /// A field that a person wrote. A spreadsheet would take it for a formula when it begins with `=`, `+`, `-`, `@`,
    /// a tab or a carriage return, so it gets an apostrophe in front.
    mutating func field(_ text: String) {
        let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
        plainField(isFormula ? "'" + text : text)
    }

    /// A field that the service made: a number, an instant, a word.
    package mutating func plainField(_ text: String) {
        if !isAtStart { bytes.append(UInt8(ascii: ",")) }
        isAtStart = false
        let mustQuote = text.utf8.contains { ",\"\r\n".utf8.contains($0) }
        guard mustQuote else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Ends a record.
    package mutating func endRecord() {
        bytes += [0x0D, 0x0A]
        isAtStart = true
    }
}
