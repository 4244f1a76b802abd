import CaseStore
import Complaints
import GRDB
import TestSupport
import Testing

/// Random filters over a random history, held against a loop over all rows.
@Suite("The lists of cases, customers and log entries")
struct CaseListTests {
    private func filter(_ random: inout SeededRandom, around now: Instant) -> CaseFilter {
        var filter = CaseFilter()
        if random.once(in: 2) { filter.statuses = random.some(CaseStatus.self) }
        if random.once(in: 3) { filter.overdue = random.once(in: 2) }
        if random.once(in: 4) { filter.silent = random.once(in: 2) }
        if random.once(in: 6) { filter.unowned = random.once(in: 2) }
        if random.once(in: 4) { filter.owner = random.one(RandomHistory.owners + ["ANNA", "ZOË", "Nobody"]) }
        if random.once(in: 5) { filter.team = random.one(RandomHistory.teams) }
        if random.once(in: 5) { filter.category = random.one(RandomHistory.categories) }
        if random.once(in: 5) { filter.severities = random.some(Severity.self) }
        if random.once(in: 5) { filter.moods = random.some(Mood.self) }
        if random.once(in: 6) { filter.outcomes = random.some(SoughtOutcome.self) }
        if random.once(in: 8) { filter.vulnerable = random.once(in: 2) }
        if random.once(in: 5) { filter.channels = random.some(Channel.self) }
        if random.once(in: 6) { filter.customerID = .random(in: 1...6, using: &random) }
        if random.once(in: 9) { filter.externalID = "K-\(Int.random(in: 1...200, using: &random))" }
        if random.once(in: 4) { filter.updatedAfter = now + random.span(.days(-20)...(.zero)) }
        if random.once(in: 6) { filter.resolvedAfter = now + random.span(.days(-20)...(.zero)) }
        if random.once(in: 6) { filter.resolvedBefore = now + random.span(.days(-20)...(.zero)) }
        filter.order = random.one([.openedAt, .openedAtDescending, .nextDueAt])
        return filter
    }

    private func walk<Item: Sendable & Equatable>(
        limit: Int, expected: [Item], _ page: (PageRequest) throws -> Page<Item>
    ) throws {
        var request = PageRequest(limit: limit)
        var items: [Item] = []
        repeat {
            let page = try page(request)
            try #require(page.items.count == min(limit, expected.count - items.count))
            try #require(page.total == expected.count)
            items += page.items
            request.after = page.next
        } while request.after != nil
        try #require(items == expected)
    }

    @Test("every filter shows what a loop over all rows shows, page by page", arguments: 51...54)
    func filters(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        for _ in 0..<40 { try history.work() }
        try history.desk.reader.read { transaction in
            let record = history.record(of: history.now, at: transaction.asOf)
            for _ in 0..<120 {
                let filter = filter(&history.random, around: transaction.asOf)
                let limit = Int.random(in: 1...9, using: &history.random)
                try walk(limit: limit, expected: record.cases(filter)) { try transaction.cases(filter, $0) }
            }
        }
    }

    @Test("with its first page's instant kept, a walk shows the list of that instant", arguments: 61...64)
    func walkAsOf(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        for _ in 0..<30 { try history.work() }
        for filter in [CaseFilter(), AsOfTests.caseFilters[1], AsOfTests.caseFilters[5], AsOfTests.caseFilters[6]] {
            let asOf = try history.desk.reader.read(\.asOf)
            let expected = history.record(of: history.now, at: asOf).cases(filter).map(\.record.id)
            try walk(limit: 3, expected: expected) { request in
                try history.work()
                let page = try history.desk.reader.read(asOf: asOf) { try $0.cases(filter, request) }
                return Page(
                    items: page.items.map(\.record.id), next: page.next, total: page.total,
                    totalIsCapped: page.totalIsCapped)
            }
        }
    }

