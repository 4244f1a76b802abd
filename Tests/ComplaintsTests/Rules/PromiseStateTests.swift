import Complaints
import Testing

@Suite("The state of a promise follows from instants")
struct PromiseStateTests {
    /// A row of the table in the design: how the promise was settled, if it was, as a function of when.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let outcome: @Sendable (Instant) -> Settlement.Outcome
        let beforeDue: PromiseState
        let atDue: PromiseState
        let afterDue: PromiseState
    }

    static let rows = [
        Row(
            testDescription: "kept", outcome: { .kept(at: $0) },
            beforeDue: .kept, atDue: .kept, afterDue: .keptLate),
        Row(
            testDescription: "superseded", outcome: { .superseded(at: $0, by: 9) },
            beforeDue: .renegotiated, atDue: .renegotiated, afterDue: .broken),
        Row(
            testDescription: "withdrawn with the customer's release",
            outcome: { .withdrawn(at: $0, release: .customerAgreed) },
            beforeDue: .withdrawn, atDue: .withdrawn, afterDue: .broken),
        Row(
            testDescription: "withdrawn, the customer being unreachable",
            outcome: { .withdrawn(at: $0, release: .without(.unreachable)) },
            beforeDue: .broken, atDue: .broken, afterDue: .broken),
        Row(
            testDescription: "withdrawn as impossible",
            outcome: { .withdrawn(at: $0, release: .without(.impossible)) },
            beforeDue: .broken, atDue: .broken, afterDue: .broken),
        Row(
            testDescription: "withdrawn as a duplicate",
            outcome: { .withdrawn(at: $0, release: .without(.duplicate)) },
            beforeDue: .broken, atDue: .broken, afterDue: .broken),
        Row(
            testDescription: "withdrawn as the relationship ended",
            outcome: { .withdrawn(at: $0, release: .ended) },
            beforeDue: .withdrawn, atDue: .withdrawn, afterDue: .broken),
        Row(
            testDescription: "taken back as a mistake", outcome: { .void(at: $0) },
            beforeDue: .void, atDue: .void, afterDue: .void),
    ]

    @Test("a settled promise is in the state that its settlement gave it, whenever one looks", arguments: rows)
    func settled(_ row: Row) {
        let cases = [(Desk.inTime, row.beforeDue), (Desk.due, row.atDue), (Desk.late, row.afterDue)]
        for (happenedAt, state) in cases {
            let settlement = Settlement(outcome: row.outcome(happenedAt), recordedAt: happenedAt, by: "Ann")
            let promise = Desk.promise(settlement: settlement)
            for now in [happenedAt, Desk.due, Desk.late, Desk.due + .days(1000)] {
                #expect(promise.state(at: now) == state, "settled \(happenedAt.rfc3339), seen \(now.rfc3339)")
            }
            #expect(!promise.isUnsettled)
        }
    }

    @Test(
        "an unsettled promise is open up to its very due instant, and overdue a millisecond later",
        arguments: [
            (Desk.morning, PromiseState.open), (Desk.inTime, .open), (Desk.due, .open), (Desk.late, .overdue),
            (Desk.due + .days(1000), .overdue),
        ])
    func unsettled(_ now: Instant, _ state: PromiseState) {
        #expect(Desk.promise().state(at: now) == state)
        #expect(Desk.promise().wasEverBroken(at: now) == (state == .overdue))
    }

    @Test("lateness survives: what was on record as unsettled past its due instant was broken, whatever came of it")
    func latenessSurvives() {
        for row in Self.rows {
            for (at, wasLate) in [(Desk.inTime, false), (Desk.due, false), (Desk.late, true)] {
                let promise = Desk.promise(
                    settlement: Settlement(outcome: row.outcome(at), recordedAt: at, by: "Ann"))
                let isBroken = wasLate || row.beforeDue == .broken
                #expect(promise.wasEverBroken(at: Desk.due + .days(1)) == isBroken, "\(row.testDescription)")
            }
        }
    }

    @Test("once ever_broken it stays so: what the record is told later takes nothing back")
    func everBrokenStays() {
        for row in Self.rows {
            for happenedAt in [Desk.inTime, Desk.due, Desk.late] {
                let recordedAt = Desk.late + .hours(1)
                let settlement = Settlement(outcome: row.outcome(happenedAt), recordedAt: recordedAt, by: "Ann")
                #expect(Desk.promise().wasEverBroken(at: Desk.late))
                #expect(Desk.promise(settlement: settlement).wasEverBroken(at: recordedAt), "\(row.testDescription)")
            }
        }
    }

    @Test("the time of what the policy promises as a case is opened is counted from the receipt of the complaint")
    func countedFrom() {
        func start(madeBy: String, madeAt: Instant) -> Instant {
            Promise(
                id: 1, caseID: 7, kind: .acknowledge, what: "Call", madeBy: madeBy, madeAt: madeAt, dueAt: Desk.due
            ).countedFrom(receivedAt: Desk.morning + .days(-3), openedAt: Desk.morning)
        }
        #expect(start(madeBy: "policy", madeAt: Desk.morning) == Desk.morning + .days(-3))
        #expect(start(madeBy: "policy", madeAt: Desk.inTime) == Desk.inTime, "of a case that was opened again")
        #expect(start(madeBy: "Ann", madeAt: Desk.morning) == Desk.morning)
    }

    @Test("late_seconds is null until settled and for a mistake, zero in time, and counts from the due instant")
    func lateness() {
        #expect(Desk.promise().lateness == nil)
        for row in Self.rows {
            let seconds = [Desk.morning, Desk.due, Desk.due + ElapsedTime(milliseconds: 90_218)].map { at in
                Desk.promise(settlement: Settlement(outcome: row.outcome(at), recordedAt: at, by: "Ann"))
                    .lateness?.milliseconds
            }
            #expect(seconds == (row.atDue == .void ? [nil, nil, nil] : [0, 0, 90_218]), "\(row.testDescription)")
        }
    }

    @Test(
        "a keep is backdated when it happened in time and was recorded late",
        arguments: [
            (Desk.inTime, Desk.inTime, false), (Desk.inTime, Desk.due, false), (Desk.inTime, Desk.late, true),
            (Desk.due, Desk.late, true), (Desk.late, Desk.late, false), (Desk.late, Desk.due + .days(1), false),
        ])
    func backdating(_ keptAt: Instant, _ recordedAt: Instant, _ isBackdated: Bool) {
        let promise = Desk.promise(
            settlement: Settlement(outcome: .kept(at: keptAt), recordedAt: recordedAt, by: "Ann"))
        #expect(promise.isBackdated == isBackdated)
        #expect(promise.state(at: recordedAt) == (keptAt <= Desk.due ? .kept : .keptLate))
    }

    @Test("only a keep can be backdated")
    func onlyKeeps() {
        for row in Self.rows where row.testDescription != "kept" {
            let settlement = Settlement(outcome: row.outcome(Desk.inTime), recordedAt: Desk.late, by: "Ann")
            #expect(!Desk.promise(settlement: settlement).isBackdated, "\(row.testDescription)")
        }
        #expect(!Desk.promise().isBackdated)
    }

    @Test("the reason shown is that of the settlement, else that of the making")
    func reason() {
        var promise = Promise(
            id: 1, caseID: 7, kind: .other, what: "Call", madeBy: "Ann", madeAt: Desk.morning, dueAt: Desk.due,
            reasonMade: "made because")
        #expect(promise.reason == "made because")
        promise.settlement = Settlement(outcome: .kept(at: Desk.due), recordedAt: Desk.due, by: "Ann")
        #expect(promise.reason == "made because")
        promise.settlement = Settlement(
            outcome: .void(at: Desk.due), recordedAt: Desk.due, by: "Ann", reason: "settled because")
        #expect(promise.reason == "settled because")
    }

    @Test(
        "an owner is warned from the policy's warn_ahead before the due instant, until the promise is due or settled",
        arguments: [
            (ElapsedTime(milliseconds: -3_600_001), false), (.hours(-1), true), (.zero, true),
            (ElapsedTime(milliseconds: 1), false),
        ])
    func dueSoon(fromDue: ElapsedTime, isDueSoon: Bool) throws {
        let now = Desk.due + fromDue
        #expect(Desk.promise().isDueSoon(under: Desk.policy, at: now) == isDueSoon)
        let kept = Settlement(outcome: .kept(at: Desk.morning), recordedAt: Desk.morning, by: "Ann")
        #expect(!Desk.promise(settlement: kept).isDueSoon(under: Desk.policy, at: now))
    }
}
