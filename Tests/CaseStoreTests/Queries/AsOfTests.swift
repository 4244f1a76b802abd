import CaseStore
import Complaints
import TestSupport
import Testing

/// Random histories through the store, and every list of every instant held against a loop over what the changes
/// themselves returned.
@Suite("The record as of an earlier instant")
struct AsOfTests {
    /// What is asked at each instant.
    static let promiseFilters: [PromiseFilter] = {
        var filters = [PromiseFilter()]
        func add(_ adjust: (inout PromiseFilter) -> Void) {
            var filter = PromiseFilter()
            adjust(&filter)
            filters.append(filter)
        }
        for state in PromiseState.allCases { add { $0.states = [state] } }
        add { $0.states = [.open, .overdue] }
        add { $0.states = [.kept, .broken, .overdue] }
        for owner in RandomHistory.owners { add { $0.owner = owner } }
        add { $0.unowned = true }
        add { ($0.by, $0.to) = (nil, nil) }
        add { ($0.by, $0.to, $0.states) = (.customer, .us, [.overdue]) }
        add { ($0.owner, $0.states, $0.order) = ("ANNA", [.overdue], .dueAtDescending) }
        add { ($0.team, $0.states) = ("repairs", [.open]) }
        add { ($0.category, $0.severities) = ("water", [.high, .critical]) }
        add { $0.slipsMin = 1 }
        add { $0.customerID = 1 }
        return filters
    }()

    static let caseFilters: [CaseFilter] = {
        var filters = [CaseFilter()]
        func add(_ adjust: (inout CaseFilter) -> Void) {
            var filter = CaseFilter()
            adjust(&filter)
            filters.append(filter)
        }
        for status in CaseStatus.allCases { add { $0.statuses = [status] } }
        add { $0.statuses = [.open, .closed] }
        add { ($0.overdue, $0.order) = (true, .nextDueAt) }
        add { ($0.overdue, $0.order) = (false, .openedAt) }
        add { $0.silent = true }
        add { ($0.silent, $0.statuses) = (false, [.open]) }
        add { ($0.owner, $0.order) = ("anna", .nextDueAt) }
        add { ($0.unowned, $0.moods) = (true, [.angry, .upset]) }
        add { $0.updatedAfter = TestClock.start + .days(4) }
        add { $0.resolvedAfter = TestClock.start + .days(2) }
        add { $0.resolvedBefore = TestClock.start + .days(6) }
        add { $0.channels = [.phone, .letter] }
        for id in 1...9 { add { $0.externalID = "K-\(id)" } }
        return filters
    }()

    @Test("every list answers later as it would have then", arguments: 1...8)
    func sameAnswers(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        var instants: [(asOf: Instant, files: [CaseFile])] = []
        for _ in 0..<50 {
            try history.work()
            // Right after the batch, and some time later, when more has fallen due.
            for _ in 0..<2 {
                let checks = history.random.once(in: 10)
                let asOf = try history.desk.reader.read { transaction in
                    let record = history.record(of: history.now, at: transaction.asOf)
                    if checks { try check(transaction, record) }
                    return transaction.asOf
                }
                instants.append((asOf, history.now))
                history.desk.clock.advance(by: history.random.span(.zero...(.hours(20))))
            }
        }
        #expect(history.counts.made > 50 && history.counts.refused > 10)
        var asked = Array(instants.shuffled(using: &history.random).prefix(8))
        // The very instant of a batch, and the last one before it.
        for index in (1..<history.batches.count).shuffled(using: &history.random).prefix(5) {
            let (stamp, files) = history.batches[index]
            asked.append((stamp, files.values.sorted { $0.record.id < $1.record.id }))
            let before = history.batches[index - 1].files.values.sorted { $0.record.id < $1.record.id }
            asked.append((Instant(milliseconds: stamp.milliseconds - 1), before))
        }
        for (asOf, then) in asked {
            try history.desk.reader.read(asOf: asOf) { transaction in
                try check(transaction, history.record(of: then, at: asOf))
            }
        }
    }

    private func check(_ transaction: ReadTransaction, _ record: NaiveRecord) throws {
        let all = PageRequest(limit: 500)
        for filter in Self.promiseFilters {
            let page = try transaction.promises(filter, all)
            try #require(page.items == record.promises(filter), "as of \(record.now.rfc3339): \(filter)")
            #expect(page.total == page.items.count)
        }
        for filter in Self.caseFilters {
            let page = try transaction.cases(filter, all)
            try #require(page.items == record.cases(filter), "as of \(record.now.rfc3339): \(filter)")
            #expect(page.total == page.items.count)
        }
        for file in record.files {
            try #require(try transaction.caseFile(file.record.id) == file)
            for promise in file.promises {
                try #require(try transaction.promise(promise.id)?.promise == promise)
            }
            let log = try transaction.log(ofCase: file.record.id, all)
            let changes = log.items.filter { !LogKind.machine.contains($0.kind) }
            #expect(log.items.map(\.seq) == Array(1...Int64(log.items.count)))
            #expect(Int64(changes.count) == file.record.version)
            #expect(log.items.last?.recordedAt == file.record.updatedAt)
            #expect(try transaction.logEntry(ofCase: file.record.id, seq: Int64(log.items.count) + 1) == nil)
        }
        let next = (record.files.last?.record.id ?? 0) + 1
        #expect(try transaction.caseFile(next) == nil)
    }
}
