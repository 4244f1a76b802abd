/// How a telephone number is found among words: the index has it backwards, so that it is found by its end.
extension PhoneNumber {
    /// No word begins with it by itself.
    private static let mark = "☎"

    /// The word that stands for it in the index; nil where it is too short for a number.
    package var word: String? { isWhole ? Self.mark + reversed : nil }

    /// What finds it: all that ends with it, and, where it was written from the country on, what was written without the
    /// country.
    var phrases: [SearchPhrase] {
        guard let word else { return [] }
        let national = isInternational ? reversedWithoutCountryCode : []
        return [SearchPhrase(words: [ExactText(word)], isBeginning: true)]
            + national.map { SearchPhrase(words: [ExactText(Self.mark + $0)], isBeginning: false) }
    }

    /// What finds it among the words of customers.
    package var match: SearchMatch { SearchMatch(phrases: phrases) }
}
