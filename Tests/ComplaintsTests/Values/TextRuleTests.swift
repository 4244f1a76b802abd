import Complaints
import Testing

@Suite("How texts are taken")
struct TextRuleTests {
    @Test(
        "a line is trimmed, other texts are verbatim, and every scalar stays",
        arguments: [
            (TextRule.name, "  Ann \n", "Ann"), (.name, "\u{2003}Ann\u{85}", "Ann"), (.name, "A\tB", "A B"),
            (.name, "Ann   Lee", "Ann Lee"), (.subject, "Zoë \u{A0} Ek", "Zoë Ek"), (.tag, "a\u{3000}b", "a\u{3000}b"),
            (.name, "5\u{A0}kg", "5\u{A0}kg"), (.key, " A  1\t", "A  1"), (.narrative, "a  b\nc", "a  b\nc"),
            (.complaint, "  It broke.\n", "  It broke.\n"), (.narrative, "\tWhy", "\tWhy"),
            (.name, "Zoe\u{308}", "Zoe\u{308}"), (.name, "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), (.name, "\u{FEFF}x\u{200B}", "\u{FEFF}x\u{200B}"),
            (.subject, "\u{1}x\u{1F}", "\u{1}x\u{1F}"),
        ])
    func takes(_ rule: TextRule, _ text: String, _ kept: String) throws {
        let taken = try rule.checked(text)
        #expect(Array(taken.unicodeScalars) == Array(kept.unicodeScalars))
    }

    @Test(
        "NUL, nothing that can be seen, a line break in a line, and too long a text are refused",
        arguments: [
            (TextRule.name, "", FieldIssue.Code.tooShort), (.name, " \n", .tooShort), (.complaint, "\u{A0}", .tooShort),
            (.name, "A\u{0}B", .invalidValue), (.complaint, "\u{0}", .invalidValue),
            (.name, "\u{200B}", .tooShort), (.subject, " \u{2800}\u{FEFF}", .tooShort), (.key, "\u{3164}", .tooShort),
            (.complaint, "\u{200D}\u{E0020}", .tooShort), (.subject, "\u{1}\u{1F}", .tooShort),
            (.name, "Ann\nLee", .invalidValue), (.subject, "a\r\nb", .invalidValue),
            (.key, "a\u{2028}b", .invalidValue),
            (.tag, "a\u{85}b", .invalidValue), (.name, "\u{200B}\nAnn", .invalidValue),
            (.label, "Rep\u{200B}airs", .invalidValue), (.label, "\u{202E}Repairs", .invalidValue),
            (.tag, String(repeating: "x", count: 65), .tooLong), (.tag, String(repeating: "é", count: 65), .tooLong),
        ])
    func refuses(_ rule: TextRule, _ text: String, _ code: FieldIssue.Code) {
        do {
            let taken = try rule.checked(text)
            Issue.record("taken as \(taken)")
        } catch {
            #expect(error.code == code)
            #expect(!error.detail.isEmpty)
        }
    }

    @Test(
        "the limits count Unicode scalars, after trimming",
        arguments: [
            (TextRule.complaint, 65_536), (.subject, 300), (.name, 200), (.narrative, 4_000), (.tag, 64),
        ])
    func limits(_ rule: TextRule, _ limit: Int) throws {
        for character in ["x", "é", "😀"] {
            #expect(try rule.checked(String(repeating: character, count: limit)).unicodeScalars.count == limit)
            #expect(throws: FieldFault.self) {
                try rule.checked(String(repeating: character, count: limit + 1))
            }
        }
        guard rule.isLine else { return }
        #expect(try rule.checked(" " + String(repeating: "x", count: limit) + " ").count == limit)
    }

    @Test("what nobody sees is what Unicode says, and what has a shape but no ink")
    func invisible() {
        var wrong: [String] = []
        for value in 0...0x10FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let properties = scalar.properties
            let isInvisible =
                properties.isWhitespace || properties.isDefaultIgnorableCodePoint
                || properties.generalCategory == .control || value == 0x2800 || (0xFFF9...0xFFFB).contains(value)
            let isSpace = Invisible.whiteSpace.contains { $0.contains(value) }
            if scalar.isInvisible != isInvisible || isSpace != properties.isWhitespace {
                wrong.append(String(value, radix: 16))
            }
        }
        #expect(wrong == [])
    }
}
