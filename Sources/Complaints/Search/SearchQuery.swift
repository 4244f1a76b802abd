/// What is looked for: terms that must all be there, in any order and in any of the fields.
///
/// A term is found by its beginning from three characters on, or before that where it ends in `*`. What is in double quotes
/// stands together, and is whole. Digits that may be a telephone number are one, too, whatever is between them.
public struct SearchQuery: Sendable, Hashable {
    /// What must be there, each.
    package let terms: [SearchTerm]
    /// The id that it may be meant as, where it is a number alone, be it after a `#`.
    package let id: Int64?

    /// Each term is a search of its own, so there is an end to how many one query may have.
    public static let termLimit = 64

    /// Nil when there is no word in `text`, or more than `termLimit` different terms.
    ///
    /// It is read scalar by scalar: to Swift a quote with a mark on it is one character, and no quote.
    public init?(_ text: String) {
        var reader = Reader()
        let parts = text.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index % 2 == 1 {
                reader.endNumber()
                reader.add(SearchPhrase(String(part), isExact: true))
            } else {
                for word in part.split(whereSeparator: \.properties.isWhitespace) { reader.read(word) }
            }
        }
        reader.endNumber()
        guard !reader.terms.isEmpty, reader.count <= Self.termLimit else { return nil }
        terms = reader.terms
        id = Self.id(text)
    }

    private static func id(_ text: String) -> Int64? {
        // As scalars: a digit with a mark on it is none.
        var digits = text.unicodeScalars.drop(while: \.properties.isWhitespace)
        while let last = digits.last, last.properties.isWhitespace { digits.removeLast() }
        if digits.first == "#" { digits.removeFirst() }
        guard !digits.isEmpty, digits.count < 19, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return Int64(String(digits))
    }

    /// All the words of a text, together; nil when there are none.
    package init?(phrase text: String) {
        guard let phrase = SearchPhrase(text, isExact: true) else { return nil }
        terms = [SearchTerm(ways: [[SearchMatch(phrases: [phrase])]])]
        id = nil
    }

    private struct Reader {
        var terms: [SearchTerm] = []
        /// Of all terms, those that stand in one of a number too.
        var count: Int { seen.count + parts }
        private var parts = 0
        private var seen: Set<[SearchPhrase]> = []
        /// Words that may be parts of one telephone number.
        private var number: [Substring.UnicodeScalarView] = []

        mutating func read(_ word: Substring.UnicodeScalarView) {
            if PhoneNumber.mayBePart(word) {
                number.append(word)
                return
            }
            endNumber()
            guard let match = match(word) else { return }
            add(match)
        }

        mutating func add(_ phrase: SearchPhrase?) {
            if let phrase { add(SearchMatch(phrases: [phrase])) }
        }

        private mutating func add(_ match: SearchMatch) {
            if seen.insert(match.phrases).inserted { terms.append(SearchTerm(ways: [[match]])) }
        }

        /// A word for itself.
        private func match(_ word: Substring.UnicodeScalarView) -> SearchMatch? {
            let isBeginning = word.last == "*"
            guard let phrase = SearchPhrase(String(word), isExact: false, isBeginning: isBeginning) else { return nil }
            let number = isBeginning ? nil : PhoneNumber.whole(word)
            return SearchMatch(phrases: [phrase] + (number?.phrases ?? []))
        }

        /// What may be one number is that, or each of its parts is to be found.
        mutating func endNumber() {
            defer { number.removeAll() }
            var each: [SearchMatch] = []
            for match in number.compactMap(match) where !each.contains(match) { each.append(match) }
            guard !each.isEmpty else { return }
            var joined = String.UnicodeScalarView()
            for part in number {
                joined.append(contentsOf: part)
                joined.append(" ")
            }
            let whole = PhoneNumber.whole(joined[...])?.phrases ?? []
            guard each.count > 1 || number.count > 1, !whole.isEmpty else {
                for match in each { add(match) }
                return
            }
            parts += each.count
            terms.append(SearchTerm(ways: [[SearchMatch(phrases: whole)], each]))
        }
    }
}

/// What must be there for one thing that is looked for.
package struct SearchTerm: Hashable, Sendable {
    /// One of these; of each, all.
    package let ways: [[SearchMatch]]

    /// One of these; of each, all.
    package init(ways: [[SearchMatch]]) {
        self.ways = ways
    }
}

/// What stands in one text.
package struct SearchMatch: Hashable, Sendable {
    /// One of these.
    package let phrases: [SearchPhrase]

    /// One of these.
    package init(phrases: [SearchPhrase]) {
        self.phrases = phrases
    }

    /// The same where a case has it as its key in another system.
    package var asKeys: SearchMatch { SearchMatch(phrases: phrases.map(\.asKey)) }
}
