/// A formula that is nothing but a text, `="0221 123"`: what programs write into a cell so that a spreadsheet keeps the zeros
/// in front of a number.
enum TextFormula {
    /// The text of a cell that is such a formula as a whole; nil for any other.
    static func text(_ cell: String) -> String? {
        // Most are none, and are not looked at twice.
        guard cell.utf8.last == quote || cell.utf8.last.map(isSpace) == true else { return nil }
        var bytes = cell.utf8.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        guard bytes.count >= 3, bytes.popFirst() == equals, bytes.popFirst() == quote, bytes.popLast() == quote else {
            return nil
        }
        var text: [UInt8] = []
        var isSecond = false
        for byte in bytes {
            if byte == quote {
                isSecond.toggle()
                if isSecond { continue }
            } else if isSecond {
                return nil
            }
            text.append(byte)
        }
        return isSecond ? nil : String(decoding: text, as: UTF8.self)
    }

    static let equals = UInt8(ascii: "=")
    private static let quote = UInt8(ascii: "\"")

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
