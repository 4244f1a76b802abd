import Foundation
import TestSupport
import Testing

@testable import Complaints

@Suite("Words of the search")
struct SearchWordsTests {
    static let table: [(text: String, words: String)] = [
        ("The tap drips, again & again.", "the tap drips again again"), ("", ""), (" - ", ""),
        ("Straße GROẞMANN", "strasse grossmann"), ("Łódź Søren Đorđe Þór", "lodz soren dorde thor"),
        ("Æther œuvre ısı IŞIK İzmir", "aether oeuvre isi isik izmir"),
        ("Γιώργος ΓΙΏΡΓΟΣ ᾳ", "γιωργοσ γιωργοσ α"), ("Пётр ЁЛКА", "петр елка"),
        ("السَّلام أحمد مــحمد", "السلام احمد محمد"), ("שָׁלוֹם", "שלום"),
        ("ﬁn Ｆｕｌｌ ㎏ Ⅻ", "fin full kg xii"), ("٣٤ ३४ ３４", "34 34 34"), ("½ m²", "1 2 m2"),
        ("मुझे रिफंड मिला", "मुझे रिफंड मिला"), ("फ़ोन", "फोन"),
        ("壊", "壊"), ("商品が", "商品 品が が"), ("カﾞ", "ガ"), ("か\u{3099}", "が"), ("ｶﾞｽ", "ガス ス"),
        ("환불해", "환불 불해 해"), ("\u{1112}\u{116A}\u{11AB}\u{1107}\u{116E}\u{11AF}", "환불 불"),
        ("iPhone壊れ2台", "iphone 壊れ れ 2 台"), ("soft\u{AD}ware zero\u{200B}width", "software zerowidth"),
        ("e\u{301}\u{327}te\u{301}", "ete"), ("\u{301}a", "a"), ("a\u{20DD}", "a"),
        ("TK-2024/000777", "tk 2024 000777"), ("ann.lee+shop@example.org", "ann lee shop example org"),
    ]

    @Test("are what a person would take for the same", arguments: table)
    func words(text: String, words: String) {
        let found = SearchWords.of(text)
        #expect(found.utf8.elementsEqual((words.isEmpty ? "" : words + " ").utf8), "\(found)")
    }

    @Test("are the same for what is composed and what is not")
    func normalised() {
        for (text, _) in Self.table {
            let words = SearchWords.of(text)
            for same in [text.decomposedStringWithCanonicalMapping, text.precomposedStringWithCanonicalMapping] {
                #expect(SearchWords.of(same).isExactly(words), "\(text)")
            }
        }
    }

    @Test("are themselves what their words are: nothing is left to be folded")
    func idempotent() {
        for value in 0..<UInt32(0x3_2000) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let words = SearchWords.of(String(Character(scalar)))
            // Of letters without space between words each two are one.
            guard words.utf8.count(where: { $0 == UInt8(ascii: " ") }) == 1 else { continue }
            #expect(SearchWords.of(words).isExactly(words), "U+\(String(value, radix: 16))")
        }
    }

    @Test("of plain texts are made in the short way as in the long one")
    func shortWay() {
        var random = SeededRandom(18)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 1...127, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(SearchWords.of(text + " é").isExactly(SearchWords.of(text) + "e "))
        }
    }

    @Test("are cut, so that none is longer than a word can be", arguments: ["a", "е", "a\u{94D}"])
    func long(letter: String) {
        let words = SearchWords.of(String(repeating: letter, count: 5000) + " end").split(separator: " ")
        #expect(words.count == 2 && words[0].unicodeScalars.count == 64 && words[1] == "end")
    }

    /// Texts of so many bytes that could take the square of it.
    static let hard: [(name: String, piece: String)] = [
        ("accents", "\u{301}\u{327}"), ("kept marks in the wrong order", "\u{C55}\u{94D}"), ("vowels", "\u{93F}"),
        ("marks of kana", "\u{3099}"), ("jamo", "\u{1161}"), ("unspaced letters", "壊"), ("enclosing", "\u{20DD}"),
        ("ignored", "\u{200D}"), ("marks on unspaced letters", "か\u{3099}\u{E38}\u{E48}"),
    ]

    /// Nanoseconds of this thread on a processor: what others do on the machine is no time of ours.
    private func time(_ body: () -> Void) -> Double {
        func now() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        let start = now()
        body()
        return Double(max(1, now() - start))
    }

    @Test("take time that grows with the text and no faster", arguments: hard)
    func linear(name: String, piece: String) {
        func work(_ bytes: Int) -> Double {
            let text = "a" + String(repeating: piece, count: bytes / piece.utf8.count)
            return (0..<3).map { _ in
                time { for _ in 0..<(512 * 1024 / bytes) { _ = SearchWords.of(text) } }
            }.min() ?? 0
        }
        _ = work(1024)
        let (short, long) = (work(2 * 1024), work(32 * 1024))
        // Sixteen times as long: a square would take sixteen times as long a byte.
        #expect(long < 5 * short, "\(name): \(long) and \(short)")
    }

    @Test(
        "of every scalar are those of this version: where they are not, the version goes up, as indexes are of the old ones"
    )
    func version() {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for value in 0..<UInt32(0x11_0000) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for byte in SearchWords.of(String(Character(scalar))).utf8 + [0] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        #expect(hash == 4_008_030_103_209_049_791, "of version \(SearchWords.version)")
    }
}
