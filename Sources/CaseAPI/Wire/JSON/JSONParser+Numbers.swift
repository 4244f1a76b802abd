extension JSONParser {
    /// RFC 8259 section 6.
    mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        let isNegative = peek == UInt8(ascii: "-")
        if isNegative { position += 1 }
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
        var exponent = 0
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            let sign = peek
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            exponent = Self.exponent(bytes[try digits()])
            if sign == UInt8(ascii: "-") { exponent = -exponent }
        }
        let integer = integer(isNegative: isNegative, whole, fraction, exponent: exponent)
        if let integer { return .integer(integer) }
        let text = bytes[start..<position]
        let number = text.count <= Self.longestFraction ? Double(String(decoding: text, as: UTF8.self)) : nil
        return .fraction(number.flatMap { $0.isFinite ? $0 : nil })
    }

    /// In bytes: no fraction that the service writes has so many.
    private static let longestFraction = 32

    /// Of one that is larger than any text has digits, some number that is too.
    private static func exponent(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { min($0 * 10 + Int($1 - 0x30), 1 << 40) }
    }

    /// The integer that a number is, if it is one. Digit by digit, as a `Double` would make another number of an id that is
    /// large, and an integer of what is only very close to one.
    private func integer(
        isNegative: Bool, _ whole: Range<Int>, _ fraction: Range<Int>, exponent: Int
    ) -> Int64? {
        let count = whole.count + fraction.count
        func digit(_ index: Int) -> Int64 {
            let place = index < whole.count ? whole.lowerBound + index : fraction.lowerBound + index - whole.count
            return Int64(bytes[place] - 0x30)
        }
        var (first, end) = (0, count)
        while first < end, digit(first) == 0 { first += 1 }
        guard first < end else { return 0 }
        while digit(end - 1) == 0 { end -= 1 }
        // 64 bits have 19 digits.
        let zeros = exponent - fraction.count + count - end
        guard zeros >= 0, zeros <= 19, end - first + zeros <= 19 else { return nil }
        // Below zero there is one more.
        var value: Int64 = 0
        for index in first..<(end + zeros) {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (difference, isStillTooLarge) = product.subtractingReportingOverflow(index < end ? digit(index) : 0)
            guard !isTooLarge, !isStillTooLarge else { return nil }
            value = difference
        }
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }

    private mutating func digits() throws(JSONSyntaxError) -> Range<Int> {
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw error(peek == nil ? .endOfText : .invalidNumber) }
        return start..<position
    }
}
