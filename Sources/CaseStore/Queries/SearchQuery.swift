/// Words to search for: all must occur, in any order, without regard to case and accents. Words in double quotes must
/// stand together; a word that ends in `*` matches its beginnings.
public struct SearchQuery: Sendable, Hashable {
    /// One FTS5 expression a term.
    let terms: [String]

    /// Nil when there is no word in `text`.
    public init?(_ text: String) {
        var terms: [String] = []
        for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            let isQuoted = index % 2 == 1
            let phrases = isQuoted ? [part] : part.split(whereSeparator: \.isWhitespace)
            for phrase in phrases {
                let isPrefix = !isQuoted && phrase.hasSuffix("*")
                let words = isPrefix ? phrase.dropLast() : phrase
                // FTS5 reads a string in double quotes as plain words.
                guard words.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
                terms.append("\"\(words)\"" + (isPrefix ? " *" : ""))
            }
        }
        guard !terms.isEmpty else { return nil }
        self.terms = terms
    }
}
