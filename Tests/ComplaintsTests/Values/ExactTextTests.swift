import Complaints
import TestSupport
import Testing

@Suite("Text is compared byte for byte")
struct ExactTextTests {
    private static let pairs = [
        ("K", "\u{212A}"), ("é", "e\u{301}"), ("\u{C5}", "\u{212B}"), ("\u{1E69}", "\u{1E63}\u{307}"),
        ("a", "a\u{200D}"),
        ("", "\u{FEFF}"), ("a\u{301}\u{327}", "a\u{327}\u{301}"),
    ]

    @Test("two that only look the same are two", arguments: pairs)
    func twins(a: String, b: String) {
        #expect(ExactText(a) != ExactText(b))
        #expect(ExactText(a) == ExactText(String(decoding: Array(a.utf8), as: UTF8.self)))
        #expect(Set([ExactText(a), ExactText(b), ExactText(a)]).count == 2)
        #expect((ExactText(a) < ExactText(b)) != (ExactText(b) < ExactText(a)))
        #expect(Set([FieldPath.body / "x" / a, FieldPath.body / "x" / b, FieldPath(["x", a])]).count == 2)
        #expect((FieldPath.body / "~\(a)").pointer.utf8.starts(with: Array("#/~0\(a)".utf8)))
        #expect(Fact.Value.text(a) != .text(b))
        #expect(Fact.Value.texts(["x", a]) != .texts(["x", b]))
        #expect(Set([Fact.Value.text(a), .text(b), .text(a)]).count == 2)
    }

    @Test("only the letters of ASCII have small ones")
    func asciiCase() {
        #expect(ExactText("Asia/KOLKATA").asciiLowercased == "asia/kolkata")
        #expect(ExactText("\u{212A}ÄZ").asciiLowercased == "\u{212A}Äz")
    }

    @Test("long runs of marks cost no more than other bytes", .timeLimit(.minutes(1)))
    func marks() {
        let marks = Lookalike.marks(400_000)
        let texts = (0..<20).map { ExactText("a\(marks)\($0)") }
        #expect(Set(texts).count == 20)
        #expect(texts.sorted().first == texts[0])
        #expect(!texts.dropFirst().contains(texts[0]))
        #expect(Severity(rawValue: marks) == nil)
        #expect(Currency(marks) == nil)
        #expect(ZoneDatabase.system.zone(named: marks) == nil)
        #expect(ZoneDatabase.system.advice(for: marks).utf8.count < 200)
        #expect(Fact.Value.text("a\(marks)b") != .text("a\(marks)c"))
    }

    @Test("each currency has one code, and nothing that looks like it is another")
    func currencies() {
        for code in Currency.allCodes {
            #expect(Currency(code)?.code == code)
            for other in Lookalike.all(of: code) + [code.lowercased()] {
                #expect(Currency(other) == nil, "\(other.unicodeScalars.map(\.value))")
            }
        }
    }
}
