/// Host and port as Host and absolute-form targets carry them: `uri-host [ ":" port ]` (RFC 9110 section 7.2),
/// without user information and never empty, as an http URL's host may not be (section 4.2.1).
enum Authority {
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let hostEnd: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 1,
                bytes[1..<close].allSatisfy({ ByteSet.literalAddress.contains($0) })
            else { return false }
            hostEnd = close + 1
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            guard hostEnd > 0, isRegisteredName(bytes[..<hostEnd]) else { return false }
        }
        guard hostEnd < bytes.endIndex else { return true }
        return bytes[hostEnd] == UInt8(ascii: ":") && isPort(bytes[(hostEnd + 1)...])
    }

    private static func isRegisteredName(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if ByteSet.registeredName.contains(bytes[index]) {
                index += 1
            } else if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = bytes[index + 1].hexDigitValue, let low = bytes[index + 2].hexDigitValue, high | low != 0
            {
                index += 3
            } else {
                return false
            }
        }
        return true
    }

    /// `port = *DIGIT` (RFC 3986 section 3.2.3), within a port's 16 bits.
    private static func isPort(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        var port = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return false }
            port = port * 10 + Int(byte - 0x30)
            guard port <= 65_535 else { return false }
        }
        return true
    }
}
