import Foundation
import Synchronization

/// What 256 scalars in a row are in words, by Unicode's tables: none, one or several scalars each.
///
/// Letters are folded as the full case folding does it, after compatibility decomposition (Unicode section 3.13, UAX #15);
/// kana and Hangul stay composed, as their letters are counted. Combining marks go where they are accents: what is placed on a
/// letter without making another of it, which the canonical combining class tells. Vowels of Indic scripts and the marks
/// of kana have classes of their own, and stay.
struct ScalarPage: Sendable {
    private let starts: [UInt16]
    private let scalars: [WordScalar]

    /// What stands for the scalar with these lowest bits.
    subscript(_ low: UInt32) -> ArraySlice<WordScalar> {
        scalars[Int(starts[Int(low)])..<Int(starts[Int(low) + 1])]
    }

    /// Each is made once, when a text first needs it.
    private static let made = Mutex<[UInt32: ScalarPage]>([:])

    /// The page of a scalar, by its higher bits.
    static func page(_ number: UInt32) -> ScalarPage {
        if let page = made.withLock({ $0[number] }) { return page }
        let page = ScalarPage(number)
        made.withLock { $0[number] = page }
        return page
    }

    private init(_ number: UInt32) {
        let first = number << 8
        let known = (first..<first + 256).map { value in Unicode.Scalar(value).flatMap { $0.isOfWords ? $0 : nil } }
        // All of them in one text: normalising a page costs little more than normalising a scalar.
        var text = String.UnicodeScalarView()
        for scalar in known {
            if let scalar { text.append(scalar) }
            text.append("\0")
        }
        let joined = String(text)
        let decomposed = Self.parts(joined.decomposedStringWithCompatibilityMapping)
        let composed = Self.parts(joined.precomposedStringWithCompatibilityMapping)
        var starts: [UInt16] = [0]
        var scalars: [WordScalar] = []
        for (index, scalar) in known.enumerated() {
            if scalar == nil {
                scalars.append(.gap)
            } else {
                let isComposed = composed[index].allSatisfy(\.isKanaOrHangul)
                for part in isComposed ? composed[index] : decomposed[index] { scalars += part.inWords }
            }
            starts.append(UInt16(scalars.count))
        }
        self.starts = starts
        self.scalars = scalars
    }

    private static func parts(_ joined: String) -> [[Unicode.Scalar]] {
        joined.unicodeScalars.split(separator: "\0", omittingEmptySubsequences: false).map(Array.init)
    }
}

extension Unicode.Scalar {
    /// Whether anything of a word can come of it: what is not assigned, and what is nobody's, is only between words.
    fileprivate var isOfWords: Bool {
        switch properties.generalCategory {
        case .unassigned, .surrogate, .privateUse: properties.isDefaultIgnorableCodePoint
        default: self != "\0"
        }
    }

    fileprivate var isKanaOrHangul: Bool {
        guard value >= 0x1100, let name = properties.name else { return false }
        return ["HIRAGANA LETTER", "KATAKANA LETTER", "KATAKANA-HIRAGANA", "HANGUL SYLLABLE"].contains {
            name.hasAsciiPrefix($0)
        }
    }

    /// Whether its script has no space between words. Of scripts the standard library tells no more than the names of their
    /// letters.
    fileprivate var isSpaceless: Bool {
        guard value >= 0x0E00 else { return false }
        if properties.isIdeographic { return true }
        guard let name = properties.name else { return false }
        return Self.spacelessScripts.contains { name.hasAsciiPrefix($0) }
    }

    private static let spacelessScripts = [
        "HIRAGANA ", "KATAKANA", "HANGUL ", "BOPOMOFO ", "IDEOGRAPHIC ", "VERTICAL KANA ", "THAI ", "LAO ", "KHMER ",
        "MYANMAR ", "TAI ", "NEW TAI ",
    ]

    /// What stands for it in a word, after decomposition.
    fileprivate var inWords: [WordScalar] {
        let properties = properties
        if properties.isDefaultIgnorableCodePoint { return [] }
        switch properties.generalCategory {
        case .nonspacingMark:
            let order = properties.canonicalCombiningClass.rawValue
            return Self.isAccent(order) ? [] : [WordScalar(.mark, self, order: order)]
        case .enclosingMark: return []
        case .spacingMark: return [WordScalar(.mark, self, order: properties.canonicalCombiningClass.rawValue)]
        case .decimalNumber:
            let digit = properties.numericValue.map { UInt8(ascii: "0") + UInt8($0) }
            return [WordScalar(.letter, digit.map(Unicode.Scalar.init) ?? self)]
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .otherNumber:
            if isSpaceless {
                let name = properties.name ?? ""
                let goesOn = ["HANGUL JUNGSEONG", "HANGUL JONGSEONG"].contains { name.hasAsciiPrefix($0) }
                return [WordScalar(goesOn ? .jamo : .spaceless, self)]
            }
            return foldedCase.flatMap(SimilarLetters.plain).map { WordScalar(.letter, $0) }
        default: return [.gap]
        }
    }

    /// Whether marks of a canonical combining class are accents: what is over or under a letter, or through it, the points
    /// of Hebrew, Arabic and Syriac, and nuktas, which many leave out.
    private static func isAccent(_ order: UInt8) -> Bool {
        switch order {
        case 1, 7, 10...36, 200...: true
        default: false
        }
    }
}

extension String {
    fileprivate func hasAsciiPrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
