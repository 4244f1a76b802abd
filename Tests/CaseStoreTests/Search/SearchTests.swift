import Complaints
import GRDB
import Testing

@testable import CaseStore

@Suite("Search")
struct SearchTests {
    /// How much of what is searched the index knows. Nobody can tell by what is found.
    enum Index: CaseIterable {
        case behind, halfBehind, upToDate
    }

    /// Three cases with all that is searched.
    private func desk(_ index: Index = .behind) throws -> Desk {
        let desk = try Desk()
        try desk.open(
            CaseRequest(
                fields: CaseFields(subject: "Dripping tap"), complaint: "The Café's boiler is leaking, again & again.",
                customer: .new(CustomerFields(name: "Zoë Müller", email: "zoe@mueller.example", phone: "+49 30 1234"))))
        try desk.open(.plain("My heating does not heat.", customer: "Jan Roth"))
        if index == .halfBehind { try desk.catchUpSearch() }
        try desk.note(2, "The plumber found a leaking valve behind the boiler.")
        try desk.open(.plain("No hot water since Monday; do not call at noon.", customer: "Ida Kern"))
        if index == .upToDate { try desk.catchUpSearch() }
        return desk
    }

    private func found(_ text: String, in desk: Desk, asOf: Instant? = nil) throws -> [Int64] {
        try desk.found(text, asOf: asOf)
    }

    static let table: [(query: String, cases: [Int64])] = [
        ("boiler", [1, 2]), ("BOILER", [1, 2]), ("cafe", [1]), ("CAFÉ", [1]), ("muller", [1]), ("zoe", [1]),
        ("tap", [1]), ("zoe@mueller.example", [1]), ("1234", [1]),
        ("boiler leaking", [1, 2]), ("leaking boiler plumber", [2]), ("roth plumber", [2]), ("kern boiler", []),
        ("\"leaking valve\"", [2]), ("\"valve leaking\"", []), ("\"hot water\" monday", [3]),
        ("heat", [2]), ("heat*", [2]), ("hea*", [2]), ("hea", [2]), ("he", []), ("he*", [2]), ("\"hea\"", []),
        ("leak*", [1, 2]),
        ("\"leak\"*", []),
        ("again & again", [1]), ("not", [2, 3]), ("leaking OR water", []), ("NOT boiler", [2]), ("unheard", []),
    ]

