import CaseStore
import Complaints
import Testing

@Suite("The report on promises")
struct ReportTests {
    @Test("counts what a loop over all promises counts, now and as of every earlier instant", arguments: 91...94)
    func recount(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        for _ in 0..<50 { try history.work() }
        history.desk.clock.advance(by: .hours(30))
        let now = try history.desk.reader.read(\.asOf)
        let last = try #require(history.batches.last?.stamp)
        for batch in history.batches.shuffled(using: &history.random).prefix(8) + [(stamp: last, files: history.files)]
        {
            let asOf = batch.stamp == last ? now : batch.stamp
            for grouping in PromiseGrouping.allCases {
                let request = try #require(
                    PromiseReportRequest(
                        from: TestClock.start + .days(3), to: TestClock.start + .days(30), groupBy: grouping))
                let report = try history.desk.reader.read(asOf: asOf) { try $0.promiseReport(request) }
                let expected = recounted(request, batch.files, asOf: asOf, history)
                try #require(
                    report.groups.map(\.key) == expected.groups.map(\.key), "\(grouping) as of \(asOf.rfc3339)")
                try #require(report == expected, "\(grouping) as of \(asOf.rfc3339)")
                try #require(report.total.due == count(request, batch.files))
                try #require(report.total.spanSecondsMedian ?? 0 >= 0, "a letter's time is counted from its receipt")
            }
        }
    }

    /// The report made from the values that the changes returned. What is grouped by a field of the case goes by what it
    /// was then, and by owner by whom it counted for at the promise's due instant.
    private func recounted(
        _ request: PromiseReportRequest, _ files: [Int64: CaseFile], asOf: Instant, _ history: RandomHistory
    ) -> PromiseReport {
        var builder = PromiseReportBuilder(request, asOf: asOf)
        for file in files.values {
            for promise in file.promises where promise.isToCustomer {
                let until = min(promise.dueAt, asOf)
                let start = promise.countedFrom(receivedAt: file.record.receivedAt, openedAt: file.record.openedAt)
                builder.add(
                    PromiseFact(
                        promise, countedFrom: start, chainMadeAt: beginning(of: promise, files).firstMadeAt,
                        accountable: accountable(for: promise, at: until, history),
                        reassignedAt: history.reassigned[promise.id]?.last { $0 <= until }, in: file.record.fields,
                        outcome: file.record.ending.outcome, groupBy: request.groupBy))
            }
        }
        return builder.report()
    }

    /// The first promise of a chain.
    private func beginning(of promise: Promise, _ files: [Int64: CaseFile]) -> Promise {
        guard let before = (promise.supersedes ?? promise.origin?.promise).flatMap({ self.promise($0, files) }),
            before.originalDueAt == promise.originalDueAt
        else { return promise }
        return beginning(of: before, files)
    }

    private func promise(_ id: Int64, _ files: [Int64: CaseFile]) -> Promise? {
        files.values.lazy.compactMap { $0.promise(id) }.first
    }

    /// By the batches themselves: for whom it counted after the last one up to `instant`, else as it was made.
    private func accountable(for promise: Promise, at instant: Instant, _ history: RandomHistory) -> String? {
        if instant < promise.madeAt, let before = promise.origin.flatMap({ self.promise($0.promise, history.files) }) {
            return accountable(for: before, at: instant, history)
        }
        var name: String??
        for batch in history.batches {
            guard let then = batch.files[promise.caseID]?.promise(promise.id) else { continue }
            if name == nil || batch.stamp <= instant { name = .some(then.accountable) }
        }
        return name ?? nil
    }

    /// How many promises to the customer are due in the range, void ones aside, and those that go on elsewhere.
    private func count(_ request: PromiseReportRequest, _ files: [Int64: CaseFile]) -> Int {
        files.values.flatMap(\.promises).count { promise in
            guard promise.isToCustomer, promise.dueAt >= request.from, promise.dueAt < request.to else { return false }
            switch promise.settlement?.outcome {
            case .void, .transferred: return false
            case .kept, .superseded, .withdrawn, nil: return true
            }
        }
    }
}
