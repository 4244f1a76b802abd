import Testing

@testable import CaseAPI

@Suite("Text in lines of so many columns")
struct FoldedTextTests {
    private func lines(_ text: String, _ width: Int = 10, upTo most: Int = .max) -> [String] {
        FoldedText(text, width: width).lines(upTo: most)
    }

    @Test("is broken between words, and within one that is longer than a line")
    func breaks() {
        #expect(lines("one two three four") == ["one two", "three four"])
        #expect(lines("0123456789") == ["0123456789"])
        #expect(lines("a 0123456789abc d") == ["a", "0123456789", "abc d"])
        #expect(lines("") == [] && lines(" \t\n ") == [])
    }

    @Test("has one space for whatever space there was, none at an end, and nothing that moves a cursor")
    func spaces() {
        #expect(lines(" a\r\n\tb\u{A0}\u{3000}c\u{2028}") == ["a b c"])
        #expect(lines("a\u{1B}[31m\u{202E}b\u{0}\u{FEFF}") == ["a[31mb"])
        #expect(lines("\u{202E}\u{200B} \u{7}") == [], "there is nothing to see")
        #expect(lines("\u{915}\u{200D}\u{937}") == ["\u{915}\u{200D}\u{937}"], "joiners are of the letters")
    }

    @Test("counts columns: umlauts have one however they are written, what is wide in East Asia two, marks none")
    func columns() {
        #expect(lines("Müller Köhl") == ["Müller", "Köhl"] && lines("Mülle Köhl") == ["Mülle Köhl"])
        #expect(lines("Mu\u{308}lle Ko\u{308}hl") == ["Mu\u{308}lle Ko\u{308}hl"])
        #expect(lines("東京都渋谷") == ["東京都渋谷"] && lines("東京都渋谷区") == ["東京都渋谷", "区"])
        #expect(lines("e" + String(repeating: "\u{301}", count: 4_000))[0].unicodeScalars.count == 8)
    }

    @Test("is cut where it has too many lines, and says so within its width")
    func cuts() {
        #expect(lines("one two three four", upTo: 2) == ["one two", "three four"])
        #expect(lines("one two three four five", upTo: 2) == ["one two", "three fo …"])
        #expect(lines("ab cdefghi jklmn", upTo: 1) == ["ab cdefg …"])
        #expect(lines("abcdefg hi jklmn", upTo: 1) == ["abcdefg …"], "no two spaces")
    }
}
