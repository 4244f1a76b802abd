import Complaints
import GRDB
import Testing

@testable import CaseStore

@Suite("What the clock says of customers who have heard nothing")
struct UpdateTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    /// What was said, in the order of the log: in which case, and how long after the tests' morning that was to be.
    private func said() throws -> [String] {
        try desk.reader.read { try $0.events(after: 0, types: [.caseUpdateDue], limit: 1000) }.map { event in
            "\(event.subject.caseID ?? 0) \((event.at - TestClock.start).milliseconds / 3_600_000)h"
        }
    }

    /// The cases in the queue for that.
    private func queued(asOf instant: Instant? = nil) throws -> [Int64] {
        try desk.reader.read(asOf: instant) { transaction in
            var filter = QueueFilter()
            filter.kinds = [.updateDue]
            return try transaction.queue(filter, PageRequest(limit: 50)).items.map(\.summary.id)
        }
    }

    /// The cases whose customers have heard nothing for so long.
    private func unheard(for hours: Int64, asOf instant: Instant? = nil) throws -> [Int64] {
        try desk.reader.read(asOf: instant) { transaction in
            var filter = CaseFilter()
            filter.unheardFor = .hours(hours)
            filter.order = .openedAt
            return try transaction.cases(filter, PageRequest(limit: 50)).items.map(\.record.id)
        }
    }

    /// What a change of policies has planned is said in the next change.
    private func announce(limit: Int = 100) throws {
        for _ in 0..<2 { while try desk.store.write({ try $0.announce(limit: limit) }).done == limit {} }
    }

    private func pass(_ hours: Int64) throws {
        desk.clock.advance(by: .hours(hours))
        try announce()
    }

    private func verified() throws {
        #expect(try desk.reader.verify().findings == [])
    }

    private func every(_ span: ElapsedTime?) throws {
        var edit = PolicyEdit()
        edit.updateEvery = .some(span)
        try desk.perform(.edit(.normal, edit))
    }

    private func log(_ id: Int64, _ request: LogRequest) throws {
        try desk.change(id) { try $0.write(Incoming(request), under: $1, by: Desk.agent, at: $2) }
    }

    private func call(_ id: Int64, _ outcome: ContactOutcome = .reached, at instant: Instant? = nil) throws {
        let notice = NoticeRequest(channel: .phone, outcome: outcome, at: instant.map { PastInstant($0) })
        try log(id, .customerNotified(notice, promiseID: nil, text: nil))
    }

    @Test("is once for each time that they have heard nothing for so long, and waits in the queue until they have")
    func once() throws {
        try every(.hours(5))
        try desk.open()
        try pass(4)
        #expect(try said() == [])
        for _ in 0..<10 { try pass(1) }
        #expect(try said() == ["1 5h"] && queued() == [1])
        let waited = try desk.reader.read { $0.asOf }
        let version = try desk.file(1)?.record.version
        try call(1, .attempted)
        #expect(try queued() == [1], "nobody got through")
        try log(1, .note(text: "Looked into it"))
        #expect(try queued() == [1], "a note is for the desk alone")
        try call(1)
        #expect(try queued() == [] && queued(asOf: waited) == [1])
        #expect(
            try desk.file(1)?.record.version == version.map { $0 + 3 }, "what the clock said is no change of the case")
        for _ in 0..<9 { try pass(1) }
        #expect(try said() == ["1 5h", "1 19h"] && queued() == [1])
        try verified()
    }

    @Test("is as of when they were told, not of when that was written down")
    func late() throws {
        try every(.hours(5))
        try desk.open()
        try pass(6)
        try call(1, at: TestClock.start + .hours(3))
        #expect(try said() == ["1 5h"] && queued() == [])
        try pass(3)
        #expect(try said() == ["1 5h", "1 8h"])
        try call(1, at: TestClock.start + .hours(2))
        #expect(try queued() == [1], "they have heard something later than that")
        try verified()
    }

    @Test("what a customer hears, and what they do not")
    func heard() throws {
        let asked = try desk.open()
        #expect(asked.record.heardAt == nil, "the policy's promise nobody has told them of")
        desk.clock.advance(by: .hours(1))
        func heard(_ change: (inout CaseChange, Policy, Instant) throws -> Void) throws -> Bool {
            desk.clock.advance(by: .hours(1))
            let before = try desk.file(1)?.record.heardAt
            let after = try desk.change(1, change).record
            #expect(try desk.file(1)?.record.heardAt == after.heardAt)
            return before != after.heardAt
        }
        func heard(_ request: LogRequest) throws -> Bool {
            try heard { try $0.write(Incoming(request), under: $1, by: Desk.agent, at: $2) }
        }
        func promised(_ request: PromiseRequest) throws -> Bool {
            try heard { try $0.add(Incoming(AddPromiseRequest(request)), under: $1, by: Desk.agent, at: $2) }
        }
        var theirs = PromiseRequest.plain("A photo")
        (theirs.by, theirs.to) = (.customer, .us)
        var untold = PromiseRequest.plain()
        untold.customerNotified = NoticeRequest(channel: .phone, outcome: .attempted)
        for request in [
            .note(text: "x"), .said(.statement, text: "x", saidBy: nil), .said(.question, text: "x", saidBy: nil),
            .said(.fact, text: "x", saidBy: nil), .mood(.upset, why: nil), .threat(.legal, stake: nil, text: nil),
        ] as [LogRequest] { #expect(try !heard(request), "\(request)") }
        #expect(try !promised(theirs) && !promised(untold))
        #expect(
            try !heard {
                _ = $1
                try $0.reassign(1, Incoming(ReassignRequest(owner: "Bo", reason: "x")), by: Desk.agent, at: $2)
            })
        for request in [
            .told(.acknowledgement, text: "x"), .told(.support, text: "x"), .told(.apology, text: "x"),
            .restatement(text: "x", confirmed: true), .option(["A new one"]),
        ] as [LogRequest] { #expect(try heard(request), "\(request)") }
        #expect(try promised(.plain()))
        #expect(
            try heard {
                try $0.keep(1, Incoming(SettleAndContinue(KeepRequest())), under: $1, by: Desk.agent, at: $2)
            })
        try verified()
    }

    @Test("is by what the policies say now, of cases that are open already, and of all at once however few at a time")
    func policies() throws {
        for _ in 0..<3 { try desk.open() }
        try pass(7)
        try every(.hours(5))
        try announce(limit: 1)
        #expect(try said() == ["1 5h", "2 5h", "3 5h"])
        for id in [1, 2, 3] as [Int64] { try call(id) }
        try every(.hours(50))
        try pass(21)
        #expect(try said().count == 3)
        try every(nil)
        try announce(limit: 2)
        #expect(try desk.reader.read { try $0.nextUpdateDue() } == nil)
        try every(.hours(20))
        try desk.open(.plain(fields: CaseFields(severity: .high)))
        try announce()
        #expect(try said().count == 6 && queued() == [1, 2, 3])
        try verified()
    }

    @Test("is nothing of a case that is over; open again it counts from what was last heard")
    func over() throws {
        try every(.hours(5))
        try desk.open()
        try pass(6)
        #expect(try queued() == [1])
        func resolve() throws {
            try desk.change(1) { change, policy, now in
                let settled = change.promises.filter(\.isUnsettled).map {
                    SettleRequest(promiseID: $0.id, action: .keep(KeepRequest()))
                }
                let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: settled)
                try change.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
            }
        }
        try resolve()
        #expect(try queued() == [])
        try pass(20)
        #expect(try said() == ["1 5h"] && unheard(for: 1) == [])
        try desk.change(1) { change, policy, now in
            try change.reopen(Incoming(ReopenRequest(reason: "It drips")), under: policy, by: Desk.agent, at: now)
        }
        try announce()
        #expect(try said() == ["1 5h", "1 11h"] && queued() == [1] && unheard(for: 20) == [1])
        try verified()
    }

    @Test("a list has them to the instant, as of then too")
    func list() throws {
        try desk.open()
        try pass(3)
        try desk.open()
        try pass(3)
        #expect(try unheard(for: 6) == [1] && unheard(for: 3) == [1, 2] && unheard(for: 7) == [])
        let before = try desk.reader.read { $0.asOf }
        try call(1)
        try pass(3)
        #expect(try unheard(for: 3) == [1, 2] && unheard(for: 5) == [2])
        #expect(try unheard(for: 6, asOf: before) == [1] && unheard(for: 5, asOf: before) == [1])
        #expect(try desk.file(1, asOf: before)?.record.heardAt == nil && desk.file(1)?.record.heardAt != nil)
        try verified()
    }

    @Test("when they last heard something is found in the log of before")
    func upgraded() throws {
        var history = RandomHistory(try Desk(), seed: 17)
        for _ in 0..<70 { try history.work() }
        let desk = history.desk
        func heard(_ desk: Desk) throws -> [String] {
            try desk.raw().read {
                try String.fetchAll(
                    $0, sql: "SELECT id || ' ' || coalesce(heard_at, '-') FROM complaint_case ORDER BY id")
            }
        }
        let before = try heard(desk)
        #expect(Set(before.map { $0.hasSuffix("-") }).count == 2)
        try desk.raw().writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    DROP INDEX complaint_case_by_update_due; ALTER TABLE complaint_case DROP COLUMN update_due_at;
                    ALTER TABLE complaint_case DROP COLUMN heard_at; ALTER TABLE policy DROP COLUMN update_every;
                    DROP TABLE cadence_sweep; DELETE FROM schema_migration WHERE name LIKE '%_cadence'
                    """)
        }
        let upgraded = try desk.opened(clock: desk.clock)
        #expect(try heard(upgraded) == before)
        #expect(try upgraded.reader.verify().findings == [])
    }

    static let tamperings = [
        "UPDATE complaint_case SET heard_at = heard_at + 1 WHERE id = 2",
        "UPDATE complaint_case SET heard_at = NULL WHERE id = 2",
        "UPDATE complaint_case SET heard_at = opened_at WHERE id = 1",
        "UPDATE complaint_case SET update_due_at = update_due_at + 1 WHERE id = 2",
        "UPDATE complaint_case SET update_due_at = NULL WHERE id = 2",
        "UPDATE complaint_case SET update_due_at = 9 WHERE id = 1",
        "UPDATE case_log SET at = recorded_at WHERE kind = 'update_due'",
        "UPDATE case_log SET facts = replace(facts, '2026', '2025') WHERE kind = 'update_due'",
        "UPDATE case_log SET facts = '[]' WHERE kind = 'update_due'",
        "UPDATE case_log SET case_id = 3, seq = 9 WHERE kind = 'update_due'",
        "UPDATE case_log SET kind = 'update_due', facts = (SELECT facts FROM case_log WHERE kind = 'update_due') WHERE kind = 'note'",
    ]

    @Test("is found by verify where it is otherwise, or there twice, or was not to be said", arguments: tamperings)
    func tampered(sql: String) throws {
        try every(.hours(5))
        for _ in 0..<3 { try desk.open() }
        try pass(4)
        try call(2)
        try call(3)
        try pass(2)
        try log(1, .note(text: "Looked into it"))
        #expect(try said() == ["1 5h"])
        try verified()
        try desk.tamper(sql)
        let checks = try desk.store.makeReader().verify().findings.map(\.check)
        #expect(checks.contains("cadence"), "\(checks)")
    }

    @Test("is found in the order of an index, whose rows are as many as customers who wait to hear something")
    func plan() throws {
        let plans = try PlannedStatements().of {
            _ = try $0.nextUpdateDue()
            _ = try $0.unheard(before: .latest, limit: 3)
        }
        #expect(plans.filter(\.sorts).isEmpty)
        let steps: [String] = plans.flatMap(\.steps)
        #expect(steps.filter { $0.contains("complaint_case_by_update_due") }.count == 2, "\(steps)")
    }
}
