import Complaints
import Testing

@Suite("The report on threats counts what was in them (T16)")
struct ThreatReportTests {
    private func threat(
        _ kind: ThreatKind = .legal, stake: Money? = nil, _ verdict: ThreatVerdict? = nil, afterMinutes: Int64? = nil,
        channel: String? = "phone", hours: Int64 = 1
    ) -> ThreatFact {
        let recordedAt = Desk.morning + .hours(hours)
        return ThreatFact(
            recordedAt: recordedAt, kind: kind, stake: stake, caseValue: channel,
            assessedAt: verdict.map { _ in recordedAt + .minutes(afterMinutes ?? 1) }, verdict: verdict)
    }

    private func report(_ threats: [ThreatFact], by grouping: ThreatGrouping = .threatKind) throws -> ThreatReport {
        let request = try #require(
            ThreatReportRequest(from: Desk.morning, to: Desk.morning + .days(3), groupBy: grouping))
        var builder = EntryReportBuilder<ThreatFact>(request, asOf: Desk.morning + .days(2))
        for threat in threats { builder.add(threat) }
        return builder.report()
    }

    @Test("each is unassessed or has a verdict")
    func verdicts() throws {
        let total = try report(
            [nil, nil, .credible, .unfounded, .unknown].map { threat(.other, $0) }
        ).total
        #expect(total.threats == 5)
        #expect([total.unassessed, total.credible, total.unfounded, total.unknown] == [2, 1, 1, 1])
    }

    @Test("what is at stake is added up by currency, and currencies are never mixed")
    func stakes() throws {
        let euro = try #require(Currency("EUR"))
        let report = try report([
            threat(stake: Money(amount: 5, currency: .usDollar)), threat(stake: Money(amount: 7, currency: euro)),
            threat(.safety, stake: Money(amount: 11, currency: euro)), threat(.safety),
        ])
        #expect(report.groups.map(\.key) == ["legal", "safety"])
        #expect(
            report.groups.map(\.figures.valueAtStake) == [
                [Money(amount: 7, currency: euro), Money(amount: 5, currency: .usDollar)],
                [Money(amount: 11, currency: euro)],
            ])
        #expect(
            report.total.valueAtStake == [
                Money(amount: 18, currency: euro), Money(amount: 5, currency: .usDollar),
            ])
    }

    @Test("a sum that no integer can hold stays at the greatest one")
    func hugeStakes() throws {
        let huge = Money(amount: .max / 2, currency: .usDollar)
        let total = try report(Array(repeating: threat(stake: huge), count: 3)).total
        #expect(total.valueAtStake == [Money(amount: .max, currency: .usDollar)])
    }

    @Test("the median is of those that were looked into")
    func median() throws {
        let report = try report(
            [threat()] + [9, 1, 5, 30].map { threat(.legal, .unknown, afterMinutes: $0) } + [threat(.safety)])
        #expect(report.groups.map(\.figures.assessmentSecondsMedian) == [300, nil])
        #expect(report.total.assessmentSecondsMedian == 300)
    }

    @Test("every grouping takes its key from the threat, its case or its time")
    func groupings() throws {
        let threats = [threat(.legal, .credible), threat(.safety, channel: nil, hours: 30)]
        for grouping in ThreatGrouping.allCases {
            let keys: [String?] =
                switch grouping {
                case .threatKind: ["legal", "safety"]
                case .verdict: ["credible", nil]
                case .owner, .team, .category, .channel, .severity, .outcome: ["phone", nil]
                case .day: ["2026-03-02", "2026-03-03"]
                case .week: ["2026-W10"]
                case .month: ["2026-03"]
                }
            #expect(try report(threats, by: grouping).groups.map(\.key) == keys, "\(grouping)")
        }
    }

    @Test("threats before the range, at its end, or after the record's instant are left out")
    func range() throws {
        #expect(try report([-1, 0, 48, 49, 72].map { threat(hours: $0) }).total.threats == 2)
    }
}
