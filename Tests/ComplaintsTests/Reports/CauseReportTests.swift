import Complaints
import Testing

@Suite("The report on causes ranks what went wrong (T19)")
struct CauseReportTests {
    private func lesson(
        _ cause: String?, case id: Int64, broken: Int = 0, process: String? = nil, review: PromiseState? = nil,
        team: String? = nil, _ hours: Int64 = 1
    ) -> LessonFact {
        LessonFact(
            caseID: id, recordedAt: Desk.morning + .hours(hours), cause: cause, process: process, caseValue: team,
            review: review, brokenPromises: broken)
    }

    private func report(_ lessons: [LessonFact], by grouping: CauseGrouping = .cause) throws -> CauseReport {
        let request = try #require(
            CauseReportRequest(from: Desk.morning, to: Desk.morning + .days(3), groupBy: grouping))
        var builder = EntryReportBuilder<LessonFact>(request, asOf: Desk.morning + .days(2))
        for lesson in lessons { builder.add(lesson) }
        return builder.report()
    }

    @Test("the most cases come first, then the most broken promises, then the name; the nameless are last")
    func ranking() throws {
        let report = try report([
            lesson("Stock", case: 1), lesson("Courier", case: 2, broken: 2), lesson("Address", case: 3),
            lesson("Label", case: 4), lesson("Label", case: 5), lesson("Courier", case: 2, broken: 2),
            lesson(nil, case: 6), lesson(nil, case: 7), lesson(nil, case: 8),
        ])
        #expect(report.groups.map(\.key) == ["Label", "Courier", "Address", "Stock", nil])
        #expect(report.groups.map(\.figures.cases) == [2, 1, 1, 1, 3])
        #expect(report.groups.map(\.figures.lessons) == [2, 2, 1, 1, 3])
        #expect(report.groups.map(\.figures.brokenPromises) == [0, 2, 0, 0, 0])
    }

    @Test("a case with two causes counts under each, and once in the total")
    func cases() throws {
        let total = try report([lesson("Stock", case: 1, broken: 3), lesson("Courier", case: 1, broken: 3)]).total
        #expect(total.lessons == 2)
        #expect(total.cases == 1)
        #expect(total.brokenPromises == 3)
    }

    @Test("names compare without case, causes and processes alike")
    func names() throws {
        let report = try report([
            lesson("stock", case: 1, process: "returns"), lesson("Stock", case: 2, process: "Returns"),
            lesson("STOCK", case: 3, process: "Billing"),
        ])
        #expect(report.groups.map(\.key) == ["STOCK"])
        #expect(report.total.processes == ["Billing", "Returns"])
        #expect(report.groups.map(\.figures) == [report.total])
    }

    @Test("reviews are open, overdue, done or dropped, and lessons without one are none of it")
    func reviews() throws {
        let total = try report(
            ([nil] + PromiseState.allCases).enumerated().map { lesson("x", case: Int64($0.offset), review: $0.element) }
        ).total
        #expect(total.reviews == 9)
        #expect(
            [total.reviewsOpen, total.reviewsOverdue, total.reviewsDone, total.reviewsDropped] == [1, 1, 2, 5])
    }

    @Test("what customers get is summed a currency, each case once however many lessons are of it")
    func redress() throws {
        func lesson(_ id: Int64, _ money: Money?) -> LessonFact {
            LessonFact(
                caseID: id, recordedAt: Desk.morning, cause: id == 1 ? "Stock" : "Courier", process: nil,
                caseValue: nil,
                review: nil, brokenPromises: 0, redress: money)
        }
        let (ten, five) = (Money(amount: 10, currency: .usDollar), Money(amount: 5, currency: .usDollar))
        let euros = Money(amount: 7, currency: try #require(Currency("EUR")))
        let report = try report([
            lesson(1, ten), lesson(1, ten), lesson(2, five), lesson(3, euros), lesson(4, nil),
        ])
        #expect(report.total.redress == [euros, Money(amount: 15, currency: .usDollar)])
        #expect(report.groups.map(\.figures.redress) == [[euros, five], [ten]])
    }

    @Test("every grouping takes its key from the lesson, its case or its time; periods stay in order of time")
    func groupings() throws {
        let lessons = [
            lesson("Stock", case: 1, process: "Returns", team: "North"),
            lesson("Stock", case: 2, process: "Returns", team: "North", 30),
            lesson("Stock", case: 3, team: "South", 31),
        ]
        for grouping in CauseGrouping.allCases {
            let keys: [String?] =
                switch grouping {
                case .cause: ["Stock"]
                case .process: ["Returns", nil]
                case .category, .team, .owner, .outcome: ["North", "South"]
                case .day: ["2026-03-02", "2026-03-03"]
                case .week: ["2026-W10"]
                case .month: ["2026-03"]
                }
            #expect(try report(lessons, by: grouping).groups.map(\.key) == keys, "\(grouping)")
        }
    }

    @Test("lessons before the range, at its end, or after the record's instant are left out")
    func range() throws {
        let hours: [Int64] = [-1, 0, 48, 49, 72]
        #expect(try report(hours.map { lesson("x", case: $0, $0) }).total.lessons == 2)
    }
}