    @Test("folds case and accents, asks for all words, and knows phrases and beginnings", arguments: Index.allCases)
    func finds(index: Index) throws {
        let desk = try desk(index)
        for (query, cases) in Self.table { #expect(try found(query, in: desk) == cases, "\(query)") }
    }

    @Test(
        "a quote or a star with a mark on it is one all the same, as it is for FTS5",
        arguments: [
            "boiler\"\u{301}", "\"\u{301}boiler\"", "\"\u{301}boiler\"\u{327} \"", "boiler*\u{301}", "\"\u{200D}boiler",
            "boiler\r\n\"\u{301}", "boil\u{301}er \"\"\u{301}\"",
        ])
    func marksOnQuotes(query: String) throws {
        #expect(try found(query, in: desk()) == [1, 2])
    }

    @Test("the longest search, all of marks, is answered at once", .timeLimit(.minutes(1)))
    func marks() throws {
        let words = (0..<60).map { "a\(String(repeating: "\u{301}\u{327}", count: 10_000))\($0)" }
        #expect(try found(words.joined(separator: " "), in: desk()) == [])
    }

    @Test("what the index does not know is found after each change and once it knows it", arguments: [1, 700, 2048])
    func growing(notes: Int) throws {
        let desk = try desk(.upToDate)
        func known() throws -> Int {
            try desk.raw().read { try Int.fetchOne($0, sql: "SELECT count(*) FROM case_text_docsize") ?? 0 }
        }
        let before = try known()
        for number in 1...3 {
            try desk.store.write { transaction in
                for _ in 0..<notes {
                    _ = try transaction.changeCase(2, by: Desk.agent) { file, policy in
                        try file.write(
                            Incoming(.note(text: "Visit number\(number)")), under: policy, by: Desk.agent,
                            at: transaction.now)
                    }
                }
            }
            for query in ["number\(number)", "visit", "plumber"] {
                #expect(try found(query, in: desk) == [2], "\(query) after \(number)")
            }
            let isWorthIt = notes * number >= SearchIndex.distance
            #expect(try known() == before + (isWorthIt ? notes * number : 0), "many at once are taken in by themselves")
        }
        #expect(try desk.reader.verify().findings == [])
        try desk.catchUpSearch()
        #expect(try found("visit number3", in: desk) == [2])
        #expect(try desk.reader.verify().findings == [])
    }

    private func addNotes(_ count: Int, bytes: Int, _ word: String, to desk: Desk) throws {
        let text = word + String(repeating: " leak", count: bytes / 5)
        try desk.store.write { transaction in
            for _ in 0..<count {
                _ = try transaction.changeCase(2, by: Desk.agent) { file, policy in
                    try file.write(
                        Incoming(.note(text: text)), under: policy, by: Desk.agent, at: transaction.now)
                }
            }
        }
    }

    private func bytesBehind(_ desk: Desk) throws -> Int {
        try desk.store.write { try $0.search.bytesBehind($0.log.lastID) }
    }

    /// Looks for a word, and returns how much of the texts the reader holds in memory after it.
    private func held(_ word: String, in desk: Desk) throws -> Int {
        #expect(try found(word, in: desk) == [2], "\(word)")
        return try desk.reader.read(\.searchTail.bytes)
    }

    @Test(
        "what the index does not know is bounded by its bytes: past them it is taken in, and it is found all the time")
    func bytes() throws {
        let desk = try desk(.upToDate)
        let length = 60_000
        var isTakenIn = false
        for number in 1...100 {
            try addNotes(1, bytes: length, "word\(number)", to: desk)
            let held = try held("word\(number)", in: desk)
            #expect(held < SearchIndex.byteDistance + 2 * length)
            if try number > 1 && bytesBehind(desk) == 0 { isTakenIn = true }
            if isTakenIn { break }
            #expect(try bytesBehind(desk) >= number * length)
        }
        #expect(isTakenIn)
        #expect(try found("word1", in: desk) == [2])
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("one batch that is longer than what is ever left to be looked through is taken in by itself")
    func longBatch() throws {
        let desk = try desk(.upToDate)
        let length = 60_000
        try addNotes(SearchIndex.longestByteDistance / length + 2, bytes: length, "deluge", to: desk)
        #expect(try held("deluge", in: desk) == 0)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("how much the index does not know is counted anew by who opens the database, and after others' changes")
    func countedAnew() throws {
        let desk = try desk(.upToDate)
        let length = 60_000
        let half = SearchIndex.byteDistance / length / 2 + 2
        try addNotes(half, bytes: length, "first", to: desk)
        #expect(try bytesBehind(desk) > SearchIndex.byteDistance / 2)
        let next = try desk.opened(clock: desk.clock)
        try addNotes(half, bytes: length, "second", to: next)
        #expect(try bytesBehind(next) == 0)
        #expect(try found("first second", in: desk) == [2])
        try addNotes(half, bytes: length, "third", to: next)
        try addNotes(half, bytes: length, "fourth", to: desk)
        #expect(try bytesBehind(desk) == 0)
        #expect(try found("third fourth", in: next) == [2])
    }

    @Test("a beginning that very much begins with is left for who has the time, and nothing else is")
    func longBeginning() throws {
        let desk = try desk(.upToDate)
        for note in 0..<40 {
            try desk.note(2, (0..<4500).map { "common\(note * 4500 + $0)" }.joined(separator: " "))
        }
        try desk.catchUpSearch()
        func found(_ text: String, workLimit: Int? = nil) throws -> [Int64] {
            var filter = CaseFilter()
            filter.search = SearchQuery(text)
            return try desk.reader.read(workLimit: workLimit) {
                try $0.cases(filter, PageRequest(limit: 9)).items.map(\.record.id)
            }
        }
        let limit = 1_000_000_000
        for query in ["common", "com", "kern common", "common*"] {
            let error = #expect(throws: StoreError.self, "\(query)") { try found(query, workLimit: limit) }
            if case .tooMuchWork = error {} else { Issue.record("\(query): \(String(describing: error))") }
        }
        #expect(try found("common") == [2])
        try desk.reader.read { transaction in
            for _ in 0..<100 { _ = try transaction.cases(CaseFilter(), PageRequest(limit: 9)) }
            #expect(!transaction.meter.isLimited, "who has the time has it to the end")
        }
        for query in ["common12345", "commo0", "boiler", "plumb", "\"common17\"", "zoe", "roth"] {
            #expect(try found(query, workLimit: limit) == found(query), "\(query)")
        }
    }

    @Test("what was rolled back is not found, whoever searches")
    func rolledBack() throws {
        let desk = try desk(.upToDate)
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try desk.store.write { transaction in
                _ = try transaction.openCase(Incoming(.plain("Ghosts in the attic.")), by: Desk.agent)
                throw Failure()
            }
        }
        try desk.open(.plain("A draught in the attic."))
        for reader in [desk.reader, try desk.store.makeReader()] {
            var filter = CaseFilter()
            filter.search = SearchQuery("attic")
            #expect(try reader.read { try $0.cases(filter, PageRequest(limit: 9)) }.items.map(\.record.id) == [4])
            filter.search = SearchQuery("ghosts")
            #expect(try reader.read { try $0.cases(filter, PageRequest(limit: 9)) }.items.isEmpty)
        }
    }

    @Test("an edited subject and a renamed customer are found by their new words only", arguments: Index.allCases)
    func edited(index: Index) throws {
        let desk = try desk(index)
        // Whoever has searched before knows the words that go.
        #expect(try found("dripping", in: desk) == [1])
        try desk.note(3, "Called Zoë.")
        #expect(try found("zoe", in: desk) == [1, 3])
        try desk.change(1) { file, policy, now in
            var edit = CaseEdit()
            edit.subject = .some("Broken faucet")
            try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
        }
        var edit = CustomerEdit()
        edit.name = "Zoë Schmidt"
        _ = try desk.store.write { transaction in
            try transaction.perform(.edit(customer: 1, Incoming(edit)))
        }
        let expected = [
            ("faucet", [1]), ("dripping", []), ("schmidt", [1]), ("muller", []), ("cafe", [1]), ("zoe", [1, 3]),
        ]
        for (query, cases) in expected {
            #expect(try found(query, in: desk) == cases.map(Int64.init), "\(query)")
        }
        #expect(try desk.reader.verify().findings == [])
        try desk.catchUpSearch()
        #expect(try found("faucet", in: desk) == [1])
        #expect(try found("dripping", in: desk) == [])
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("as of an earlier instant, what was logged later is not found", arguments: Index.allCases)
    func historical(index: Index) throws {
        let desk = try desk(index)
        let before = try desk.reader.read(\.asOf)
        desk.clock.advance(by: .hours(1))
        try desk.note(1, "A plumber comes on Tuesday.")
        #expect(try found("plumber", in: desk) == [1, 2])
        #expect(try found("plumber", in: desk, asOf: before) == [2])
        #expect(try found("cafe plumber", in: desk, asOf: before) == [])
        #expect(try found("cafe", in: desk, asOf: TestClock.start) == [])
    }

    @Test("a customer is found by name, addresses and key", arguments: Index.allCases)
    func customers(index: Index) throws {
        let desk = try desk(index)
        for (query, expected) in [("muller", 1), ("roth", 1), ("boiler", 0), ("zoe 1234", 1), ("zoe roth", 0)] {
            var filter = CustomerFilter()
            filter.search = SearchQuery(query)
            let page = try desk.reader.read { try $0.customers(filter, PageRequest(limit: 9)) }
            #expect(page.items.count == expected && page.total == expected, "\(query)")
        }
    }

    static let hostile = [
        "boiler\"", "\"boiler", "\"\"boiler\"\"", "NEAR(boiler, tap)", "boiler NEAR tap", "AND boiler", "boiler AND",
        "boiler NOT", "OR", "*boiler", "boiler**", "^boiler", "body:boiler", "body : boiler", "{body}: boiler",
        "(boiler", "boiler)", ")(a", "boiler\0tap", "\"boiler\0tap\"", "'boiler'; DROP TABLE promise", "boiler + tap",
        "-boiler", "boiler--", "a\\b", "Ⓐ", "½", "🙂 a", "\u{301}a", "ไทย", "a\u{FFFD}b", "a*b", "\"a*\"", "a\n*",
    ]

    @Test("no query is an error, whatever operators are in it", arguments: hostile)
    func takesAnything(query: String) throws {
        _ = try found(query, in: desk())
    }

    @Test("a query without a word is none", arguments: ["", " ", "\"\"", "* & -", "🙂", "\0"])
    func noWord(query: String) {
        #expect(SearchQuery(query) == nil)
    }

    @Test("as many different terms as the limit are searched, and not one more")
    func termLimit() throws {
        let words = (1...SearchQuery.termLimit).map { "w\($0)" }
        #expect(try found(words.joined(separator: " ") + " w1 w2", in: desk()) == [])
        #expect(SearchQuery((words + ["more"]).joined(separator: " ")) == nil)
        let phrase = "\"" + Array(repeating: "boiler", count: 5000).joined(separator: " ") + "\""
        #expect(try found(phrase, in: desk()) == [])
    }
}
