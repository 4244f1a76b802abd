/// Why a text is no instant.
public enum InstantSyntaxError: Error, Sendable, Equatable {
    /// Not a date and time of RFC 3339.
    case malformed
    /// A date and time without `Z` or a numeric offset: it names no instant.
    case missingOffset
}

extension Instant {
    /// Reads RFC 3339 section 5.6 `date-time`. The offset is required; digits past the millisecond are dropped; a
    /// leap second (`:60`) is refused.
    public init(rfc3339 text: some StringProtocol) throws(InstantSyntaxError) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
            let day = scanner.digits(2), scanner.takeEither("T", "t"), let hour = scanner.digits(2), scanner.take(":"),
            let minute = scanner.digits(2), scanner.take(":"), let second = scanner.digits(2),
            let fraction = scanner.fraction()
        else {
            throw .malformed
        }
        guard year >= 1, let days = CivilDate(year: year, month: month, day: day)?.daysSince1970,
            hour < 24, minute < 60, second < 60
        else {
            throw .malformed
        }
        if scanner.isAtEnd { throw .missingOffset }
        guard let offset = scanner.offsetMinutes(), scanner.isAtEnd else { throw .malformed }
        let seconds = Int64(days) * 86_400 + Int64(hour) * 3600 + Int64(minute - offset) * 60 + Int64(second)
        let instant = Instant(milliseconds: seconds * 1000 + Int64(fraction))
        guard instant >= .earliest, instant <= .latest else { throw .malformed }
        self = instant
    }

    /// The instant in UTC: `2026-03-01T09:00:00Z`, with `.123` before the `Z` only when it has milliseconds.
    public var rfc3339: String {
        withRFC3339 { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends `rfc3339` as ASCII to writers that build bytes, without an array of its own.
    public func withRFC3339<Value>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
        let (secondOfTime, millisecond) = milliseconds.flooredDivision(by: 1000)
        let (dayOfTime, second) = secondOfTime.flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: Int(dayOfTime))
        return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { bytes in
            var count = 0
            func append(_ value: Int, digits: Int, mark: UInt8) {
                var rest = value
                for place in stride(from: count + digits - 1, through: count, by: -1) {
                    bytes.initializeElement(at: place, to: UInt8(48 + rest % 10))
                    rest /= 10
                }
                bytes.initializeElement(at: count + digits, to: mark)
                count += digits + 1
            }
            append(date.year, digits: 4, mark: UInt8(ascii: "-"))
            append(date.month, digits: 2, mark: UInt8(ascii: "-"))
            append(date.day, digits: 2, mark: UInt8(ascii: "T"))
            append(Int(second) / 3600, digits: 2, mark: UInt8(ascii: ":"))
            append(Int(second) / 60 % 60, digits: 2, mark: UInt8(ascii: ":"))
            append(Int(second) % 60, digits: 2, mark: millisecond == 0 ? UInt8(ascii: "Z") : UInt8(ascii: "."))
            if millisecond != 0 { append(Int(millisecond), digits: 3, mark: UInt8(ascii: "Z")) }
            return try body(UnsafeBufferPointer(rebasing: bytes[..<count]))
        }
    }
}

extension Int64 {
    /// Quotient rounded towards minus infinity, and the remainder that goes with it (never negative).
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
