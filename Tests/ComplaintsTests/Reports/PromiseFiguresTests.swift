import Complaints
import Testing

@Suite("The columns of a report, by hand")
struct PromiseFiguresTests {
    /// Promises made in the morning and due two hours later, settled so many seconds after that, or not at all.
    private func figures(_ outcomes: [Settlement.Outcome?], recordedAfter delay: ElapsedTime = .zero) throws
        -> PromiseFigures
    {
        let request = try #require(PromiseReportRequest(from: Desk.morning, to: Desk.due + .days(1), groupBy: .owner))
        var builder = PromiseReportBuilder(request, asOf: Desk.late)
        for outcome in outcomes {
            builder.add(
                PromiseFact(
                    key: "Dan", countedFrom: Desk.morning, dueAt: Desk.due, originalDueAt: Desk.due, isTold: true,
                    outcome: outcome, recordedAt: outcome.map { $0.at + delay }))
        }
        return builder.report().total
    }

    @Test(
        "late_seconds by nearest rank",
        arguments: [
            ([10], 10, 10, 10), ([20, 10], 10, 20, 20), ([30, 10, 20], 20, 30, 30), ([4, 1, 3, 2], 2, 4, 4),
            ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 9, 10), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10, 11),
            ([15, 20, 35, 40, 50], 35, 50, 50), (Array(1...100), 50, 90, 100), ([7, 7, 7, 900], 7, 900, 900),
        ] as [([Int64], Int64, Int64, Int64)])
    func nearestRank(_ seconds: [Int64], _ median: Int64, _ p90: Int64, _ max: Int64) throws {
        let late = try figures(seconds.map { .kept(at: Desk.due + .seconds($0)) })
        #expect([late.lateMedian, late.lateP90, late.lateMax] == [median, p90, max].map { .seconds($0) })
        let moved = try figures(seconds.map { .superseded(at: Desk.due + .seconds(-$0), by: 9) })
        #expect(moved.noticeSecondsMedian == median)
        #expect(moved.lateMax == nil)
    }

    @Test("void ones are listed, and counted nowhere else")
    func void() throws {
        let figures = try figures([.void(at: Desk.late), .kept(at: Desk.due)])
        #expect(figures.void == 1)
        #expect(figures.due == 1)
        #expect(figures.keptRate == 1)
        let alone = try self.figures([.void(at: Desk.late)])
        #expect(alone.due == 0)
        #expect(alone.keptRate == nil)
        #expect(alone.renegotiationRate == nil)
        #expect(alone.spanSecondsMedian == nil)
        #expect(alone.lateMax == nil)
    }

    @Test("a backdated keep is a kept one that earns nothing")
    func backdated() throws {
        let figures = try figures([.kept(at: Desk.due), .kept(at: Desk.due)], recordedAfter: .seconds(1))
        #expect(figures.kept == 2)
        #expect(figures.backdated == 2)
        #expect(figures.keptRate == 0)
        #expect(figures.keptAtOriginalDueRate == 0)
    }

    @Test("the kept rate is of what was to be kept by now; renegotiated, withdrawn and open ones stay out")
    func keptRate() throws {
        let figures = try figures([
            .kept(at: Desk.due), .kept(at: Desk.late), .superseded(at: Desk.late, by: 9), nil,
            .superseded(at: Desk.due, by: 9), .withdrawn(at: Desk.due, release: .customerAgreed),
            .withdrawn(at: Desk.morning, release: .without(.impossible)), .void(at: Desk.due),
        ])
        #expect(figures.keptRate == 1.0 / 5.0)
        #expect(figures.renegotiationRate == 1.0 / 7.0)
        #expect(figures.lateMedian == ElapsedTime(milliseconds: 1), "no millisecond is lost")
        let ended = try self.figures([
            .withdrawn(at: Desk.due, release: .ended), .withdrawn(at: Desk.late, release: .ended), .kept(at: Desk.due),
            .superseded(at: Desk.due, by: 9),
        ])
        #expect(ended.ended == 1 && ended.withdrawn == 0 && ended.broken == 1 && ended.due == 4)
        #expect(ended.keptRate == 0.5 && ended.renegotiationRate == 1.0 / 3.0)
        let givenUp = try self.figures([.withdrawn(at: Desk.morning, release: .without(.impossible))])
        #expect(givenUp.lateMax == .zero, "one given up in time without release is broken, and zero late")
        #expect(PromiseFigures.keptRateDenominator == "kept - instant + kept_late + broken + overdue")
    }

    @Test(
        "reassigned late is what came into other hands in the last quarter of its span",
        arguments: [(nil, 0), (-3601, 0), (-3600, 1), (0, 1)] as [(Int64?, Int)])
    func reassignedLate(secondsBeforeDue: Int64?, count: Int) throws {
        let request = try #require(PromiseReportRequest(from: Desk.morning, to: Desk.late, groupBy: .owner))
        var builder = PromiseReportBuilder(request, asOf: Desk.late)
        builder.add(
            PromiseFact(
                key: nil, countedFrom: Desk.due + .hours(-4), dueAt: Desk.due, originalDueAt: Desk.due, isTold: true,
                outcome: nil, recordedAt: nil, reassignedAt: secondsBeforeDue.map { Desk.due + .seconds($0) }))
        #expect(builder.report().total.reassignedLate == count)
    }

    @Test("moving the date buys nothing in the rate by the original date")
    func originalDue() throws {
        let request = try #require(PromiseReportRequest(from: Desk.morning, to: Desk.late, groupBy: .owner))
        var builder = PromiseReportBuilder(request, asOf: Desk.late)
        for keptAt in [Desk.due + .hours(-1), Desk.inTime] {
            builder.add(
                PromiseFact(
                    key: nil, countedFrom: Desk.morning, dueAt: Desk.due, originalDueAt: Desk.due + .hours(-1),
                    isTold: false, outcome: .kept(at: keptAt), recordedAt: keptAt))
        }
        // What it was moved from is no chain of its own.
        builder.add(
            PromiseFact(
                key: nil, countedFrom: Desk.morning, dueAt: Desk.due, originalDueAt: Desk.due + .hours(-1),
                isTold: true,
                outcome: .superseded(at: Desk.inTime, by: 9), recordedAt: Desk.inTime, successor: 9))
        let total = builder.report().total
        #expect(total.keptRate == 1)
        #expect(total.keptAtOriginalDueRate == 0.5)
        #expect(total.untold == 2)
        #expect(total.spanSecondsMedian == 7200)
    }

    /// The chain of a date that moved from an hour before `Desk.due` to then, and the rate of what became of it.
    private func chainRate(
        _ outcome: Settlement.Outcome?, recordedAt: Instant? = nil, madeAt: Instant = Desk.morning,
        chainMadeAt: Instant = Desk.morning, asOf: Instant = Desk.late
    ) throws -> Double? {
        let first = Desk.due + .hours(-1)
        let request = try #require(PromiseReportRequest(from: first, to: Desk.due, groupBy: .owner))
        var builder = PromiseReportBuilder(request, asOf: asOf)
        builder.add(
            PromiseFact(
                key: nil, countedFrom: madeAt, chainMadeAt: chainMadeAt, dueAt: Desk.due, originalDueAt: first,
                isTold: true, outcome: outcome, recordedAt: outcome.map { recordedAt ?? $0.at }))
        #expect(builder.report().total.due == 0, "it is due out of the range")
        return builder.report().total.keptAtOriginalDueRate
    }

    @Test("a chain counts where it was first due, and is not kept while it is open past that")
    func chains() throws {
        let first = Desk.due + .hours(-1)
        #expect(try chainRate(nil, asOf: first) == nil, "the date has not passed yet")
        #expect(try chainRate(nil, asOf: first + ElapsedTime(milliseconds: 1)) == 0)
        #expect(try chainRate(.kept(at: first)) == 1)
        #expect(try chainRate(.kept(at: first + ElapsedTime(milliseconds: 1))) == 0)
        #expect(try chainRate(.withdrawn(at: Desk.late, release: .customerAgreed)) == 0)
        #expect(try chainRate(.withdrawn(at: first, release: .customerAgreed)) == nil)
        #expect(try chainRate(.void(at: Desk.late)) == nil)
    }

    @Test("said to have been kept before the first date, on a record of after it, is not kept by it")
    func backdatedToTheFirstDate() throws {
        let first = Desk.due + .hours(-1)
        #expect(try chainRate(.kept(at: first), recordedAt: Desk.inTime) == 0)
    }

    @Test("a new date that is kept at once takes no chain out of the rate that has waited for longer")
    func movedAndKeptAtOnce() throws {
        let (made, kept) = (Desk.inTime + .seconds(-30), Desk.inTime)
        #expect(try chainRate(.kept(at: kept), madeAt: made) == 0)
        #expect(try chainRate(.kept(at: kept), madeAt: made, chainMadeAt: made) == nil)
    }

    @Test("fifty of \"Say hello\", kept within the minute, are in no rate; without evidence they are counted")
    func instant() throws {
        let hello = Array(repeating: Settlement.Outcome?.some(.kept(at: Desk.morning + .seconds(60))), count: 50)
        let figures = try figures(hello + [.kept(at: Desk.late)])
        #expect(figures.kept == 50 && figures.instant == 50 && figures.keptWithoutEvidence == 50)
        #expect(figures.keptRate == 0)
        #expect(figures.keptAtOriginalDueRate == 0)
        let waited = try self.figures([.kept(at: Desk.morning + ElapsedTime(milliseconds: 60_001))])
        #expect(waited.instant == 0 && waited.keptRate == 1)
        let alone = try self.figures(hello)
        #expect(alone.keptRate == nil && alone.keptAtOriginalDueRate == nil)
    }

    @Test("a keep that was found to be none is broken, and counted as that alone")
    func disputed() throws {
        let request = try #require(PromiseReportRequest(from: Desk.morning, to: Desk.late, groupBy: .owner))
        var builder = PromiseReportBuilder(request, asOf: Desk.late)
        builder.add(
            PromiseFact(
                key: nil, countedFrom: Desk.morning, dueAt: Desk.due, originalDueAt: Desk.due, isTold: true,
                outcome: .kept(at: Desk.morning), recordedAt: Desk.morning, upheldAt: Desk.inTime))
        let total = builder.report().total
        #expect(total.broken == 1 && total.disputed == 1)
        #expect(total.kept == 0 && total.instant == 0 && total.keptWithoutEvidence == 0)
        #expect(total.keptRate == 0 && total.keptAtOriginalDueRate == 0)
        #expect(total.lateMax == .zero)
    }
}
