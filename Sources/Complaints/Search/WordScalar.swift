/// A scalar as it stands in a word of the search, with what the making of words asks about it: in 32 bits, as there is a
/// table of them.
struct WordScalar: Hashable {
    enum Kind: UInt32 {
        /// Between words.
        case gap
        /// A letter or a digit of a script that has space between words.
        case letter
        /// A vowel, or what else of a combining mark makes another letter: it goes on with what is before it.
        case mark
        /// A letter of a script without space between words.
        case spaceless
        /// A vowel or a final consonant of Hangul that stands by itself (a conjoining jamo): it goes on with its syllable.
        case jamo
    }

    private let bits: UInt32

    /// - Parameter order: the scalar's canonical combining class.
    init(_ kind: Kind, _ scalar: Unicode.Scalar, order: UInt8 = 0) {
        bits = kind.rawValue << 29 | UInt32(order) << 21 | scalar.value
    }

    static let gap = WordScalar(.gap, " ")

    var kind: Kind {
        guard let kind = Kind(rawValue: bits >> 29) else { preconditionFailure("it was made of a kind") }
        return kind
    }

    /// The canonical combining class, by which marks after one letter are sorted (Unicode section 3.11).
    var order: UInt8 { UInt8(truncatingIfNeeded: bits >> 21) }

    var scalar: Unicode.Scalar {
        guard let scalar = Unicode.Scalar(bits & 0x1F_FFFF) else { preconditionFailure("it was made of a scalar") }
        return scalar
    }
}
