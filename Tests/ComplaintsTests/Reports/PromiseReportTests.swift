import Complaints
import Foundation
import Testing

@Suite("The report counts what became of promises")
struct PromiseReportTests {
    /// The columns of one group, counted in the plainest way: one pass over all rows a column.
    struct Recount: Equatable {
        var counts: [String: Int]
        var rates: [Double?]
        var seconds: [Int64?]
        var lateness: [ElapsedTime?]

        /// Of the promises that are due in the range, and of the chains that were first.
        init(_ promises: [Promise], chains: [Promise], at now: Instant) {
            func number(_ condition: (Promise) -> Bool) -> Int { promises.filter(condition).count }
            let valid = promises.filter { ![.void, .transferred].contains($0.state(at: now)) }
            let states = Dictionary(grouping: promises) { $0.state(at: now) }
            counts = Dictionary(
                uniqueKeysWithValues: PromiseState.allCases.map { ($0.rawValue, states[$0, default: []].count) })
            counts["ended"] = number { $0.state(at: now) == .withdrawn && $0.settlement?.outcome.isEnded == true }
            counts["withdrawn"] = (counts["withdrawn"] ?? 0) - (counts["ended"] ?? 0)
            counts["due"] = valid.count
            counts["backdated"] = number { $0.state(at: now) == .kept && $0.isBackdated }
            counts["instant"] = number { Self.isInstant($0, at: now) }
            counts["kept_without_evidence"] = number {
                $0.state(at: now) == .kept && $0.settlement?.evidence == nil
            }
            counts["disputed"] = number { $0.upheld != nil }
            counts["untold"] = valid.filter { $0.told == nil }.count
            let denominator = number {
                [.kept, .keptLate, .broken, .overdue].contains($0.state(at: now)) && !Self.isInstant($0, at: now)
            }
            func rate(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
            let kept = number { $0.state(at: now) == .kept && !$0.isBackdated && !Self.isInstant($0, at: now) }
            let ended = chains.filter { chain in
                guard !Self.isInstant(chain, at: now) else { return false }
                return switch chain.state(at: now) {
                case .withdrawn, .void, .transferred: false
                case .open, .overdue: now > chain.originalDueAt
                default: true
                }
            }
            let keptAtFirst = ended.count { chain in
                guard let settlement = chain.settlement, case .kept(let at) = settlement.outcome, chain.upheld == nil
                else { return false }
                return at <= chain.originalDueAt && settlement.recordedAt <= chain.originalDueAt && !chain.isBackdated
            }
            rates = [
                rate(kept, denominator), rate(keptAtFirst, ended.count),
                rate(states[.renegotiated, default: []].count, valid.count - (counts["ended"] ?? 0)),
            ]
            let late = promises.filter { [.keptLate, .broken].contains($0.state(at: now)) }
                .compactMap { $0.lateness?.milliseconds }
            let notice = states[.renegotiated, default: []].compactMap { promise in
                promise.settlement.map { (promise.dueAt - $0.outcome.at).wholeSeconds }
            }
            let spans = valid.map { ($0.dueAt - $0.madeAt).wholeSeconds }
            seconds = [Self.percentile(50, notice), Self.percentile(50, spans)]
            lateness = [Self.percentile(50, late), Self.percentile(90, late), late.max()].map {
                $0.map { ElapsedTime(milliseconds: $0) }
            }
        }

        init(_ figures: PromiseFigures) {
            counts = [
                "due": figures.due, "kept": figures.kept, "kept_late": figures.keptLate, "broken": figures.broken,
                "renegotiated": figures.renegotiated, "withdrawn": figures.withdrawn, "void": figures.void,
                "overdue": figures.overdue, "open": figures.open, "backdated": figures.backdated,
                "untold": figures.untold, "ended": figures.ended, "instant": figures.instant,
                "kept_without_evidence": figures.keptWithoutEvidence, "disputed": figures.disputed,
                "transferred": figures.transferred,
            ]
            rates = [figures.keptRate, figures.keptAtOriginalDueRate, figures.renegotiationRate]
            seconds = [figures.noticeSecondsMedian, figures.spanSecondsMedian]
            lateness = [figures.lateMedian, figures.lateP90, figures.lateMax]
        }

        /// Kept in time, and told of in time, within a minute of its making.
        private static func isInstant(_ promise: Promise, at now: Instant) -> Bool {
            guard promise.state(at: now) == .kept, !promise.isBackdated, let at = promise.settlement?.outcome.at else {
                return false
            }
            return at - promise.madeAt <= .seconds(60)
        }

        /// The least value that so many percent of the values do not exceed.
        private static func percentile(_ percent: Int, _ values: [Int64]) -> Int64? {
            values.filter { value in values.filter { $0 <= value }.count * 100 >= percent * values.count }.min()
        }
    }

    /// The key of a row in the plainest way, by Foundation's calendar for days, weeks and months.
    private func key(_ row: RandomPromises.Row, at instant: Instant, _ request: PromiseReportRequest) -> String? {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(identifier: request.timeZone.name) ?? .gmt
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
        let parts = calendar.dateComponents([.year, .month, .day, .weekOfYear, .yearForWeekOfYear], from: date)
        func format(_ format: String, _ values: Int?...) -> String {
            String(format: format, arguments: values.map { $0 ?? 0 })
        }
        return switch request.groupBy {
        case .owner: row.owner?.lowercased()
        case .team: row.fields.team?.lowercased()
        case .kind: row.promise.kind.rawValue
        case .category: row.fields.category?.lowercased()
        case .channel: row.fields.channel.rawValue
        case .severity: row.fields.severity.rawValue
        case .outcome: row.outcome?.rawValue
        case .madeBy: row.promise.madeBy.lowercased()
        case .day: format("%04d-%02d-%02d", parts.year, parts.month, parts.day)
        case .week: format("%04d-W%02d", parts.yearForWeekOfYear, parts.weekOfYear)
        case .month: format("%04d-%02d", parts.year, parts.month)
        }
    }

