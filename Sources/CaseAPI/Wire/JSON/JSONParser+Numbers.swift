extension JSONParser {
    /// RFC 8259 section 6.
    mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let whole = try digits()
        if bytes[whole.lowerBound] == 0x30, whole.count > 1 {
            position = start
            throw error(.invalidNumber)
        }
        var fraction = position..<position
        if peek == UInt8(ascii: ".") {
            position += 1
            fraction = try digits()
        }
        var exponent = position..<position
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            let start = position
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            exponent = start..<(try digits().upperBound)
        }
        let integer =
            fraction.isEmpty && exponent.isEmpty
            ? Int64(text(start..<position))
            : Self.integer(
                isNegative: bytes[start] == UInt8(ascii: "-"), bytes[whole] + bytes[fraction],
                exponent: exponent.isEmpty ? 0 : Int(text(exponent)), fractionLength: fraction.count)
        return integer.map(JSONValue.integer) ?? .fraction
    }

    /// The integer that a number with a fraction or an exponent is, if it is one. Digit by digit, as a `Double` would
    /// make another number of an id that is large, and an integer of what is only very close to one.
    ///
    /// - Parameter exponent: nil for one beyond 64 bits.
    private static func integer(
        isNegative: Bool, _ digits: ArraySlice<UInt8>, exponent: Int?, fractionLength: Int
    ) -> Int64? {
        guard let first = digits.firstIndex(where: { $0 != 0x30 }), let last = digits.lastIndex(where: { $0 != 0x30 })
        else { return 0 }
        let significant = digits[first...last]
        guard let exponent, exponent.magnitude < UInt(Int.max) / 2 else { return nil }
        let zeros = exponent - fractionLength + digits.distance(from: last, to: digits.endIndex) - 1
        // 64 bits have 19 digits.
        guard zeros >= 0, zeros <= 19, significant.count + zeros <= 19 else { return nil }
        let sign = isNegative ? "-" : ""
        return Int64(sign + String(decoding: significant, as: UTF8.self) + String(repeating: "0", count: zeros))
    }

    private mutating func digits() throws(JSONSyntaxError) -> Range<Int> {
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw error(peek == nil ? .endOfText : .invalidNumber) }
        return start..<position
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
