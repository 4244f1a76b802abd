import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("That promises fell due")
struct OverdueTests {
    /// The promises that the log says of that they fell due, in its order, each as often as it does.
    private func announced(_ desk: Desk) throws -> [Int64] {
        try desk.reader.read { try $0.events(after: 0, types: [.promiseOverdue], limit: 1000) }.compactMap(\.promiseID)
    }

    @discardableResult
    private func announce(_ desk: Desk, limit: Int = 100) throws -> ClockProgress {
        try desk.store.write { try $0.announce(limit: limit) }
    }

    /// A case with a promise due in so long, of which the customer knows: the policy adds none.
    @discardableResult
    private func open(_ desk: Desk, due: ElapsedTime) throws -> CaseFile {
        var promise = PromiseRequest.plain(due: due)
        promise.customerNotified = .reached
        return try desk.open(
            CaseRequest(
                fields: CaseFields(owner: "Bo"), complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")),
                promise: promise))
    }

    private func dueAt(_ file: CaseFile) -> Instant { file.promises[0].dueAt }

    @Test("is written down once, in the order in which they did, some at a time; and what is next is told")
    func inOrder() throws {
        let desk = try Desk()
        let files = try [5, 3, 4, 9, 7].map { try open(desk, due: .days($0)) }
        #expect(try desk.reader.read { try $0.nextDue() } == dueAt(files[1]))
        // Each is warned of before.
        let early = ElapsedTime.hours(-8)
        #expect(try announce(desk) == ClockProgress(done: 0, next: dueAt(files[1]) + early))
        desk.clock.advance(by: .days(6))
        #expect(try announce(desk, limit: 4) == ClockProgress(done: 4, next: dueAt(files[0]) + early))
        #expect(try announced(desk) == [2, 3])
        #expect(try announce(desk, limit: 4) == ClockProgress(done: 2, next: dueAt(files[4]) + early))
        #expect(try announce(desk, limit: 4) == ClockProgress(done: 0, next: dueAt(files[4]) + early))
        desk.clock.advance(by: .days(9))
        while try announce(desk, limit: 3).done == 3 {}
        #expect(try announced(desk) == [2, 3, 1, 5, 4])
        #expect(try desk.reader.read { try $0.nextDue() } == nil)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("is an entry of its case that changes nothing of it")
    func entry() throws {
        let desk = try Desk()
        let file = try open(desk, due: .days(1))
        desk.clock.advance(by: .days(2))
        try announce(desk)
        let entry = try #require(try desk.reader.read { try $0.logEntry(ofCase: 1, seq: $0.lastSeq(ofCase: 1)) })
        #expect(entry.kind == .promiseOverdue && entry.seq == 3 && entry.promiseID == 1)
        #expect(entry.at == dueAt(file) && entry.recordedAt > entry.at && !entry.imported)
        #expect(entry.actor == "clock" && entry.tokenName == nil)
        #expect(entry.facts == [Fact("due_at", .text(dueAt(file).rfc3339))])
        #expect(entry.texts == [Fact("owner", .text("Bo"))])
        #expect(try desk.file(1) == file)
        #expect(try desk.file(1, asOf: entry.recordedAt) == file)
        // What comes after it is numbered after it, and counted as before.
        let noted = try desk.note(1, "Called")
        #expect(noted.record.version == 3)
        #expect(try desk.reader.read { try $0.logEntry(ofCase: 1, seq: $0.lastSeq(ofCase: 1)) }?.seq == 4)
        #expect(try desk.file(1, asOf: entry.recordedAt)?.record.version == 2)
        #expect(try desk.file(1, asOf: entry.recordedAt)?.record.updatedAt == file.record.updatedAt)
    }

    @Test("comes at a promise's due instant for no promise, and right after it for each")
    func edge() throws {
        let desk = try Desk()
        let due = dueAt(try open(desk, due: .seconds(2)))
        func announceAt(_ instant: Instant) throws -> (stamp: Instant, count: Int) {
            // Every look at the clock moves it on.
            desk.clock.advance(by: instant - (desk.clock.now + ElapsedTime(milliseconds: 1)))
            return try desk.store.write { ($0.now, try $0.announce(limit: 9).done) }
        }
        let before = try announceAt(due)
        #expect(before.stamp == due && before.count == 0)
        let after = try announceAt(due + ElapsedTime(milliseconds: 1))
        #expect(after.stamp == due + ElapsedTime(milliseconds: 1) && after.count == 1)
    }

    @Test("is written down with what settles them, before it, when their turn has not come yet")
    func settledFirst() throws {
        let desk = try Desk()
        for _ in 0..<3 { try open(desk, due: .days(1)) }
        try desk.keep(1, ofCase: 1)
        desk.clock.advance(by: .days(3))
        try desk.keep(2, ofCase: 2)
        #expect(try announced(desk) == [2], "the first one was kept in good time")
        let log = try desk.reader.read { try $0.log(ofCase: 2, PageRequest(limit: 9)) }.items
        #expect(log.map(\.kind) == [.caseOpened, .promiseMade, .promiseOverdue, .promiseKept, .promiseMade])
        #expect(log.map(\.seq) == [1, 2, 3, 4, 5] && log[2].recordedAt == log[3].recordedAt)
        try announce(desk)
        // What was promised instead of the first is overdue by now too.
        #expect(try announced(desk).sorted() == [2, 3, 4])
        try desk.keep(3, ofCase: 3)
        try announce(desk)
        #expect(try announced(desk).count == 3, "kept after it was said, it is not said again")
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("is written down with the making of one that is past its due instant then, wherever the mark is")
    func bornOverdue() throws {
        let desk = try Desk()
        func openOld() throws -> CaseFile {
            try desk.open(
                CaseRequest(
                    complaint: "Old", customer: .new(CustomerFields(name: "Ida")),
                    receivedAt: PastInstant(TestClock.start + .days(-9)))
            )
        }
        for id in 1...2 as ClosedRange<Int64> {
            let file = try openOld()
            let log = try desk.reader.read { try $0.log(ofCase: id, PageRequest(limit: 9)) }.items
            #expect(log.map(\.kind) == [.caseOpened, .promiseMade, .promiseOverdue])
            #expect(file.record.version == 2)
            try announce(desk)
            try desk.keep(file.promises[0].id, ofCase: id)
        }
        #expect(try announced(desk) == [1, 3], "the second promise was made instead of the first")
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("is told of promises of all parties")
    func parties() throws {
        let desk = try Desk()
        try open(desk, due: .days(9))
        let parties: [(Promiser, Promisee)] = [(.customer, .us), (.desk, .us), (.desk, .customer)]
        for (index, (by, to)) in parties.enumerated() {
            try desk.change(1) { file, policy, now in
                var request = PromiseRequest.plain(due: .hours(Int64(index) + 1))
                request.by = by
                request.to = to
                try file.add(Incoming(AddPromiseRequest(request)), under: policy, by: Desk.agent, at: now)
            }
        }
        desk.clock.advance(by: .days(1))
        try announce(desk)
        let events = try desk.reader.read { try $0.events(after: 0, types: [.promiseOverdue], limit: 9) }
        #expect(events.map(\.promiseID) == [2, 3, 4])
        #expect(events.map { $0.promise?.by } == parties.map(\.0) && events.map { $0.promise?.to } == parties.map(\.1))
    }

    @Test("is written down for what is imported and overdue now, and not for what was settled long ago")
    func imported() throws {
        let desk = try Desk()
        try open(desk, due: .days(1))
        func importCase(_ key: String, keptAt: ElapsedTime?) throws {
            let received = TestClock.start + .days(-60)
            let request = ImportRequest(
                fields: CaseFields(externalID: key), complaint: "It dripped.",
                customer: .new(CustomerFields(name: "Ida")),
                receivedAt: PastInstant(received),
                promise: ImportedPromiseRequest(
                    due: .after(.days(15)), keptAt: keptAt.map { PastInstant(received + $0) }))
            _ = try desk.store.write { try $0.importCase(Incoming(request), by: Desk.agent) }
        }
        try importCase("late", keptAt: .days(20))
        try importCase("before the mark moves", keptAt: nil)
        #expect(try announced(desk) == [])
        desk.clock.advance(by: .days(2))
        try announce(desk)
        #expect(try announced(desk) == [3, 1])
        try importCase("behind the mark", keptAt: nil)
        try importCase("late again", keptAt: .days(20))
        #expect(try announced(desk) == [3, 1, 4])
        try announce(desk)
        #expect(try announced(desk) == [3, 1, 4])
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("is told once of each and of no other, whatever happens in between", arguments: 0..<6 as Range<UInt64>)
    func random(seed: UInt64) throws {
        let desk = try Desk()
        var history = RandomHistory(desk, seed: seed)
        var random = SeededRandom(seed + 100)
        for _ in 0..<60 {
            try history.work()
            if random.once(in: 3) {
                let limit = Int.random(in: 1...4, using: &random)
                if random.once(in: 4) {
                    // What is rolled back was never said.
                    struct Failure: Error {}
                    #expect(throws: Failure.self) {
                        try desk.store.write { transaction in
                            _ = try transaction.announce(limit: limit)
                            throw Failure()
                        }
                    }
                } else {
                    try announce(desk, limit: limit)
                }
            }
        }
        while try announce(desk, limit: 3).done == 3 {}
        let now = try desk.reader.read(\.asOf)
        // By the rules: whatever was unsettled past its due instant, as the record had it.
        let expected = history.now.flatMap(\.promises).filter { promise in
            // What was overdue as it came from a duplicate was told of there.
            guard promise.origin == nil || promise.madeAt <= promise.dueAt else { return false }
            return (promise.settlement?.recordedAt ?? now) > promise.dueAt
        }.map(\.id)
        #expect(try announced(desk).sorted() == expected.sorted())
        #expect(expected.count > 10 && expected.count < history.now.flatMap(\.promises).count)
        let findings = try desk.reader.verify().findings
        #expect(findings == [])
    }

    @Test("costs as many rows as are written down, also amid a great many that fell due at one instant")
    func bounded() throws {
        let plans = try PlannedStatements().of { _ = try $0.nextDue() }
        let walks = plans.flatMap(\.steps).filter { $0.hasPrefix("SEARCH promise USING INDEX promise_unsettled") }
        #expect(walks.count == 6)
        #expect(
            walks.count { $0.contains("due_at=? AND rowid>?") } == 3 && walks.count { $0.contains("due_at>?") } == 3)
        #expect(plans.flatMap(\.scans) == [] && plans.filter(\.sorts).isEmpty)
    }

    @Test("is known of in a database from before, for what is overdue now")
    func upgraded() throws {
        let desk = try Desk()
        for _ in 0..<2 { try open(desk, due: .days(1)) }
        desk.clock.advance(by: .days(2))
        try desk.keep(1, ofCase: 1)
        // As it was before there was a mark.
        try desk.raw().writeWithoutTransaction { db in
            try db.execute(sql: "DROP TRIGGER case_log_stays; DROP TRIGGER case_log_stays_as_it_is")
            try db.execute(
                sql: """
                    DROP TABLE overdue_mark;
                    DELETE FROM schema_migration WHERE name = 'V005_overdue_mark'
                    """)
        }
        let upgraded = try desk.opened(clock: desk.clock)
        let before = try announced(upgraded)
        try announce(upgraded)
        #expect(try announced(upgraded) == before + [2])
    }
}