    @Test("a case that somebody made silent behind the service's back is listed, and only from then on")
    func silent() throws {
        let desk = try Desk()
        for _ in 0..<3 { try desk.open() }
        desk.clock.advance(by: .hours(1))
        let before = try desk.reader.read(\.asOf)
        try desk.raw().write { db in
            try db.execute(
                sql: """
                    UPDATE promise SET kept_at = made_at, recorded_at = (SELECT stamp + 5400000 FROM clock),
                        settled_by_id = made_by_id
                    WHERE case_id = 2
                    """)
        }
        desk.clock.advance(by: .hours(1))
        try desk.open()
        for (silent, asOf, expected) in [
            (true, nil, [2]), (false, nil, [1, 3, 4]), (true, before, []), (false, before, [1, 2, 3]),
        ] as [(Bool, Instant?, [Int64])] {
            var filter = CaseFilter()
            (filter.silent, filter.order) = (silent, .openedAt)
            let page = try desk.reader.read(asOf: asOf) { try $0.cases(filter, PageRequest(limit: 9)) }
            #expect(page.items.map(\.record.id) == expected)
        }
        let findings = try desk.reader.verify().findings.map(\.check)
        #expect(Set(["promises", "timeline"]).isSubset(of: findings), "\(findings)")
    }

    @Test("customers are listed by id, and found by key and by address in any case")
    func customers() throws {
        let desk = try Desk()
        var customers: [Customer] = []
        for number in 1...9 {
            let fields = CustomerFields(name: "Ida", email: "ida\(number % 3)@kern.example")
            let request = CaseRequest(complaint: "It drips.", customer: .keyed(externalID: "C-\(number)", fields))
            customers.append(try desk.open(request).record.customer)
        }
        let before = try desk.reader.read(\.asOf)
        try desk.open()
        func check(_ filter: CustomerFilter, _ expected: [Customer]) throws {
            try walk(limit: 2, expected: expected) { request in
                try desk.reader.read(asOf: before) { try $0.customers(filter, request) }
            }
        }
        var filter = CustomerFilter()
        try check(filter, customers)
        filter.emails = ["IDA1@kern.example"]
        try check(filter, customers.filter { $0.fields.email == "ida1@kern.example" })
        filter.externalID = "C-4"
        try check(filter, [customers[3]])
        filter.externalID = "C-5"
        try check(filter, [])
        #expect(try desk.reader.read(asOf: before) { try $0.customer(9) } == customers[8])
        #expect(try desk.reader.read(asOf: before) { try $0.customer(10) } == nil)
    }

    @Test("the log of a case, and that of all, are listed oldest first")
    func log() throws {
        var history = RandomHistory(try Desk(), seed: 71)
        for _ in 0..<20 { try history.work() }
        try history.desk.reader.read { transaction in
            var all: [LogEntry] = []
            for file in history.now {
                let last = try transaction.lastSeq(ofCase: file.record.id)
                let entries = try (1...last).map { seq in
                    try #require(try transaction.logEntry(ofCase: file.record.id, seq: seq))
                }
                #expect(entries.map(\.seq) == Array(1...last))
                #expect(Int64(entries.count { !LogKind.machine.contains($0.kind) }) == file.record.version)
                try walk(limit: 2, expected: entries) { try transaction.log(ofCase: file.record.id, $0) }
                all += entries
            }
            var request = PageRequest(limit: 7)
            var chain: [LogEntry] = []
            repeat {
                let page = try transaction.log(request)
                chain += page.items
                request.after = page.next
            } while request.after != nil
            #expect(chain.map(\.recordedAt) == chain.map(\.recordedAt).sorted())
            let ofCases = chain.filter { $0.subject.caseID != nil }
            #expect(Set(ofCases) == Set(all) && ofCases.count == all.count)
            #expect(chain.count > all.count, "customers are edited, too")
            #expect(try transaction.logHead()?.id == Int64(chain.count))
        }
    }
}
