import Foundation
import Testing

@testable import Board

@Suite("Which way texts run")
struct IsolationTests {
    /// Texts that turn what stands beside them, as long as nothing keeps them from it.
    static let turning = [
        "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{202E} reversed \u{2066} isolates", "\u{2067}a", "\u{2069}\u{2069}\u{5D0} 3",
        "\u{202B}\u{202A}\u{202D}\u{2068}\u{2066}a", "\u{645}\u{631}\u{62D}\u{628}\u{627}, 12",
        "\u{202C}\u{202E}x\u{202C}\u{202C}\u{2069}",
        "\u{2066}\u{202E}x\u{2069}\u{202C}y", "\u{200F}!", "\u{1E900}\u{1E901}",
    ]

    /// Texts of a page that nothing keeps from turning the words beside them: each in its element, without what is isolated in it. A
    /// field of several lines is a paragraph of its own, whose text is exact.
    static func leaks(_ html: String) -> [String] {
        html.replacing(#/(?s)<textarea.*?<\/textarea>/#, with: "").split(
            separator: "<", omittingEmptySubsequences: true
        )
        .compactMap { piece in
            guard let end = piece.firstIndex(of: ">") else { return nil }
            let text = piece[piece.index(after: end)...]
            var depth = 0
            var embedded = [0]
            for scalar in text.unicodeScalars {
                switch scalar.value {
                case 0x2066...0x2068:
                    guard depth > 0 || scalar == "\u{2068}" else { return String(text) }
                    depth += 1
                    embedded.append(0)
                case 0x2069:
                    guard depth > 0, embedded.removeLast() >= 0 else { return String(text) }
                    depth -= 1
                default: if depth == 0, Isolation.turns(scalar) { return String(text) }
                }
            }
            return depth == 0 ? nil : String(text)
        }
    }

    @Test(
        "a text closes what it opens, and nothing else, line by line",
        arguments: turning + turning.map { "a\n\($0)\r\n\($0)" })
    func closed(text: String) {
        let shown = Isolation.isolated(text)
        for line in shown.unicodeScalars.split(whereSeparator: { "\r\n".unicodeScalars.contains($0) }) {
            var open: [Unicode.Scalar] = []
            for (place, scalar) in line.enumerated() {
                switch scalar.value {
                case 0x2066...0x2068: open.append("\u{2069}")
                case 0x202A, 0x202B, 0x202D, 0x202E: open.append("\u{202C}")
                case 0x202C: #expect(open.popLast() == "\u{202C}")
                case 0x2069:
                    while open.last == "\u{202C}" { open.removeLast() }
                    #expect(open.popLast() == "\u{2069}")
                    // The isolate of the line is its first, and its last.
                    if open.isEmpty { #expect(place == line.count - 1) }
                default: break
                }
            }
            #expect(open.isEmpty)
        }
        func letters(_ text: String) -> [Unicode.Scalar] {
            text.unicodeScalars.filter {
                !(0x202A...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value)
            }
        }
        #expect(letters(shown) == letters(text))
        #expect(Self.leaks("<p>\(shown)</p>").isEmpty && !Self.leaks("<p>\(text)</p>").isEmpty)
    }

    @Test(
        "a text that runs from left to right is as it was",
        arguments: ["", "abc", "Zoë – “ok”\u{2028}b", "日本語", "e\u{301}"])
    func plain(text: String) {
        #expect(Isolation.isolated(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test("values in attributes and in fields of several lines are exact, as they are sent again")
    func exact() {
        #expect(
            Templates.inline("<a href=\"{{a}}\"{{#b}} b{{/b}}>{{c}}</a><textarea>\n{{d}}</textarea>{{e}}{{{f}}}{{> g}}")
                == "<a href=\"{{a}}\"{{#b}} b{{/b}}>{{% CONTENT_TYPE:INLINE}}{{c}}{{% CONTENT_TYPE:EXACT}}</a>"
                + "<textarea>\n{{d}}</textarea>{{% CONTENT_TYPE:INLINE}}{{e}}{{% CONTENT_TYPE:EXACT}}{{{f}}}{{> g}}")
    }
}
