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
                case .id: (.integer(Int64(9000 + index)), Texts.numbered(Int64(9000 + index), fact.name))
                case .amount, .count: (.integer(Int64(9000 + index)), "\(9000 + index)")
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

    @Test(
        "every kind of entry has words for itself, for all that its entries have, and for each word of these",
        arguments: LogKind.allCases)
    func words(_ kind: LogKind) {
        #expect(Texts.entry(kind.rawValue) != Texts.word(kind.rawValue) && !Texts.entry(kind.rawValue).contains("_"))
        for fact in kind.form.facts {
            #expect(Texts.logged(fact.name, in: kind) != nil, "\(kind.rawValue) has \(fact.name)")
            let words: [String] =
                switch fact.form {
                case .word(let type): Self.words(of: type)
                case .oneOf(let words): words
                case .text, .texts, .id, .amount, .count, .currency, .flag, .instant: []
                }
            for word in words {
                let said = Texts.loggedWord(word, fact.name, in: kind)
                #expect(!said.isEmpty && !said.contains("_"), "\(kind.rawValue): \(fact.name) \(word)")
            }
            if case .id = fact.form {
                #expect(!Texts.numbered(7, fact.name).isExactly("7"), "\(kind.rawValue): \(fact.name)")
            }
        }
        #expect(Texts.numbered(7, "promise_id") == "promise 7")
    }

    private static func words<Word: Vocabulary>(of type: Word.Type) -> [String] { type.allCases.map(\.rawValue) }

    @Test("what is edited, moved and reminded of is told in words, and each instant by the page's clocks")
    func told() throws {
        let made = EntryText(
            .members([
                ("kind", "promise_made"), ("promise_id", 8), ("promise_kind", "check_in"), ("by", "desk"),
                ("supersedes", 7),
                ("marks", .texts(["2026-03-04T15:30:00.651Z due_soon", "2026-03-05T15:30:00Z supervisor"])),
            ]), clock)
        #expect(
            made.facts.map { "\($0.label) \($0.value)" } == [
                "About promise 8", "Kind of promise check in", "Promised by the desk", "Takes the place of promise 7",
                "Reminders 2026-03-04 15:30: a word that it is due soon\n2026-03-05 15:30: a word to the supervisor, if it is overdue",
            ])
        let edited = EntryText(
            .members([
                ("kind", "case_updated"), ("severity", "high"), ("severity_before", "normal"),
                ("hard_deadline", "2026-03-09T09:00:00Z"), ("hard_deadline_before", ""), ("subject", "due_at is P1D"),
                ("handover", 3),
            ]), clock)
        #expect(
            edited.facts.map { "\($0.label) \($0.value)" } == [
                "Subject due_at is P1D", "Severity high", "Severity, before normal",
                "To be settled by 2026-03-09 09:00",
                "To be settled by, before nothing", "Part of handover 3",
            ])
        #expect(edited.facts.flatMap(\.parts).count { $0["time"] != nil } == 1)
        let withdrawn = EntryText(
            .members([
                ("kind", "promise_withdrawn"), ("state", "broken"), ("cause", "ended"), ("customer_agreed", false),
            ]),
            clock)
        #expect(
            withdrawn.facts.map { "\($0.label) \($0.value)" } == [
                "The customer released us No", "Why without their release the relationship was ended", "Now broken",
            ])
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
