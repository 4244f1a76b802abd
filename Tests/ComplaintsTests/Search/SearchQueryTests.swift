import Testing

@testable import Complaints

@Suite("What a query looks for")
struct SearchQueryTests {
    /// Each way on its own, each match of it, its phrases; a star for a beginning.
    private func told(_ text: String) -> String? {
        SearchQuery(text)?.terms.map { term in
            term.ways.map { matches in
                matches.map { match in
                    match.phrases.map { phrase in
                        phrase.words.map(\.string).joined(separator: " ") + (phrase.isBeginning ? "*" : "")
                    }.joined(separator: " or ")
                }.joined(separator: " & ")
            }.joined(separator: " | ")
        }.joined(separator: ", ")
    }

    static let table: [(query: String, told: String?)] = [
        ("gross", "gross*"), ("Groß", "gross*"), ("ab", "ab"), ("ab*", "ab*"), ("a b", "a, b"),
        ("gross GROSS", "gross*"),
        ("\"hot water\"", "hot water"), ("\"gross\"", "gross"), ("\"gross", "gross"), ("ann.lee", "ann lee*"),
        ("TK-2024/000777", "tk 2024 000777*"), ("* & -", nil), ("", nil), ("\"\"", nil), ("🙂", nil), ("¶ ☎", nil),
        ("退款", "退款"), ("我要退款", "我要 要退 退款"), ("壊", "壊*"), ("\"退款 now\"", "退款 款 now"), ("壊 品", "壊*, 品*"),
        ("iPhone壊れ", "iphone 壊れ"), ("환불", "환불"),
        ("1234", "1234*"), ("12345", "12345*"), ("02079460123", "02079460123* or ☎3210649702*"),
        ("7946 0123", "☎32106497* | 7946* & 0123*"),
        ("(020) 7946-0123", "☎3210649702* | 020* & 7946 0123* or ☎32106497*"),
        ("08-123 45", "☎543218* | 08 123* & 45"), ("lee 7946 0123", "lee*, ☎32106497* | 7946* & 0123*"),
        ("+4681234567", "4681234567* or ☎7654321864* or ☎765432186 or ☎76543218 or ☎7654321"),
        ("004681 234567", "☎7654321864* or ☎765432186 or ☎76543218 or ☎7654321 | 004681* & 234567* or ☎765432*"),
        ("+44 (0)20 79460123", "☎321064970244* or ☎32106497024 or ☎3210649702 | 44 & 0 20 & 79460123* or ☎32106497*"),
        ("2024 lee 99", "2024*, lee*, 99"),
        ("12 34", "12, 34"), ("- 123456", "☎654321* | 123456* or ☎654321*"),
    ]

    @Test("is terms with their ways", arguments: table)
    func terms(query: String, told: String?) {
        #expect(self.told(query) == told)
    }

    @Test("has an end: so many different terms, those of a number counted each")
    func limit() {
        let words = (1...SearchQuery.termLimit).map { "w\($0)" }
        #expect(SearchQuery(words.joined(separator: " ") + " w1")?.terms.count == SearchQuery.termLimit)
        #expect(SearchQuery((words + ["more"]).joined(separator: " ")) == nil)
        #expect(SearchQuery((1...SearchQuery.termLimit + 1).map { "\($0)" }.joined(separator: " ")) == nil)
    }
}
