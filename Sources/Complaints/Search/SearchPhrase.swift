/// Words that stand together, as the index has them.
package struct SearchPhrase: Hashable, Sendable {
    /// One after the other; at least one.
    package let words: [ExactText]
    /// Whether the last one is the beginning of a word.
    package let isBeginning: Bool

    /// These words; at least one.
    package init(words: [ExactText], isBeginning: Bool) {
        self.words = words
        self.isBeginning = isBeginning
    }

    /// The same in a key that something is known by elsewhere.
    var asKey: SearchPhrase {
        SearchPhrase(words: words.map { ExactText(SearchWords.asKey($0.string)) }, isBeginning: isBeginning)
    }
}

extension SearchPhrase {
    /// From so many characters on a word is found by its beginning, though nobody says so.
    static let shortestBeginning = 3

    /// What is looked for by a text; nil when there is no word in it.
    ///
    /// - Parameters:
    ///   - isExact: whether no other words are meant than these.
    ///   - isBeginning: whether the last one is the beginning of a word, however short.
    init?(_ text: String, isExact: Bool, isBeginning: Bool = false) {
        var cutter = WordCutter(into: Sink())
        cutter.read(text)
        var found = cutter.sink.words
        guard let last = found.last else { return nil }
        switch last.role {
        case .word(let count):
            self.isBeginning = isBeginning || !isExact && count >= Self.shortestBeginning
        // The row may go on, so it is not looked for as its end.
        case .end(isAlone: false):
            found.removeLast()
            self.isBeginning = false
        case .end(isAlone: true), .pair: self.isBeginning = true
        }
        words = found.map { ExactText(String(decoding: $0.bytes, as: UTF8.self)) }
    }

    private struct Sink: WordSink {
        var words: [(bytes: [UInt8], role: WordRole)] = []

        mutating func take(_ word: [UInt8], as role: WordRole) {
            words.append((word, role))
        }
    }
}
