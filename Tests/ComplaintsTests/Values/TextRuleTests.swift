import Complaints
import Testing

@Suite("How texts are taken")
struct TextRuleTests {
    @Test(
        "a line is trimmed, other texts are verbatim, and every scalar stays",
        arguments: [
            (TextRule.name, "  Ann \n", "Ann"), (.name, "\u{2003}Ann\u{85}", "Ann"), (.name, "A\tB", "A\tB"),
            (.complaint, "  It broke.\n", "  It broke.\n"), (.narrative, "\tWhy", "\tWhy"),
            (.name, "Zoe\u{308}", "Zoe\u{308}"), (.name, "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), (.tag, "\u{FEFF}x\u{200B}", "\u{FEFF}x\u{200B}"),
            (.subject, "\u{1}\u{1F}", "\u{1}\u{1F}"),
        ])
    func takes(_ rule: TextRule, _ text: String, _ kept: String) throws {
        let taken = try rule.checked(text)
        #expect(Array(taken.unicodeScalars) == Array(kept.unicodeScalars))
    }

    @Test(
        "NUL, nothing but white space, and too long a text are refused",
        arguments: [
            (TextRule.name, "", FieldIssue.Code.tooShort), (.name, " \n", .tooShort), (.complaint, "\u{A0}", .tooShort),
            (.name, "A\u{0}B", .invalidValue), (.complaint, "\u{0}", .invalidValue),
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
        guard rule.isTrimmed else { return }
        #expect(try rule.checked(" " + String(repeating: "x", count: limit) + " ").count == limit)
    }
}
