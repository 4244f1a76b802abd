import Complaints
import Glibc

/// Writes CSV by RFC 4180: records end with CRLF, and a field is quoted where it must be.
package struct CSVWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private let dialect: CSVDialect
    private let separator: UInt8
    private var isAtStart = true

    /// Nothing written yet.
    package init(_ dialect: CSVDialect = .plain) {
        self.init(dialect, separator: dialect.separator.byte)
    }

    /// The same with another character between the cells of a record.
    ///
    /// - Parameter separator: of ASCII, and neither a quote nor a line break.
    package init(_ dialect: CSVDialect = .plain, separator: UInt8) {
        self.dialect = dialect
        self.separator = separator
    }

    /// The byte order mark, by which spreadsheet programs know UTF-8; at the very beginning of a file.
    package mutating func byteOrderMark() { bytes += [0xEF, 0xBB, 0xBF] }

    /// A field that a person wrote. A spreadsheet would take it for a formula when it begins with `=`, `+`, `-`, `@`,
    /// in East Asia also in full width, a tab or a line break (OWASP, "CSV Injection"), so it gets an apostrophe in
    /// front. So does what begins with apostrophes and then one of these: a program that takes off one apostrophe from
    /// whatever begins so has the text as it was written. For spreadsheet programs it is as `SpreadsheetText` has it,
    /// and always quoted: some can be told to take for text what is.
    mutating func field(_ text: String) {
        switch dialect {
        case .plain: plainField(Self.isTakenForFormula(text) ? "'" + text : text)
        case .spreadsheet(_, let separator):
            if text.isEmpty {
                plainField("")
            } else {
                write(SpreadsheetText.cell(text, separator: separator), isQuoted: true)
            }
        }
    }

    static func isTakenForFormula(_ text: String) -> Bool {
        let first = text.unicodeScalars.first { $0 != "'" }
        return first.map(formulaBeginnings.contains) ?? false
    }

    /// The text that `field` was given where it wrote this for programs.
    package static func unguarded(_ text: String) -> String {
        text.utf8.first == UInt8(ascii: "'") && isTakenForFormula(text) ? String(text.dropFirstScalar) : text
    }

    static let formulaBeginnings: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    /// An instant: by RFC 3339, or for a spreadsheet program the local date and time, which it takes for one; in whole
    /// seconds, as not all of them know parts.
    mutating func instant(_ instant: Instant) {
        switch dialect {
        case .plain: plainField(instant.rfc3339)
        case .spreadsheet(let zone, _): plainField(instant.localText(in: zone))
        }
    }

    /// A number with a point before its fraction; with a comma where semicolons separate cells, as programs that want these
    /// have it.
    mutating func number(_ text: String) {
        plainField(dialect.separator == .semicolon ? text.replacing(".", with: ",") : text)
    }

    /// The names of the columns, which begin the file.
    mutating func names(_ names: [String]) {
        if case .spreadsheet = dialect { byteOrderMark() }
        for name in names { plainField(name) }
        endRecord()
    }

    /// A field that the service made: a number, an instant, a word.
    package mutating func plainField(_ text: String) {
        write(text, isQuoted: false)
    }

    private mutating func write(_ text: String, isQuoted: Bool) {
        if !isAtStart { bytes.append(separator) }
        isAtStart = false
        var text = text
        text.withUTF8 { utf8 in
            guard
                isQuoted || Self.find(separator, in: utf8[...]) != nil
                    || "\"\r\n".utf8.contains(where: { Self.find($0, in: utf8[...]) != nil })
            else {
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

extension String {
    fileprivate var dropFirstScalar: Substring { self[unicodeScalars.index(after: startIndex)...] }
}
