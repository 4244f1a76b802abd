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
