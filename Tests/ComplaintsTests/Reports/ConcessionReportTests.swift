import Complaints
import Testing

@Suite("The report on concessions counts what was given away (T15)")
struct ConcessionReportTests {
    private func concession(
        _ amount: Int64, _ state: ConcessionState, currency: Currency = .usDollar, isUnderThreat: Bool = false,
        isAboveLimit: Bool = false, team: String? = "North", hours: Int64 = 1
    ) -> ConcessionFact {
        ConcessionFact(
            recordedAt: Desk.morning + .hours(hours), money: Money(amount: amount, currency: currency), state: state,
            isUnderThreat: isUnderThreat, isAboveLimit: isAboveLimit, caseValue: team)
    }

    private func report(
        _ concessions: [ConcessionFact], by grouping: ConcessionGrouping = .owner
    ) throws -> ConcessionReport {
        let request = try #require(
            ConcessionReportRequest(from: Desk.morning, to: Desk.morning + .days(3), groupBy: grouping))
        var builder = EntryReportBuilder<ConcessionFact>(request, asOf: Desk.morning + .days(2))
        for concession in concessions { builder.add(concession) }
        return builder.report()
    }

    @Test("what is granted or approved is given, and all of it was asked for, each currency by itself")
    func amounts() throws {
        let euro = try #require(Currency("EUR"))
        let total = try report([
            concession(1, .granted), concession(2, .pending), concession(4, .approved), concession(8, .refused),
            concession(16, .granted, currency: euro), concession(32, .refused, currency: euro),
        ]).total
        #expect(total.concessions == 6)
        #expect([total.granted, total.pending, total.approved, total.refused] == [2, 1, 1, 2])
        #expect(total.given == [Money(amount: 16, currency: euro), Money(amount: 5, currency: .usDollar)])
        #expect(total.asked == [Money(amount: 48, currency: euro), Money(amount: 15, currency: .usDollar)])
    }

    @Test("those under a threat and above the limit are told apart")
    func reasons() throws {
        let total = try report([
            concession(1, .pending, isUnderThreat: true), concession(1, .pending, isAboveLimit: true),
            concession(1, .approved, isUnderThreat: true, isAboveLimit: true), concession(1, .granted),
        ]).total
        #expect(total.underThreat == 2)
        #expect(total.aboveLimit == 2)
    }

    @Test("every grouping takes its key from the concession, its case or its time")
    func groupings() throws {
        let concessions = [concession(1, .granted), concession(1, .refused, team: nil, hours: 30)]
        for grouping in ConcessionGrouping.allCases {
            let keys: [String?] =
                switch grouping {
                case .state: ["granted", "refused"]
                case .currency: ["USD"]
                case .owner, .team, .category, .channel, .severity, .outcome: ["North", nil]
                case .day: ["2026-03-02", "2026-03-03"]
                case .week: ["2026-W10"]
                case .month: ["2026-03"]
                }
            #expect(try report(concessions, by: grouping).groups.map(\.key) == keys, "\(grouping)")
        }
    }

    @Test(
        "where a concession stands is how its matter was settled",
        arguments: [(nil, .pending), (.granted, .granted), (.approved, .approved), (.refused, .refused)]
            as [(Matter.Outcome?, ConcessionState)])
    func states(outcome: Matter.Outcome?, state: ConcessionState) {
        #expect(ConcessionState(outcome) == state)
    }

    @Test("concessions before the range, at its end, or after the record's instant are left out")
    func range() throws {
        let hours: [Int64] = [-1, 0, 48, 49, 72]
        #expect(try report(hours.map { concession(1, .granted, hours: $0) }).total.concessions == 2)
    }
}
