import Complaints

/// Words to search for: all must occur, in any order, without regard to case and accents. Words in double quotes must
/// stand together; a word that ends in `*` matches its beginnings.
public struct SearchQuery: Sendable, Hashable {
    /// One FTS5 expression a term.
    let terms: [String]

    /// Each term is a search of its own, so there is an end to how many one query may have.
    public static let termLimit = 64

    /// Nil when there is no word in `text`, or more than `termLimit` different terms.
    ///
    /// It is read scalar by scalar, as FTS5 does: to Swift a quote with a mark on it is one character, and no quote.
    public init?(_ text: String) {
        var terms: [String] = []
        var seen: Set<ExactText> = []
        let parts = text.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isQuoted = index % 2 == 1
            let phrases = isQuoted ? [part] : part.split(whereSeparator: \.properties.isWhitespace)
            for phrase in phrases {
                let isPrefix = !isQuoted && phrase.last == "*"
                let words = isPrefix ? phrase.dropLast() : phrase
                guard words.contains(where: \.isInWords) else { continue }
                // FTS5 reads a string in double quotes as plain words, but none reads past a NUL.
                let plain = String(String.UnicodeScalarView(words.map { $0 == "\0" ? " " : $0 }))
                let term = "\"\(plain)\"" + (isPrefix ? " *" : "")
                if seen.insert(ExactText(term)).inserted { terms.append(term) }
            }
        }
        guard !terms.isEmpty, terms.count <= Self.termLimit else { return nil }
        self.terms = terms
    }
}

extension Unicode.Scalar {
    /// Whether a word can be made of it: a letter, a digit or another number.
    fileprivate var isInWords: Bool { properties.isAlphabetic || properties.numericType != nil }
}
