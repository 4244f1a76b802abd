import CaseStore
import Complaints
import GRDB
import TestSupport
import Testing

/// Random filters over a random history, held against a loop over all rows.
@Suite("The list of promises")
struct PromiseListTests {
    private func filter(_ random: inout SeededRandom, around now: Instant) -> PromiseFilter {
        var filter = PromiseFilter()
        if random.once(in: 2) { filter.states = random.some(PromiseState.self) }
        if random.once(in: 4) { filter.owner = random.one(RandomHistory.owners + ["ANNA", "ZOË", "Nobody"]) }
        if random.once(in: 4) { filter.accountable = random.one(["Anna", "ANNA", "Marta", "Bo", "policy"]) }
        if random.once(in: 6) { filter.unowned = random.once(in: 2) }
        if random.once(in: 5) { filter.team = random.one(RandomHistory.teams + ["REPAIRS"]) }
        if random.once(in: 5) { filter.category = random.one(RandomHistory.categories + ["water"]) }
        if random.once(in: 5) { filter.kinds = random.some(PromiseKind.self) }
        if random.once(in: 5) { filter.severities = random.some(Severity.self) }
        if random.once(in: 3) {
            (filter.by, filter.to) = (random.perhaps([.desk, .customer]), random.perhaps([.customer, .us]))
        }
        if random.once(in: 6) { filter.caseID = .random(in: 1...12, using: &random) }
        if random.once(in: 6) { filter.customerID = .random(in: 1...6, using: &random) }
        if random.once(in: 5) { filter.dueBefore = now + random.span(.days(-10)...(.days(3))) }
        if random.once(in: 5) { filter.dueAfter = now + random.span(.days(-20)...(.days(1))) }
        if random.once(in: 6) { filter.slipsMin = .random(in: 0...2, using: &random) }
        if random.once(in: 5) { filter.dueSoon = random.once(in: 2) }
        if random.once(in: 5) { filter.unaccepted = random.once(in: 2) }
        if random.once(in: 2) { filter.order = .dueAtDescending }
        return filter
    }

    @Test("every filter shows what a loop over all rows shows, page by page", arguments: 21...24)
    func filters(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        for _ in 0..<40 { try history.work() }
        try history.desk.reader.read { transaction in
            let record = history.record(of: history.now, at: transaction.asOf)
            for _ in 0..<150 {
                let filter = filter(&history.random, around: transaction.asOf)
                let expected = record.promises(filter)
                var walk = PageRequest(limit: .random(in: 1...20, using: &history.random))
                var rows: [PromiseRow] = []
                repeat {
                    let page = try transaction.promises(filter, walk)
                    try #require(page.items.count == min(walk.limit, expected.count - rows.count), "\(filter)")
                    try #require(page.total == expected.count && !page.totalIsCapped, "\(filter)")
                    rows += page.items
                    walk.after = page.next
                } while walk.after != nil
                try #require(rows == expected, "\(filter)")
            }
        }
    }

    @Test(
        "with its first page's instant kept, a walk shows the list of that instant, whatever happens meanwhile",
        arguments: 31...34)
    func walkAsOf(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        for _ in 0..<30 { try history.work() }
        for filter in [PromiseFilter(), AsOfTests.promiseFilters[2], AsOfTests.promiseFilters[9]] {
            var asOf: Instant?
            var expected: [Int64] = []
            var seen: [Int64] = []
            var walk = PageRequest(limit: 3)
            repeat {
                let page = try history.desk.reader.read(asOf: asOf) { transaction in
                    if asOf == nil {
                        asOf = transaction.asOf
                        let record = history.record(of: history.now, at: transaction.asOf)
                        expected = record.promises(filter).map(\.promise.id)
                    }
                    return try transaction.promises(filter, walk)
                }
                #expect(page.total == expected.count)
                seen += page.items.map(\.promise.id)
                walk.after = page.next
                try history.work()
            } while walk.after != nil
            #expect(seen == expected)
        }
    }

    @Test("a walk through the list of now shows once, and in order, whatever is there all along", arguments: 41...44)
    func walkNow(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        for _ in 0..<30 { try history.work() }
        var filter = PromiseFilter()
        filter.states = [.open, .overdue]
        func matching() -> [Int64] {
            history.record(of: history.now, at: history.desk.clock.now).promises(filter).map(\.promise.id)
        }
        let atFirst = matching()
        var seen: [PromiseRow] = []
        var walk = PageRequest(limit: 2)
        repeat {
            let page = try history.desk.reader.read { try $0.promises(filter, walk) }
            seen += page.items
            walk.after = page.next
            try history.work()
        } while walk.after != nil
        let ids = seen.map(\.promise.id)
        // Once settled, a promise never matches again: what matched at both ends matched all along.
        let allAlong = Set(atFirst).intersection(matching())
        #expect(allAlong.isSubset(of: ids))
        #expect(Set(ids).count == ids.count)
        #expect(seen.map(\.promise.dueAt) == seen.map(\.promise.dueAt).sorted())
    }

    @Test("the total stops at its cap and says so")
    func cap() throws {
        let desk = try Desk()
        try desk.open()
        let cap = Page<PromiseRow>.totalCap
        func insert(_ count: Int) throws {
            try desk.raw().write { db in
                try db.execute(
                    sql: """
                        CREATE TEMP TABLE copy AS SELECT * FROM promise WHERE id = 1;
                        UPDATE copy SET id = NULL;
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
                        INSERT INTO promise SELECT copy.* FROM copy CROSS JOIN n;
                        DROP TABLE copy;
                        """)
            }
        }
        func total() throws -> Page<PromiseRow> {
            try desk.reader.read { try $0.promises(PromiseFilter(), PageRequest(limit: 1)) }
        }
        try insert(cap - 1)
        #expect(try total().total == cap)
        #expect(try total().totalIsCapped == false)
        try insert(1)
        #expect(try total().total == cap)
        #expect(try total().totalIsCapped)
        #expect(
            try desk.reader.read { try $0.promises(PromiseFilter(), PageRequest(limit: 1, counts: false)) }.total == nil
        )
    }
}
