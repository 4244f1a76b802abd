import Testing

@testable import Complaints

@Suite("Language tags")
struct LanguageTagTests {
    @Test(
        "are stored as BCP 47 recommends to write them, however they were sent",
        arguments: [
            ("de", "de"), ("DE", "de"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("ES-419", "es-419"),
            ("sl-ROZAJ-Biske", "sl-rozaj-biske"), ("de-1996", "de-1996"), ("zh-cmn-hans-cn", "zh-cmn-Hans-CN"),
            ("en-a-BBB-x-A-CCC", "en-a-bbb-x-a-ccc"), ("x-Klingon", "x-klingon"), ("  sv ", "sv"),
            ("az-Arab-x-AZE", "az-Arab-x-aze"), ("iw", "iw"), ("tl", "tl"), ("gsw-CH", "gsw-CH"), ("qaa", "qaa"),
        ])
    func written(sent: String, stored: String) throws {
        #expect(try TextRule.language.checked(sent).isExactly(stored))
        #expect(try TextRule.language.checked(stored).isExactly(stored))
    }

    @Test(
        "of another form are refused",
        arguments: [
            "", "d", "german language", "de_AT", "de-", "-de", "de--AT", "deutschland", "de-AT-AT", "en-a", "en-a-b",
            "en-x", "x", "de-1996-1996", "en-a-bb-a-cc", "1a", "zh-a\u{0301}", "d\u{200B}e",
            String(repeating: "de-", count: 40) + "x", "English", "polski", "polnisch", "Deutsch-AT", "germ", "xx",
            "gr", "jp-JP",
        ])
    func refused(tag: String) {
        #expect(throws: FieldFault.self) { try TextRule.language.checked(tag) }
    }

    @Test(
        "are what is asked for where a language is called by its name",
        arguments: [
            ("English", "en"), (" DEUTSCH ", "de"), ("polski", "pl"), ("Русский", "ru"), ("Hebrew", "he"),
            ("polnisch", nil),
            ("gr", nil), ("a" + String(repeating: "\u{301}\u{327}", count: 30), nil),
        ])
    func advice(name: String, tag: String?) {
        do {
            _ = try TextRule.language.checked(name)
            Issue.record("it was taken")
        } catch {
            let hint = tag.map { "such as de or pt-BR. Did you mean \($0)?" } ?? "such as de or pt-BR."
            #expect(error.detail.hasSuffix(hint), "\(error.detail)")
        }
    }

    @Test("are those of every language that has one of two letters, and of those that were replaced")
    func registered() {
        #expect(LanguageTag.registeredPairs.count > 183 && LanguageTag.registeredPairs.count < 200)
        #expect(Set(["en", "de", "iw", "in", "ji", "mo", "sh", "bh"]).isSubset(of: LanguageTag.registeredPairs))
    }
}
