import Foundation
import TestSupport
import Testing

@testable import Complaints

@Suite("Names that are nobody's")
struct NobodysNameTests {
    @Test("are the policy's, the clock's, nobody's and me, however they are written", arguments: NobodysName.all)
    func reserved(name: String) {
        let capital = "\(name.prefix(1).uppercased())\(name.dropFirst())"
        for text in [name, name.uppercased(), capital, " \(name)\u{A0}", "\u{200B}\(name)\u{200B}"] {
            #expect(throws: FieldFault.self, "\(text)") { try Actor.checkedName(text) }
            for rule in [TextRule.somebody, .person] {
                #expect(throws: FieldFault.self, "\(text)") { try rule.checked(text) }
            }
        }
        #expect(throws: FieldFault.self) { try TextRule.somebody.taken("pOlicy", from: .unknown) }
        // What else is called so is no person.
        #expect(try! TextRule.name.checked(name) == name)
    }

    @Test("are those that look like them, too", arguments: NobodysName.all)
    func lookalikes(name: String) {
        // An accent can be seen.
        for twin in Lookalike.all(of: name) + Lookalike.all(of: name.uppercased())
        where twin.decomposedStringWithCanonicalMapping.unicodeScalars.last != "\u{301}" {
            #expect(NobodysName.looksLike(twin), "\(twin) \(twin.unicodeScalars.map(\.value))")
        }
    }

    @Test(
        "are those that only a look at the letters tells apart",
        arguments: [
            "ΜΕ", "МЕ", "рοliсу", "poIicy", "po1icy", "p0licy", "c\u{200D}lock", "cloсk", "ⅽlock", "ＰＯＬＩＣＹ", "ⓜⓔ",
            "𝐦𝐞", "cIock", "сlосκ", "\u{200B}me", "NOBODY", "n0body", "nobоdу", "ոobody", "no\u{200B}body", "ｎｏｂｏｄｙ",
        ])
    func twins(name: String) {
        #expect(NobodysName.looksLike(name))
    }

    @Test(
        "are no others",
        arguments: [
            "local", "Mé", "Mei", "Me Li", "m e", "Clocks", "Colicy", "polícy", "Max Policy", "polic", "Ме́", "我", "Mo",
            "",
            "clock me", "Policy desk", "Nobodys", "no body", "Noboru",
        ])
    func others(name: String) {
        #expect(!NobodysName.looksLike(name))
    }

    @Test("are found in no time, whatever a text has of marks and of what nobody sees")
    func long() {
        for text in [
            Lookalike.marks(4_000), String(repeating: "\u{200B}", count: 4_000), "po" + Lookalike.marks(4_000),
        ] {
            #expect(!NobodysName.looksLike(text))
        }
    }
}
