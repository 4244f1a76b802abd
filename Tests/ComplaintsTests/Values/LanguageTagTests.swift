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
            ("az-Arab-x-AZE", "az-Arab-x-aze"),
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
            String(repeating: "de-", count: 40) + "x",
        ])
    func refused(tag: String) {
        #expect(throws: FieldFault.self) { try TextRule.language.checked(tag) }
    }
}
