import Complaints
import TestSupport
import Testing

@Suite("Names compare by full case folding after NFC")
struct FoldedNameTests {
    @Test(
        "so these are one",
        arguments: [
            ("Ann", "ANN"), ("Zoë", "ZOE\u{308}"), ("Straße", "STRASSE"), ("STRA\u{1E9E}E", "strasse"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("\u{FB03}x", "FFIX"), ("\u{212A}im", "kim"), ("ŉ", "\u{2BC}N"),
            ("\u{1E69}", "S\u{307}\u{323}"), ("\u{13A0}", "\u{AB70}"), ("\u{1C5}", "\u{1C4}"), ("\u{390}", "\u{1FD3}"),
            ("\u{3B1}\u{345}", "\u{391}\u{399}"), ("\u{17F}", "S"), ("İ", "i\u{307}"), ("Ann  Lee", "ANN LEE"),
            ("Ann\u{A0}Lee", "ann lee"), (" Zoë\t\u{3000}Ek ", "zoë ek"),
        ])
    func same(a: String, b: String) {
        #expect(FoldedName(a) == FoldedName(b))
        #expect(FoldedName(a).hashValue == FoldedName(b).hashValue)
    }

    @Test("and these are two", arguments: [("ı", "i"), ("é", "e"), ("a", "а"), ("Ann", "Ann\u{200D}"), ("ｋ", "k")])
    func different(a: String, b: String) {
        #expect(FoldedName(a) != FoldedName(b))
    }

    @Test("what is folded stays as it is when it is folded again")
    func idempotent() {
        for value in 0..<0x20000 as Range<UInt32> {
            guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseFolded else { continue }
            let once = FoldedName("x\(scalar)y")
            #expect(FoldedName(once.text.string) == once, "U+\(String(value, radix: 16))")
        }
    }

    @Test("the longest name that is taken, all of marks, is folded at once", .timeLimit(.minutes(1)))
    func longest() throws {
        let name = try TextRule.name.checked(Lookalike.marks(Limits.name))
        for index in 0..<100 { #expect(FoldedName("\(index)\(name)") == FoldedName("\(index)\(name)")) }
        #expect(throws: FieldFault.self) { try TextRule.name.checked(Lookalike.marks(400_000)) }
    }
}