    private func report(_ rows: [RandomPromises.Row], _ request: PromiseReportRequest, asOf: Instant) -> PromiseReport {
        var builder = PromiseReportBuilder(request, asOf: asOf)
        for row in rows {
            builder.add(
                PromiseFact(
                    row.promise, countedFrom: row.promise.madeAt, accountable: row.owner, in: row.fields,
                    outcome: row.outcome, groupBy: request.groupBy))
        }
        return builder.report()
    }

    @Test(
        "every number can be recounted from the rows", arguments: PromiseGrouping.allCases,
        ["GMT", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"])
    func recount(_ groupBy: PromiseGrouping, _ timeZone: String) throws {
        var random = RandomPromises(seed: 11)
        let rows = random.rows(150)
        let from = RandomPromises.middle + .days(-25)
        let to = RandomPromises.middle + .days(35)
        let asOf = RandomPromises.middle + .days(10)
        let zone = try #require(ZoneDatabase.system.zone(named: timeZone))
        let request = try #require(PromiseReportRequest(from: from, to: to, groupBy: groupBy, timeZone: zone))
        let report = report(rows, request, asOf: asOf)

        let inRange = rows.filter { $0.promise.dueAt >= from && $0.promise.dueAt < to }
        #expect(inRange.count < rows.count)
        // The last of their chains, by the first dates of these.
        let ends = rows.filter {
            $0.promise.successor == nil && $0.promise.originalDueAt >= from && $0.promise.originalDueAt < to
        }
        #expect(
            Recount(report.total) == Recount(inRange.map(\.promise), chains: ends.map(\.promise), at: asOf))
        let groups = Dictionary(grouping: inRange) { key($0, at: $0.promise.dueAt.lastBeforeDue, request) }
        let chains = Dictionary(grouping: ends) { key($0, at: $0.promise.originalDueAt.lastBeforeDue, request) }
        let keys: [String?] = report.groups.map { $0.key?.foldedUnlessTime(groupBy) }
        #expect(groups.keys.allSatisfy(keys.contains), "no group is left out")
        for group in report.groups {
            let key = group.key?.foldedUnlessTime(groupBy)
            let (members, ends) = (groups[key, default: []], chains[key, default: []])
            #expect(!members.isEmpty || !ends.isEmpty)
            #expect(
                Recount(group.figures) == Recount(members.map(\.promise), chains: ends.map(\.promise), at: asOf),
                "\(group.key ?? "null")")
        }
    }

    @Test(
        "groups come by key, the nameless last, a name in the first of its spellings",
        arguments: 1...3 as ClosedRange<UInt64>)
    func order(_ seed: UInt64) throws {
        var random = RandomPromises(seed: seed)
        let rows = random.rows(300)
        let expected: [PromiseGrouping: [String?]] = [
            .owner: ["DAN", "Eve", nil], .team: ["Desk", "REPAIRS", nil], .category: ["Pumps", "ÖL", nil],
            .madeBy: ["Ann", "Bea", "policy"], .severity: ["critical", "high", "low", "normal"],
            .channel: ["chat", "email", "in_person", "letter", "other", "phone", "social", "web"],
            .month: ["2026-02", "2026-03", "2026-04", "2026-05"],
        ]
        for (groupBy, keys) in expected {
            let request = try #require(PromiseReportRequest(from: .earliest, to: .latest, groupBy: groupBy))
            let asOf = RandomPromises.middle
            #expect(report(rows, request, asOf: asOf).groups.map(\.key) == keys, "\(groupBy.rawValue)")
            #expect(
                report(rows, request, asOf: asOf) == report(rows.reversed(), request, asOf: asOf),
                "the order of rows changes nothing")
        }
    }

    @Test("an empty report has no groups, zeros, and no rates")
    func empty() throws {
        let request = try #require(PromiseReportRequest(from: Desk.morning, to: Desk.due, groupBy: .owner))
        let report = PromiseReportBuilder(request, asOf: Desk.due).report()
        #expect(report.groups.isEmpty)
        #expect(Recount(report.total) == Recount([], chains: [], at: Desk.due))
        #expect(report.total.keptRate == nil)
        #expect(report.total.lateMax == nil)
    }

    @Test("from lies before to")
    func range() {
        #expect(PromiseReportRequest(from: Desk.due, to: Desk.due, groupBy: .day) == nil)
        #expect(PromiseReportRequest(from: Desk.late, to: Desk.due, groupBy: .day) == nil)
        #expect(PromiseReportRequest(from: Desk.due, to: Desk.late, groupBy: .day) != nil)
    }

    @Test("promises due at from count, those due at to do not")
    func halfOpen() throws {
        let rows = [Desk.inTime, Desk.due, Desk.late].map {
            RandomPromises.Row(promise: Desk.promise(due: $0), fields: CaseFields(), owner: nil)
        }
        let request = try #require(PromiseReportRequest(from: Desk.due, to: Desk.late, groupBy: .owner))
        #expect(report(rows, request, asOf: Desk.due).total.due == 1)
        #expect(report(rows, request, asOf: Desk.due).total.open == 1)
        #expect(report(rows, request, asOf: Desk.late).total.overdue == 1)
    }
}

extension String {
    fileprivate func foldedUnlessTime(_ grouping: PromiseGrouping) -> String {
        switch grouping {
        case .day, .week, .month: self
        default: lowercased()
        }
    }
}

extension Settlement.Outcome {
    fileprivate var isEnded: Bool {
        if case .withdrawn(_, .ended) = self { true } else { false }
    }
}
