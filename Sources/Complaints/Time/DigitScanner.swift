/// Reads the fixed-width numbers and separators of RFC 3339 and ISO 8601 from the front of a text.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    /// Exactly `count` digits.
    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + count] {
            guard let digit = Self.digit(byte) else { return nil }
            value = value * 10 + digit
        }
        position += count
        return value
    }

    /// One to `limit` digits, as many as there are.
    mutating func digits(upTo limit: Int) -> Int64? {
        let start = position
        var value: Int64 = 0
        while position < bytes.count, let digit = Self.digit(bytes[position]) {
            guard position - start < limit else { return nil }
            value = value * 10 + Int64(digit)
            position += 1
        }
        return position == start ? nil : value
    }

    mutating func take(_ expected: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: expected) else { return false }
        position += 1
        return true
    }

    mutating func takeEither(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        take(first) || take(second)
    }

    /// A fraction of a second in milliseconds, further digits dropped; 0 when there is none, nil for a dot without
    /// digits.
    mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        let start = position
        var value = 0
        while position < bytes.count, let digit = Self.digit(bytes[position]) {
            if position - start < 3 { value = value * 10 + digit }
            position += 1
        }
        guard position > start else { return nil }
        for _ in (position - start)..<max(3, position - start) { value *= 10 }
        return value
    }

    /// `Z`, or a numeric offset from UTC in minutes.
    mutating func offsetMinutes() -> Int? {
        if takeEither("Z", "z") { return 0 }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = digits(2), take(":"), let minutes = digits(2),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isNegative ? -1 : 1)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        byte >= 48 && byte <= 57 ? Int(byte) - 48 : nil
    }
}
