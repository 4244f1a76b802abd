import Complaints
import TestSupport
import Testing

@testable import CaseStore

@Suite("What an owner carries, counted once in a batch")
struct OwnerCountsTests {
    private func open(_ owner: String, due: ElapsedTime, _ transaction: WriteTransaction) throws -> OwnerLoad? {
        var request = CaseRequest.plain(fields: CaseFields(owner: owner))
        request.promise = .plain(due: due)
        let opened = try transaction.openCase(Incoming(request), by: Desk.agent)
        return opened.promise.flatMap { opened.advice[$0.id]?.load }
    }

    @Test("is one more with each promise due on that day, whatever the case of the name")
    func creates() throws {
        let desk = try Desk()
        let loads = try desk.store.write { transaction in
            try [("Kim", 1), ("Kim", 2), ("KIM", 1), ("Lou", 1), ("kim", 1)].map { owner, days in
                try open(owner, due: .days(days), transaction)?.dueThatDay
            }
        }
        #expect(loads == [1, 1, 2, 1, 3])
    }

    @Test("is kept for that owner, that day and that limit, until anything else changes")
    func keptUnder() throws {
        let day = TestClock.start.startOfDay
        var counts = OwnerCounts()
        var asked = 0
        func due(_ owner: Int64, _ day: Instant, _ limit: Int, is count: Int) -> Int {
            counts.due(of: owner, on: LocalDay(of: day, in: .utc), upTo: limit) {
                asked += 1
                return count
            }
        }
        #expect(due(1, day, 10, is: 4) == 4)
        #expect(due(1, day, 10, is: 9) == 4 && asked == 1, "kept")
        #expect(due(2, day, 10, is: 5) == 5, "another owner")
        #expect(due(1, day + .days(1), 10, is: 6) == 6, "another day")
        #expect(due(1, day, 5, is: 5) == 5, "another limit")
        #expect(due(1, day, 10, is: 4) == 4 && asked == 5)
        counts.add(1, dueAt: day + .hours(3), on: LocalDay(of: day, in: .utc), now: day)
        #expect(due(1, day, 10, is: 0) == 5, "one more on that day")
        #expect(due(2, day, 10, is: 0) == 5 && due(1, day + .days(1), 10, is: 0) == 6, "and on no other")
        counts.forget()
        #expect(counts.isEmpty)
        #expect(due(1, day, 10, is: 7) == 7)
    }

    @Test("is counted anew in another batch, at its own instant")
    func anotherBatch() throws {
        let desk = try Desk()
        let before = try desk.store.write { try open("Kim", due: .days(1), $0) }
        desk.clock.advance(by: .days(3))
        let load = try desk.store.write { transaction in
            #expect(transaction.ownerCounts.isEmpty)
            return try open("Kim", due: .days(1), transaction)
        }
        #expect(before?.overdue == 0 && load?.overdue == 1)
        #expect(load?.dueThatDay == 1)
    }

    @Test("is what it comes to without the others of the batch, whatever they do", arguments: 1...12)
    func anyChange(seed: UInt64) throws {
        let desk = try Desk()
        var random = SeededRandom(seed)
        for batch in 0..<4 {
            desk.clock.advance(by: .hours(Int64(batch) * 20))
            var compared = 0
            try desk.store.write { transaction in
                if batch == 0 { for owner in RandomHistory.owners { _ = try open(owner, due: .days(1), transaction) } }
                let cases = Int64(RandomHistory.owners.count)
                for _ in 0..<40 {
                    let outcome = try transaction.attempt {
                        try transaction.changeCase(Int64.random(in: 1...cases, using: &random), by: Desk.manager) {
                            var change = RandomChange(
                                random: random, policy: $1, actor: Desk.manager, now: transaction.now)
                            defer { random = change.random }
                            try change.make(&$0)
                        }
                    }
                    guard case .success(let committed) = outcome else { continue }
                    let file = committed.file
                    let known = transaction.ownerCounts
                    defer { transaction.ownerCounts = known }
                    for promise in file.promises {
                        guard let load = committed.advice[promise.id]?.load else { continue }
                        transaction.ownerCounts.forget()
                        let policy = try transaction.record.policy(file.record.fields.severity)
                        let fresh = try transaction.load(of: promise.owner, onDayOf: promise.dueAt, under: policy)
                        #expect(load == fresh)
                        compared += 1
                    }
                }
            }
            #expect(compared > 0)
        }
    }
}
