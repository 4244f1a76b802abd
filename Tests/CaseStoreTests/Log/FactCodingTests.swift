import Complaints
import Testing

@testable import CaseStore

@Suite("Facts as JSON")
struct FactCodingTests {
    @Test("are written the same way in every version, and read back")
    func written() throws {
        let facts = [
            Fact("what", .text("a\"b\\c\nd\te\u{1}\u{1F}Zoë")), Fact("count", .integer(-7)),
            Fact("told", .boolean(true)),
            Fact("due_at", .instant(Instant(milliseconds: 1_772_355_600_120))), Fact("empty", .text("")),
        ]
        let json = FactCoding.encode(facts)
        #expect(
            json == #"[["what","a\"b\\c\nd\u0009e\u0001\u001fZoë"],["count",-7],["told",true],"#
                + #"["due_at","2026-03-01T09:00:00.120Z"],["empty",""]]"#)
        #expect(try FactCoding.decode(json).map(\.name) == facts.map(\.name))
        #expect(try FactCoding.decode(json)[0] == facts[0])
        #expect(FactCoding.encode([]) == "[]")
    }

    @Test("are read whatever form of JSON they are in, and what is none is refused")
    func otherForms() throws {
        let plain = [Fact("a", .text("é\u{1F}/")), Fact("b", .integer(-1)), Fact("c", .texts(["x", ""]))]
        let written = FactCoding.encode(plain)
        #expect(FactScanner.facts(in: written) == plain)
        let other = #" [ ["a", "\u00e9\u001F\/"], ["b",-1.0], ["c", ["\u0078",""]] ] "#
        #expect(FactScanner.facts(in: other) == nil)
        #expect(try FactCoding.decode(other) == plain)
        for none in ["", "[", "{}", #"[["a"]]"#, #"[["a",null]]"#, #"[["a",01]]"#, #"[["a","b"]]]"#, #"[["a","\q"]]"#] {
            #expect(throws: DecodingError.self, "\(none)") { try FactCoding.decode(none) }
        }
    }

    /// Each byte of it is another one, is gone, or is the last.
    @Test("that were changed by hand are never read as something else than they say now")
    func changedByHand() throws {
        let json = FactCoding.encode([
            Fact("w", .text("a\"\\\n\u{1}é")), Fact("n", .integer(-70)), Fact("t", .boolean(true)),
            Fact("f", .boolean(false)), Fact("l", .texts(["x", ""])), Fact("z", .integer(0)), Fact("e", .texts([])),
        ])
        var read = 0
        for place in json.unicodeScalars.indices {
            let (before, rest) = (json.unicodeScalars[..<place], json.unicodeScalars[place...].dropFirst())
            let others = #"["\,]-+01aentu/ \#n\#t\#0é"#.unicodeScalars.map { String($0) + String(rest) }
            for text in [String(rest), ""] + others {
                let changed = String(before) + text
                guard let facts = FactScanner.facts(in: changed) else { continue }
                read += 1
                #expect(try facts == FactCoding.decodeAnyForm(changed), "\(changed)")
            }
        }
        #expect(read > 100)
    }

    @Test("give the texts of some names, in their order")
    func texts() {
        let json = FactCoding.encode([
            Fact("what", .text("[\"text\",\"no\"]")), Fact("count", .integer(1)), Fact("told", .boolean(false)),
            Fact("owners", .texts(["Kim", "what"])), Fact("options", .texts(["a", "b\nc"])), Fact("why", .texts([])),
            Fact("text", .text("yes\n\"quoted\"")), Fact("owner", .text("Kim")), Fact("reason", .text("")),
        ])
        #expect(
            FactCoding.texts(["what", "text", "reason", "count", "options", "why"], in: json) == [
                "[\"text\",\"no\"]", "a", "b\nc", "yes\n\"quoted\"", "",
            ])
        #expect(FactCoding.texts(["told"], in: json) == [])
        #expect(FactCoding.texts(["what"], in: "[]") == [])
    }
}
