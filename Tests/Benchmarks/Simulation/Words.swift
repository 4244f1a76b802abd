import TestSupport

/// The words that complaints and notes are made of: a few common ones make most of the text, as in any language, and
/// there are some thousand rare ones.
struct Words {
    private static let common = """
        the and my was is it to not of for have again still broken late delivery invoice order called nobody answered \
        waiting since week refund charged twice account wrong parcel promised engineer came back kettle boiler tap water \
        heating leak card payment fee cancelled contract letter phone email branch visit rude staff replacement missing \
        part damaged box address moved bill meter reading credit report error agreed number form sent received
        """.split(separator: " ").map(String.init)
    private static let syllables = [
        "ba", "ker", "lo", "min", "ta", "vel", "so", "run", "di", "pe", "gar", "nu", "fi", "hol", "sa", "tre", "mo",
        "wi",
    ]

    private let words: [String]

    init() {
        var words = Self.common
        for first in Self.syllables {
            for second in Self.syllables {
                for third in Self.syllables { words.append(first + second + third) }
            }
        }
        self.words = words
    }

    /// Some sentences of that many words in all.
    func text(_ count: ClosedRange<Int>, _ random: inout SeededRandom) -> String {
        var text = ""
        var left = Int.random(in: count, using: &random)
        while left > 0 {
            let length = min(left, Int.random(in: 5...14, using: &random))
            for index in 0..<length {
                let word = random.skewed(words)
                text +=
                    index == 0 ? (text.isEmpty ? "" : " ") + word.prefix(1).uppercased() + word.dropFirst() : " " + word
            }
            text += "."
            left -= length
        }
        return text
    }
}
