import TestSupport
import Testing

@testable import Complaints

@Suite("The name of somebody")
struct SomebodysNameTests {
    @Test(
        "has nothing in it that nobody sees, wherever it is taken in",
        arguments: [
            "Ki\u{200B}m", "Kim\u{200B}", "Ki\u{200D}m", "Ки\u{200C}м", "\u{202E}Kim", "Kim\u{202C}", "K\u{AD}im",
            "\u{FEFF}Kim", "Kim \u{2066}Lee\u{2069}", "Kim\u{FE0F}", "Ki\u{7}m", "Kim\u{2800}Lee", "ل\u{200C}",
            "\u{200D}ل",
            "ل\u{200C}\u{200C}ل", "ل\u{200C} ل", "ل\u{202E}ل", "葛\u{FE00}\u{FE00}", "K\u{E0041}im", "\u{3164}Kim",
        ])
    func hidden(name: String) {
        #expect(throws: FieldFault.self) { try Actor.checkedName(name) }
        for rule in [TextRule.somebody, .person, .label] {
            do throws(FieldFault) {
                _ = try rule.checked(name)
                Issue.record("\(name.unicodeScalars.map(\.value))")
            } catch {
                #expect(error.code == .invalidValue && error.detail.contains("U+"))
            }
            #expect(throws: FieldFault.self) { try rule.taken(name, from: .unknown) }
        }
        #expect(VisibleName.issue(ofNew: name)?.code == .invalidValue)
        // What comes from outside is as it came: telephone numbers are copied with marks of direction.
        for rule in [TextRule.name, .tag] { #expect(throws: Never.self) { try rule.checked(name) } }
    }

    @Test(
        "is spelt as its script spells it",
        arguments: [
            "Kim", "Zoë Kern", "O\u{2019}Neil", "Ann\u{A0}Lee", "علی\u{200C}رضا", "क्\u{200D}ष", "葛\u{E0100}城", "商品 太郎",
            "❤\u{FE0F}\u{200D}🔥", "👩\u{200D}👧", "e\u{301}va", "Ж. Ж.",
        ])
    func seen(name: String) throws {
        for rule in [TextRule.somebody, .person, .label] { #expect(try rule.checked(name).isExactly(name)) }
        #expect(VisibleName.issue(ofNew: name) == nil)
        #expect(try Actor.checkedName(name).isExactly(name))
    }

    @Test("by which somebody acts is theirs whatever is in it: it was taken before")
    func before() throws {
        let name = "Ki\u{200B}m"
        #expect(try TextRule.somebody.taken("me", from: Speaker(name: name)) == name)
    }
}
