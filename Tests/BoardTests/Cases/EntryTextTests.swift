import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("What the log says on the page of a case")
struct EntryTextTests {
    private let clock = PageClock(now: Instant(milliseconds: 1_772_442_000_000), zone: .utc)

    @Test("every kind of entry shows all that entries of it have", arguments: LogKind.allCases)
    func kinds(_ kind: LogKind) throws {
        var members: [(name: String, value: JSONValue)] = [("kind", .string(ExactText(kind.rawValue)))]
        var expected: [String] = []
        for (index, fact) in kind.form.facts.enumerated() {
            let (value, shown): (JSONValue, String) =
                switch fact.form {
                case .text, .currency, .word, .oneOf: (.string(ExactText("said \(index)")), "said \(index)")
                case .texts: (.texts(["said \(index)", "more"]), "said \(index)\nmore")
                case .id, .amount, .count: (.integer(Int64(9000 + index)), "\(9000 + index)")
                case .flag: (.boolean(true), Texts.yes)
                case .instant: (.string("2026-03-02T09:00:00Z"), "2026-03-02 09:00")
                }
            members.append((fact.name, value))
            expected.append(shown)
        }
        let text = EntryText(.members(members), clock)
        // A page tells each instant by the reader's clocks.
        let times = text.facts.flatMap(\.parts).count { $0["time"] != nil }
        #expect(times == kind.form.facts.count { if case .instant = $0.form { true } else { false } })
        let shown = text.facts.map(\.value) + [text.words].compactMap(\.self)
        #expect(shown.sorted() == expected.sorted())
        #expect(text.facts.allSatisfy { !$0.label.isEmpty && !$0.label.contains("_") }, "\(text.facts)")
    }

    @Test("the latest entries are shown, however many there are")
    func latest() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        for number in 1...520 {
            #expect(
                try desk.api("POST", "/v1/cases/1/log", #"{"kind":"note","text":"Note \#(number)."}"#).status == 201)
        }
        let page = try desk.get("/board/cases/1")
        #expect(page.has("Note 520.") && page.has("Note 421.") && !page.has("Note 420.") && page.has(Texts.moreOfLog))
        #expect(page.has("<li value=\"522\">"))
    }
}
