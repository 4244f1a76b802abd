/// Words to search for: all must occur, in any order, without regard to case and accents. Words in double quotes must
/// stand together; a word that ends in `*` matches its beginnings.
public struct SearchQuery: Sendable, Hashable {
    /// One FTS5 expression a term.
    let terms: [String]

    /// Each term is a search of its own, so there is an end to how many one query may have.
    public static let termLimit = 64

    /// Nil when there is no word in `text`, or more than `termLimit` different terms.
    public init?(_ text: String) {
        var terms: [String] = []
        for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            let isQuoted = index % 2 == 1
            let phrases = isQuoted ? [part] : part.split(whereSeparator: \.isWhitespace)
            for phrase in phrases {
                let isPrefix = !isQuoted && phrase.hasSuffix("*")
                let words = isPrefix ? phrase.dropLast() : phrase
                guard words.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
                // FTS5 reads a string in double quotes as plain words, but none reads past a NUL.
                let term = "\"\(words.replacing("\0", with: " "))\"" + (isPrefix ? " *" : "")
                if !terms.contains(term) { terms.append(term) }
            }
        }
        guard !terms.isEmpty, terms.count <= Self.termLimit else { return nil }
        self.terms = terms
    }
}
