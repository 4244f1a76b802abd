import Complaints

extension JSONParser {
    /// RFC 8259 section 7. Most strings have no escape and are taken as they stand.
    mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        try skipPlainCharacters()
        if bytes[position] == UInt8(ascii: "\"") {
            defer { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
        var decoded = Array(bytes[start..<position])
        while bytes[position] != UInt8(ascii: "\"") {
            decoded.append(contentsOf: UTF8.encode(try escape()).unsafelyUnwrapped)
            let start = position
            try skipPlainCharacters()
            decoded.append(contentsOf: bytes[start..<position])
        }
        position += 1
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Leaves the position at the next `"` or `\`.
    private mutating func skipPlainCharacters() throws(JSONSyntaxError) {
        let start = position
        position = bytes.withUnsafeBufferPointer { $0.plainEnd(from: start) }
        guard position < bytes.count else { throw error(.endOfText) }
        if bytes[position] < 0x20 { throw error(.controlCharacter) }
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard let byte = peek else { throw error(.endOfText) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default:
            position = start
            throw error(.invalidEscape)
        }
        let first = try hexadecimal(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
            position = start
            throw error(.loneSurrogate)
        }
        position += 2
        let second = try hexadecimal(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(second - 0xDC00)))
        else {
            position = start
            throw error(.loneSurrogate)
        }
        return scalar
    }

    private mutating func hexadecimal(from start: Int) throws(JSONSyntaxError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek else { throw error(.endOfText) }
            guard let digit = byte.hexadecimalDigit else {
                position = start
                throw error(.invalidEscape)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
