import Complaints
import GRDB
import Testing

@testable import CaseStore

@Suite("Search as of earlier instants, and indexes that are made anew")
struct FormerTextTests {
    private func edit(_ id: Int64, _ desk: Desk, _ edit: (inout CaseEdit) -> Void) throws {
        desk.clock.advance(by: .hours(1))
        try desk.change(id) { file, policy, now in
            var changed = CaseEdit()
            edit(&changed)
            try file.edit(Incoming(changed), under: policy, by: Desk.agent, at: now)
        }
    }

    private func rename(_ id: Int64, _ name: String, _ desk: Desk) throws {
        desk.clock.advance(by: .hours(1))
        var edit = CustomerEdit()
        edit.name = name
        _ = try desk.store.write { try $0.perform(.edit(customer: id, Incoming(edit))) }
    }

    /// Erases the customer of the first case.
    private func erase(_ desk: Desk) throws {
        let promises = try #require(try desk.file(1)).promises.filter(\.isUnsettled).map(\.id)
        try desk.change(1) { file, policy, now in
            let settle = promises.map { SettleRequest(promiseID: $0, action: .keep(KeepRequest(evidence: "Seen"))) }
            try file.resolve(
                Incoming(ResolveRequest(summary: "Done", customerAccepted: true, settle: settle)), under: policy,
                by: Desk.agent, at: now)
        }
        let unsettled = try #require(try desk.file(1)).promises.filter(\.isUnsettled).map(\.id)
        for id in unsettled {
            try desk.change(1) { file, policy, now in
                try file.keep(
                    id, Incoming(SettleAndContinue(KeepRequest(evidence: "Seen"))), under: policy, by: Desk.agent,
                    at: now)
            }
        }
        _ = try desk.store.write { try $0.perform(.erase(customer: 1, because: Incoming("Asked")), by: Desk.manager) }
    }

    private func now(_ desk: Desk) throws -> Instant { try desk.reader.read(\.asOf) }

    /// What is done to a desk, and which words are found after each step, as of it.
    private func history(_ desk: Desk, catchUp: Bool) throws -> [(at: Instant, found: [String: [Int64]])] {
        let words = [
            "dripping", "faucet", "kettles", "irons", "vulnerable", "kim", "berger", "money", "kern", "roth", "A7",
            "B8",
            "zeta", "kern dripping", "roth faucet",
        ]
        var told: [(Instant, [String: [Int64]])] = []
        func step(_ body: () throws -> Void) throws {
            try body()
            if catchUp { try desk.catchUpSearch() }
            var found: [String: [Int64]] = [:]
            for word in words { found[word] = try desk.found(word) }
            told.append((try now(desk), found))
            desk.clock.advance(by: .minutes(1))
        }
        try step {
            var fields = CaseFields(externalID: "A7", subject: "Dripping tap", category: "Kettles", owner: "Kim")
            fields.tags = ["vulnerable"]
            try desk.open(
                CaseRequest(fields: fields, complaint: "zeta", customer: .new(CustomerFields(name: "Ida Kern"))))
        }
        try step { try edit(1, desk) { $0.subject = .some("Broken faucet") } }
        try step {
            try edit(1, desk) {
                $0.owner = .some("Berger"); $0.tags = []
            }
        }
        try step { try rename(1, "Ida Roth", desk) }
        try step {
            try edit(1, desk) {
                $0.externalID = .some("B8"); $0.desiredOutcome = .some("Money")
            }
        }
        try step {
            try edit(1, desk) {
                $0.category = .some("Irons"); $0.subject = .some("Dripping tap")
            }
        }
        try step { try rename(1, "Ida Kern", desk) }
        try step {
            try edit(1, desk) {
                $0.desiredOutcome = .some(nil); $0.owner = .some(nil)
            }
        }
        return told
    }

    private func expectAll(_ told: [(at: Instant, found: [String: [Int64]])], _ desk: Desk, _ what: String) throws {
        for (step, (at, found)) in told.enumerated() {
            for (word, cases) in found {
                #expect(try desk.found(word, asOf: at) == cases, "\(word) as of \(step), \(what)")
            }
        }
        #expect(try desk.reader.verify().findings == [], "\(what)")
    }

