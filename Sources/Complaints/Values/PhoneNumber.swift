/// A telephone number as two of them are compared, however they are written: its digits, without the zeros of a trunk or of an
/// international prefix, which stand before them in one country and not in another.
///
/// `+46 8 123 45` and `08-123 45` are one number in two countries' eyes: one of them has the country code ahead, which has at
/// most three digits (ITU-T E.164). So a number is found by its end, and is kept backwards wherever it is looked up.
public struct PhoneNumber: Hashable, Sendable {
    /// A number with fewer digits is not one person's.
    package static let fewestDigits = 6
    /// E.164 has 15; of more, the last ones are compared.
    package static let mostDigits = 32
    /// How many digits a number may have ahead of another that is the same.
    package static let longestCountryCode = 3

    /// From 0 to 9, none of the first ones 0.
    private let digits: [UInt8]
    /// Whether it was written from the country on.
    let isInternational: Bool

    private init(digits: [UInt8], isInternational: Bool) {
        self.digits = Array(digits.drop { $0 == 0 }.suffix(Self.mostDigits))
        self.isInternational = isInternational || digits.starts(with: [0, 0])
    }

    /// The first number in a text; nil for a text in which nothing has digits enough.
    package init?(_ text: String) {
        guard let first = Self.all(in: text).first else { return nil }
        self = first
    }

    /// The numbers in a text, as far as they have digits enough: each reaches as far as there is nothing but digits and what
    /// people put between them.
    package static func all(in text: String) -> [PhoneNumber] {
        // Most have nothing but ASCII, of which each byte is a scalar: then no string is walked.
        let ofASCII = text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.allSatisfy { $0 < 0x80 } ? all(in: bytes.lazy.map { Unicode.Scalar($0) }) : nil
        }
        return ofASCII.flatMap(\.self) ?? all(in: text.unicodeScalars)
    }

    private static func all<Scalars: Collection<Unicode.Scalar>>(in text: Scalars) -> [PhoneNumber] {
        var numbers: [PhoneNumber] = []
        var rest = text[...]
        while let start = rest.firstIndex(where: \.isOfPhoneNumbers) {
            let end = rest[start...].firstIndex { !$0.isOfPhoneNumbers } ?? rest.endIndex
            var part = rest[start..<end]
            while let number = first(in: &part) {
                if number.isWhole { numbers.append(number) }
            }
            rest = rest[end...]
        }
        return numbers
    }

    /// The number that a text is, and nothing else, however few digits it has; nil when there is none in it, or more than one
    /// number.
    static func whole(_ text: Substring.UnicodeScalarView) -> PhoneNumber? {
        guard text.allSatisfy(\.isOfPhoneNumbers) else { return nil }
        var rest = text[...]
        let number = first(in: &rest)
        return rest.isEmpty ? number : nil
    }

    /// Whether a word of a query may be a part of a number.
    static func mayBePart(_ word: Substring.UnicodeScalarView) -> Bool { word.allSatisfy(\.isOfPhoneNumbers) }

    /// Reads one from the beginning of what may be numbers. A slash stands between area and subscriber, and between two
    /// numbers: the second one has a zero or a plus ahead then.
    private static func first<Rest: Collection<Unicode.Scalar>>(in rest: inout Rest) -> PhoneNumber?
    where Rest.SubSequence == Rest {
        var digits: [UInt8] = []
        digits.reserveCapacity(16)
        var hasPlus = false
        while let scalar = rest.popFirst() {
            if let digit = scalar.digit {
                digits.append(digit)
            } else if scalar == "+" || scalar == "＋" {
                hasPlus = hasPlus || digits.isEmpty
            } else if scalar == "(", !digits.isEmpty, rest.starts(with: "0)".unicodeScalars) {
                // A trunk zero, as in +44 (0)20.
                rest = rest.dropFirst(2)
            } else if scalar == "/", digits.count > fewestDigits {
                let next = rest.first { $0.properties.generalCategory != .spaceSeparator }
                if let next, next.digit == 0 || next == "+" || next == "＋" { break }
            }
        }
        return digits.isEmpty ? nil : PhoneNumber(digits: digits, isInternational: hasPlus)
    }

    /// Whether it may be one person's.
    var isWhole: Bool { digits.count >= Self.fewestDigits }

    /// The digits from the last to the first, in ASCII: a number with a country code ahead begins as it does without.
    package var reversed: String { reversed(after: 0) }

    /// The same without so many of the first digits.
    private func reversed(after first: Int) -> String {
        String(unsafeUninitializedCapacity: digits.count - first) { text in
            for (place, digit) in digits.dropFirst(first).reversed().enumerated() {
                text.initializeElement(at: place, to: UInt8(ascii: "0") + digit)
            }
            return digits.count - first
        }
    }

    /// What it may be in its own country, where it was written with the code of that, backwards.
    package var reversedWithoutCountryCode: [String] {
        (1...Self.longestCountryCode).compactMap { code -> String? in
            digits.count - code >= Self.fewestDigits && digits[code] != 0 ? reversed(after: code) : nil
        }
    }

    /// Whether both are one number.
    package func isLike(_ other: PhoneNumber) -> Bool {
        let (short, long) = digits.count <= other.digits.count ? (self, other) : (other, self)
        return long.digits.count - short.digits.count <= Self.longestCountryCode
            && long.digits.reversed().starts(with: short.digits.reversed())
    }
}

extension Unicode.Scalar {
    /// Of any script.
    fileprivate var digit: UInt8? {
        if isASCII { return ("0"..."9").contains(self) ? UInt8(value & 0x0F) : nil }
        guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
        return UInt8(value)
    }

    /// Whether it is a digit, or what stands between digits of a telephone number.
    fileprivate var isOfPhoneNumbers: Bool {
        if isASCII {
            switch self {
            case "0"..."9", "+", ".", "/", "-", " ", "(", ")", "[", "]", "{", "}": return true
            default: return false
            }
        }
        if digit != nil { return true }
        switch self {
        case "＋", "·": return true
        default: break
        }
        switch properties.generalCategory {
        case .dashPunctuation, .openPunctuation, .closePunctuation, .spaceSeparator, .format: return true
        default: return false
        }
    }
}
