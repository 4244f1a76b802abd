/// The digits of a phone number, by which two of them are compared however they are written: from the last one backwards,
/// without the zeros of a trunk or of an international prefix. `+46 8 123 45` and `08-123 45` are one number in two countries'
/// eyes: one of them has the country code ahead, which has at most three digits (ITU-T E.164).
package struct PhoneKey: Sendable, Hashable {
    /// A number with fewer digits is not one person's.
    package static let fewestDigits = 6
    /// E.164 has 15; of more, the last ones are compared.
    static let mostDigits = 20
    /// How many digits a number may have ahead of another that is the same.
    package static let longestCountryCode = 3

    /// The digits from the last to the first, as ASCII: a number with a country code ahead begins as it does without.
    package let reversed: String

    /// Nil for what has too few digits.
    package init?(_ phone: String) {
        var digits: [UInt8] = []
        var isInternational = false
        var scalars = phone.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            if scalar == "+" { isInternational = true }
            // The trunk's zero that is left out from abroad: +44 (0)20.
            if isInternational, scalar == "(", scalars.starts(with: "0)".unicodeScalars) {
                scalars = scalars.dropFirst(2)
                continue
            }
            if let digit = scalar.decimalDigit {
                digits.append(0x30 + digit)
            } else if digits.count >= Self.fewestDigits, scalar.endsANumber {
                break
            }
        }
        let significant = digits.drop { $0 == 0x30 }.suffix(Self.mostDigits)
        guard significant.count >= Self.fewestDigits else { return nil }
        reversed = String(decoding: significant.reversed(), as: UTF8.self)
    }

    /// Those that a number may stand on record as where it has no more digits than this one: itself, and without a country
    /// code.
    package var withoutCountryCode: [String] {
        let count = reversed.utf8.count
        return (max(count - Self.longestCountryCode, Self.fewestDigits)...count).reversed().map {
            String(reversed.prefix($0))
        }
    }

    /// Whether both are one number.
    package func isLike(_ other: PhoneKey) -> Bool {
        let (short, long) = reversed.utf8.count <= other.reversed.utf8.count ? (self, other) : (other, self)
        return long.reversed.utf8.count - short.reversed.utf8.count <= Self.longestCountryCode
            && long.reversed.utf8.starts(with: short.reversed.utf8)
    }
}

extension Unicode.Scalar {
    /// Of any script.
    fileprivate var decimalDigit: UInt8? {
        if isASCII { return ("0"..."9").contains(self) ? UInt8(value - 0x30) : nil }
        guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
        return UInt8(exactly: value)
    }

    /// Whether what comes after it is an extension, or another number.
    fileprivate var endsANumber: Bool { ["#", ";", ",", "/", "&"].contains(self) || properties.isAlphabetic }
}