    @Test("what was found at an instant is found as of it, whatever was edited since", arguments: [true, false])
    func asOf(catchUp: Bool) throws {
        let desk = try Desk()
        let told = try history(desk, catchUp: catchUp)
        #expect(told[0].found["dripping"] == [1] && told[1].found["dripping"] == [] && told[5].found["dripping"] == [1])
        try expectAll(told, desk, "behind")
        try desk.catchUpSearch()
        try expectAll(told, desk, "known")
        let next = try desk.opened(clock: desk.clock)
        try expectAll(told, next, "opened anew")
    }

    @Test("several edits in one batch are one, and one in the batch that opened the case is none")
    func oneBatch() throws {
        let desk = try Desk()
        try desk.catchUpSearch()
        try desk.store.write { transaction in
            _ = try transaction.openCase(Incoming(.plain("zeta")), by: Desk.agent)
            for subject in ["first", "second"] {
                _ = try transaction.changeCase(1, by: Desk.agent) { file, policy in
                    var edit = CaseEdit()
                    edit.subject = .some(subject)
                    try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: transaction.now)
                }
            }
        }
        let opened = try now(desk)
        desk.clock.advance(by: .hours(1))
        try desk.store.write { transaction in
            for subject in ["third", "fourth"] {
                _ = try transaction.changeCase(1, by: Desk.agent) { file, policy in
                    var edit = CaseEdit()
                    edit.subject = .some(subject)
                    try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: transaction.now)
                }
            }
        }
        #expect(try ["first", "second", "third", "fourth"].map { try desk.found($0) } == [[], [], [], [1]])
        #expect(
            try ["first", "second", "third", "fourth"].map { try desk.found($0, asOf: opened) } == [[], [1], [], []])
        let formers = try desk.raw().read { try Int.fetchOne($0, sql: "SELECT count(*) FROM former_text") }
        #expect(formers == 1)
        #expect(try desk.reader.verify().findings == [])
    }

    private func outdate(_ desk: Desk) throws {
        try desk.raw().write { try $0.execute(sql: "UPDATE search_progress SET words = words + 1") }
    }

    @Test("an index by other rules is made anew at once where it is short, and is what it was")
    func short() throws {
        let desk = try Desk()
        let told = try history(desk, catchUp: true)
        try outdate(desk)
        let next = try desk.opened(clock: desk.clock)
        try expectAll(told, next, "made anew")
    }

    @Test("a long one is made anew from the newest on, while searches answer and say that it is not all")
    func long() throws {
        let desk = try Desk()
        let told = try history(desk, catchUp: true)
        try desk.store.write { transaction in
            for number in 0..<Int(SearchIndex.distance) {
                _ = try transaction.openCase(Incoming(.plain("Visit number\(number)")), by: Desk.agent)
            }
        }
        try desk.catchUpSearch()
        try outdate(desk)
        let next = try desk.opened(clock: desk.clock)
        func search(_ word: String) throws -> (cases: [Int64], isIncomplete: Bool) {
            var filter = CaseFilter()
            filter.search = SearchQuery(word)
            return try next.reader.read {
                (try $0.cases(filter, PageRequest(limit: 9)).items.map(\.record.id), $0.isSearchIncomplete)
            }
        }
        #expect(try search("zeta") == ([], true))
        // What is written meanwhile is found, and what is edited meanwhile stays whole.
        try next.open(.plain("gamma"))
        #expect(try search("gamma").cases.count == 1)
        try edit(1, next) { $0.subject = .some("Gone to others") }
        try next.catchUpSearch()
        #expect(try next.reader.verify().findings == [])
        var steps = 1
        while try next.store.write({ try $0.rebuildSearch() }) {
            if steps == 1 {
                #expect(try search("number2047") == ([2049], true), "the newest are known first")
                #expect(try next.reader.verify().findings == [])
            }
            steps += 1
        }
        #expect(steps > 2)
        #expect(try search("zeta") == ([1], false))
        #expect(try search("others") == ([1], false) && search("dripping") == ([], false))
        try expectAll(told, next, "made anew")
        #expect(try next.store.write { try $0.rebuildSearch() } == false)
    }

    @Test("who is erased while an index is made anew is not brought back by it")
    func erasedMeanwhile() throws {
        let desk = try Desk()
        _ = try history(desk, catchUp: true)
        try outdate(desk)
        try desk.raw().write { db in
            try db.execute(
                sql:
                    "UPDATE search_progress SET words = \(SearchWords.version), missing_log_id = log_id, missing_customer_id = customer_id"
            )
            try db.execute(sql: "INSERT INTO case_text (case_text) VALUES ('delete-all')")
            try db.execute(sql: "INSERT INTO customer_text (customer_text) VALUES ('delete-all')")
            try db.execute(sql: "DELETE FROM former_text")
        }
        try erase(desk)
        while try desk.store.write({ try $0.rebuildSearch() }) {}
        let start = try #require(try desk.reader.read { try $0.caseFile(1) }?.record.openedAt)
        for word in ["kern", "roth", "dripping", "faucet", "zeta", "vulnerable", "money"] {
            #expect(try desk.found(word) == [] && desk.found(word, asOf: start) == [], "\(word)")
        }
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("an erasure takes what was edited out of the index, too", arguments: [true, false])
    func erased(catchUp: Bool) throws {
        let desk = try Desk()
        let told = try history(desk, catchUp: catchUp)
        try erase(desk)
        while try desk.store.write({ try $0.purgeSearch() }) {}
        desk.store.checkpoint()
        for (at, _) in told {
            for word in ["kern", "roth", "dripping", "faucet", "zeta", "vulnerable", "money"] {
                #expect(try desk.found(word, asOf: at) == [], "\(word)")
            }
        }
        let words = try desk.raw().write { db in
            try db.execute(
                sql: """
                    CREATE VIRTUAL TABLE temp.cases USING fts5vocab(main, case_text, row);
                    CREATE VIRTUAL TABLE temp.customers USING fts5vocab(main, customer_text, row);
                    """)
            return try String.fetchSet(db, sql: "SELECT term FROM temp.cases UNION SELECT term FROM temp.customers")
        }
        #expect(words.isDisjoint(with: ["kern", "roth", "dripping", "faucet", "zeta", "vulnerable", "money"]))
        // What an erasure leaves is found as before.
        #expect(try desk.found("irons") == [1] && desk.found("kettles", asOf: told[0].at) == [1])
        #expect(try desk.reader.verify().findings == [])
    }

    @Test(
        "who is named comes first, and what is known by it elsewhere; then what tells of it, each in the list's order")
    func order() throws {
        for order in CaseFilter.Order.allCases {
            let desk = try Desk()
            try desk.open(.plain("Lee was rude to me", customer: "Ida Kern"))
            try desk.open(.plain("zeta", customer: "Ann Lee"))
            try desk.open(.plain("zeta", fields: CaseFields(externalID: "LEE-4")))
            try desk.open(.plain("It leeks", fields: CaseFields(subject: "To lee")))
            try desk.open(.plain("Of Lee, said Lee", customer: "Kim Leeds"))
            let ascending = order == .openedAt || order == .nextDueAt
            let expected: [Int64] = ascending ? [2, 3, 5, 1, 4] : [5, 3, 2, 4, 1]
            #expect(try desk.found("lee", order: order) == expected)
            // Page by page, whatever the cut.
            for limit in 1...5 {
                var filter = CaseFilter()
                filter.search = SearchQuery("lee")
                filter.order = order
                var (found, after): ([Int64], PageKey?) = ([], nil)
                var progress = PageProgress(after: nil, in: .byValue)
                repeat {
                    let page = try desk.reader.read { try $0.cases(filter, PageRequest(limit: limit, after: after)) }
                    #expect(page.total == 5)
                    found += page.items.map(\.record.id)
                    if let next = page.next { try progress.advance(to: next) }
                    after = page.next
                } while after != nil
                #expect(found == expected, "\(order) by \(limit)")
            }
            #expect(try desk.found("lee zeta", order: order) == (ascending ? [2, 3] : [3, 2]))
        }
    }
}
