/// `chunk-size [ chunk-ext ]` (RFC 9112 section 7.1).
enum ChunkLine {
    /// The size. Extensions are checked and dropped.
    static func size(parsing line: UnsafeRawBufferPointer) throws(ServerRefusal) -> Int {
        var size = 0
        var index = 0
        while index < line.count, let digit = line[index].hexDigitValue {
            guard size <= Int.max >> 8 else { throw .malformed("A chunk's size is too large a number.") }
            size = size << 4 | Int(digit)
            index += 1
        }
        guard index > 0 else { throw .malformed("A chunk must start with its size in hexadecimal digits.") }
        guard extensionsAreValid(line, from: index) else {
            throw .malformed("What follows a chunk's size is not a chunk extension.")
        }
        return size
    }

    /// `*( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )` (RFC 9112 section 7.1.1).
    private static func extensionsAreValid(_ line: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var index = start
        func skipWhitespace() {
            while index < line.count, line[index] == .space || line[index] == .tab { index += 1 }
        }
        func skipToken() -> Bool {
            let from = index
            while index < line.count, ByteSet.token.contains(line[index]) { index += 1 }
            return index > from
        }
        while index < line.count {
            skipWhitespace()
            guard index < line.count, line[index] == UInt8(ascii: ";") else { return false }
            index += 1
            skipWhitespace()
            guard skipToken() else { return false }
            let afterName = index
            skipWhitespace()
            guard index < line.count, line[index] == UInt8(ascii: "=") else {
                index = afterName
                continue
            }
            index += 1
            skipWhitespace()
            if index < line.count, line[index] == UInt8(ascii: "\"") {
                guard let end = endOfQuotedString(line, from: index) else { return false }
                index = end
            } else if !skipToken() {
                return false
            }
        }
        return true
    }

    /// The index after a `quoted-string` (RFC 9110 section 5.6.4) that starts at `start`.
    private static func endOfQuotedString(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start + 1
        while index < line.count {
            let byte = line[index]
            if byte == UInt8(ascii: "\"") { return index + 1 }
            if byte == UInt8(ascii: "\\") { index += 1 }
            guard index < line.count, line[index].isFieldValueByte else { return nil }
            index += 1
        }
        return nil
    }
}
