import Foundation

/// What takes the words of a text, one after the other.
protocol WordSink {
    mutating func take(_ word: [UInt8], as role: WordRole)
}

/// What a word of the index is to the text that it was cut from.
enum WordRole: Hashable {
    /// A word, with its count of scalars.
    case word(Int)
    /// Two letters in a row of a script without space between words.
    case pair
    /// The last letter of such a row, or the only one: so each letter is the beginning of something.
    case end(isAlone: Bool)
}

/// Cuts a text to words for the search, scalar by scalar: it takes time that grows with the text and no faster, whatever is
/// in it, which neither `String`'s comparison nor its normalisation does for long runs of combining marks.
///
/// A word is what stands between what is neither letter nor digit, as `ScalarPage` has its scalars. Of scripts without space
/// between words (Han, kana, Hangul, Thai and their like) each two letters in a row are one, so that any part of a text is
/// found: ABC is AB, BC and C. Hangul has spaces, but words that grow together.
struct WordCutter<Sink: WordSink> {
    /// So many scalars of a word count: the rest of it is not looked at, wherever words are made.
    static var longestWord: Int { 64 }
    /// So many marks on one letter count: no language has more (UAX #15 section 13, stream-safe text).
    static var mostMarks: Int { 30 }

    var sink: Sink
    private var word: [WordScalar] = []
    /// How many marks its end has.
    private var marks = 0
    /// The letter of a script without spaces that is being read, with its marks.
    private var letter: [WordScalar] = []
    /// The one before it in the row.
    private var before: [UInt8] = []
    private var rowLength = 0
    private var page = (number: UInt32.max, content: ScalarPage.page(0))

    init(into sink: Sink) {
        self.sink = sink
    }

    /// Reads a text. Words end with it.
    mutating func read(_ text: String) {
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value < 0x80 {
                readASCII(UInt8(truncatingIfNeeded: value))
                continue
            }
            if value >> 8 != page.number { page = (value >> 8, ScalarPage.page(value >> 8)) }
            for part in page.content[value & 0xFF] { read(part) }
        }
        endWord()
    }

    private mutating func readASCII(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            read(WordScalar(.letter, Unicode.Scalar(byte)))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): read(WordScalar(.letter, Unicode.Scalar(byte | 0x20)))
        default: endWord()
        }
    }

    private mutating func read(_ part: WordScalar) {
        switch part.kind {
        case .gap: endWord()
        case .letter:
            if rowLength > 0 || !letter.isEmpty { endWord() }
            if word.count < Self.longestWord { word.append(part) }
            marks = 0
        case .mark:
            if !letter.isEmpty {
                Self.add(part, to: &letter, most: Self.mostMarks, &marks)
            } else if !word.isEmpty {
                Self.add(part, to: &word, most: Self.longestWord, &marks)
            }
        case .jamo where !letter.isEmpty: Self.add(part, to: &letter, most: 3, &marks)
        case .spaceless, .jamo:
            if !word.isEmpty { endWord() }
            endLetter()
            letter = [part]
            marks = 0
        }
    }

    /// In the canonical order (Unicode section 3.11), to which the bound on them makes a short way.
    private static func add(_ mark: WordScalar, to scalars: inout [WordScalar], most: Int, _ marks: inout Int) {
        guard marks < mostMarks, scalars.count < most else { return }
        marks += 1
        var place = scalars.count
        if mark.order > 0 {
            while place > 0, scalars[place - 1].order > mark.order { place -= 1 }
        }
        scalars.insert(mark, at: place)
    }

    private mutating func endWord() {
        if !word.isEmpty {
            sink.take(Self.bytes(word), as: .word(word.count))
            word.removeAll(keepingCapacity: true)
        }
        endLetter()
        if rowLength > 0 {
            sink.take(before, as: .end(isAlone: rowLength == 1))
            rowLength = 0
        }
        marks = 0
    }

    private mutating func endLetter() {
        guard !letter.isEmpty else { return }
        let bytes = Self.composed(letter)
        if rowLength > 0 { sink.take(before + bytes, as: .pair) }
        before = bytes
        rowLength += 1
        letter.removeAll(keepingCapacity: true)
    }

    /// Kana with its marks, and the jamo of a syllable, are one scalar where there is one.
    private static func composed(_ letter: [WordScalar]) -> [UInt8] {
        let bytes = bytes(letter)
        guard letter.dropFirst().contains(where: { $0.kind == .jamo || $0.order == kanaVoicing }) else { return bytes }
        return Array(String(decoding: bytes, as: UTF8.self).precomposedStringWithCompatibilityMapping.utf8)
    }

    private static var kanaVoicing: UInt8 { Unicode.CanonicalCombiningClass.kanaVoicing.rawValue }

    private static func bytes(_ scalars: [WordScalar]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars { bytes.append(contentsOf: UTF8.encode(scalar.scalar).unsafelyUnwrapped) }
        return bytes
    }
}
