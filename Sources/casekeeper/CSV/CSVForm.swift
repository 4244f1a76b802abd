/// How a file of records is written.
struct CSVForm: Hashable, Sendable {
    /// What stands between the cells of a record.
    var separator = UInt8(ascii: ",")
    /// What its bytes stand for, unless a byte order mark says UTF-8.
    var encoding = TextEncoding.utf8
    /// Where its first record begins.
    var start = 0
    /// On which line that is, counting from 1.
    var line = 1

    /// The separators that are found by themselves.
    static let separators = ",;\t|".utf8.map { $0 }

    /// As it is told to people.
    static func name(of separator: UInt8) -> String {
        separator == UInt8(ascii: "\t") ? "tab" : "'\(Unicode.Scalar(separator))'"
    }

    /// The separator that somebody means by a text: a character of ASCII that is no letter, digit, quote or line break, or
    /// the word `tab`.
    static func separator(named text: String) -> UInt8? {
        let words: [String: UInt8] = ["tab": 0x09, "\\t": 0x09]
        if let byte = words[text] { return byte }
        guard text.utf8.count == 1, let byte = text.utf8.first, isSeparator(byte) else { return nil }
        return byte
    }

    static func isSeparator(_ byte: UInt8) -> Bool {
        guard byte < 0x7F, byte != UInt8(ascii: "\"") else { return false }
        let scalar = Unicode.Scalar(byte)
        return byte == 0x09 || byte > 0x20 && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
    }
}
