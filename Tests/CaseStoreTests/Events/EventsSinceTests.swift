import Complaints
import TestSupport
import Testing

@testable import CaseStore

@Suite("Events since an instant")
struct EventsSinceTests {
    @Test(
        "are found wherever imported history stands among them, and nothing else is", arguments: [1, 2, 3] as [UInt64])
    func imported(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let desk = try Desk()
        for number in 0..<60 {
            desk.clock.advance(by: .hours(Int64.random(in: 0...9, using: &random)))
            if Bool.random(using: &random) {
                try desk.open()
                continue
            }
            let age = ElapsedTime.hours(Int64.random(in: 1...500, using: &random))
            for run in 0..<Int.random(in: 1...6, using: &random) {
                let request = ImportRequest(
                    fields: CaseFields(externalID: "K-\(number)-\(run)"), complaint: "It dripped.",
                    customer: .new(CustomerFields(name: "Ida")), receivedAt: PastInstant(desk.clock.now - age),
                    promise: ImportedPromiseRequest(due: .after(.days(15))))
                try desk.store.write { _ = try $0.importCase(Incoming(request), by: Desk.agent) }
            }
        }
        try desk.reader.read { transaction in
            let all = try transaction.events(after: 0, types: [], limit: 10_000)
            #expect(all.contains(where: \.imported) && all.contains { !$0.imported })
            for _ in 0..<40 {
                let since = all[Int.random(in: 0..<all.count, using: &random)].recordedAt
                for since in [since, since + ElapsedTime(milliseconds: 1)] {
                    var filter = EntryFilter()
                    filter.since = since
                    let found = try transaction.events(after: 0, types: [], limit: 10_000, filter)
                    #expect(found == all.filter { $0.recordedAt >= since })
                }
            }
        }
    }

    @Test("are looked up: what was recorded before is not looked through")
    func plan() throws {
        var filter = EntryFilter()
        (filter.since, filter.until, filter.actor) = (TestClock.start, TestClock.start + .days(1), "Anna")
        let statements = try PlannedStatements()
        let plans = try statements.of { _ = try $0.events(after: 5, types: [.promiseOverdue], limit: 50, filter) }
        for plan in plans {
            #expect(plan.scans.allSatisfy { $0 == "SCAN case_log" } && !plan.sorts, "\(plan)")
            #expect(plan.indexes(of: "l").allSatisfy { $0 == "USING INTEGER PRIMARY KEY (rowid>?)" }, "\(plan)")
        }
    }
}
