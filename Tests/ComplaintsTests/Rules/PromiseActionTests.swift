import Complaints
import Testing

@Suite("What each action does to a promise in each state")
struct PromiseActionTests {
    enum Expected: Equatable {
        case state(PromiseState)
        case refused(RuleViolation.Code)
    }

    /// The state that a promise has after an action, or the rule that stood against it.
    static func expected(_ state: PromiseState, _ action: PromiseAction) -> Expected {
        switch (state, action) {
        case (.open, .keep), (.open, .keepBackdated): .state(.kept)
        case (.open, .renegotiate): .state(.renegotiated)
        case (.open, .recover): .refused(.promiseNotBroken)
        case (.open, .withdrawReleased): .state(.withdrawn)
        case (.open, .withdrawUnreleased): .state(.broken)
        case (.open, .void), (.overdue, .void): .state(.void)
        case (.open, .reassign): .state(.open)
        case (.overdue, .keep): .state(.keptLate)
        case (.overdue, .keepBackdated): .state(.kept)
        case (.overdue, .renegotiate): .refused(.promiseBroken)
        case (.overdue, .recover): .state(.broken)
        case (.overdue, .withdrawReleased), (.overdue, .withdrawUnreleased): .state(.broken)
        case (.overdue, .reassign): .state(.overdue)
        case (.kept, _), (.keptLate, _), (.renegotiated, _), (.withdrawn, _), (.broken, _), (.void, _),
            (.transferred, _):
            .refused(.promiseSettled)
        }
    }

    /// A promise in that state, and an instant at which it is.
    static func promise(in state: PromiseState) -> (promise: Promise, now: Instant) {
        func settled(_ outcome: Settlement.Outcome) -> (promise: Promise, now: Instant) {
            let settlement = Settlement(outcome: outcome, recordedAt: outcome.at, by: "Bea")
            return (Desk.promise(settlement: settlement), outcome.at + .minutes(1))
        }
        return switch state {
        case .open: (Desk.promise(), Desk.due)
        case .overdue: (Desk.promise(), Desk.late)
        case .kept: settled(.kept(at: Desk.inTime))
        case .keptLate: settled(.kept(at: Desk.late))
        case .renegotiated: settled(.superseded(at: Desk.due, by: 2))
        case .withdrawn: settled(.withdrawn(at: Desk.due, release: .customerAgreed))
        case .broken: settled(.superseded(at: Desk.late, by: 2))
        case .void: settled(.void(at: Desk.inTime))
        case .transferred: settled(.transferred(at: Desk.inTime, to: 2))
        }
    }

    @Test(
        "every state and action: the new state, or the rule that refuses", arguments: PromiseState.allCases,
        PromiseAction.allCases)
    func table(_ state: PromiseState, _ action: PromiseAction) {
        let (promise, now) = Self.promise(in: state)
        #expect(promise.state(at: now) == state)
        // Another promise keeps the case from falling silent.
        let other = Desk.promise(2, due: Desk.due + .days(30))
        let before = Desk.change(promises: [promise, other])
        var file = before
        let refused = refusal { try action.apply(to: 1, of: &file, at: now) }
        switch Self.expected(state, action) {
        case .state(let expected):
            #expect(refused == nil)
            #expect(file.promise(1)?.state(at: now) == expected)
            #expect(file.promise(1)?.version == 2)
            #expect(!file.log.isEmpty)
        case .refused(let code):
            #expect(refused?.violation?.code == code)
            #expect(refused?.violation?.promiseIDs == [1])
            #expect(refused?.violation?.settlement == promise.settlement)
            #expect(file.promises == before.promises)
            #expect(file.log.isEmpty)
        }
        #expect(file.promise(1)?.dueAt == promise.dueAt, "a due instant never changes")
        #expect(file.promise(1)?.madeAt == promise.madeAt)
        #expect(file.promise(2) == other)
    }

    @Test("a settled promise is refused with who settled it, when, and how")
    func namesTheSettlement() throws {
        let settlement = Settlement(outcome: .kept(at: Desk.late), recordedAt: Desk.late, by: "Bea")
        var file = Desk.change(promises: [Desk.promise(settlement: settlement), Desk.promise(2)])
        let refused = refusal {
            try file.reassign(
                1, Incoming(ReassignRequest(owner: "Dan", reason: "Shift")), by: Desk.ann, at: Desk.due + .days(1))
        }
        let detail = try #require(refused?.violation?.detail)
        #expect(detail.contains("Bea"))
        #expect(detail.contains(Desk.late.rfc3339))
        #expect(detail.contains("kept late"))
    }

    @Test("what no other body would change is told before what is wrong with the body")
    func settledFirst() {
        let settlement = Settlement(outcome: .kept(at: Desk.due), recordedAt: Desk.due, by: "Bea")
        var file = Desk.change(promises: [Desk.promise(settlement: settlement)])
        let refused = refusal {
            try file.renew(
                1, .renegotiate, Desk.renewal(.at(Desk.morning)), under: Desk.policy, by: Desk.ann, at: Desk.late)
        }
        #expect(refused?.violation?.code == .promiseSettled)
    }

    @Test("reassigning to the owner it has changes nothing and writes nothing")
    func sameOwner() throws {
        var file = Desk.change(promises: [Desk.promise(owner: "Dan")])
        try file.reassign(1, Incoming(ReassignRequest(owner: "Dan", reason: "Shift")), by: Desk.ann, at: Desk.due)
        try file.reassign(1, Incoming(ReassignRequest(owner: "DAN", reason: "Typo")), by: Desk.bea, at: Desk.due)
        #expect(file == Desk.change(promises: [Desk.promise(owner: "Dan")]))
    }

    @Test("what changed hands is known with its owner before, also when it had none")
    func ownersBefore() throws {
        var file = Desk.change(promises: [Desk.promise(), Desk.promise(2, owner: "Bea")])
        for owner in ["Dan", "Eve"] {
            for id: Int64 in [1, 2] {
                try file.reassign(
                    id, Incoming(ReassignRequest(owner: owner, reason: "Shift")), by: Desk.ann, at: Desk.due)
            }
        }
        #expect(file.ownersBefore == [1: nil, 2: "Bea"])
        #expect(file.promises.map(\.owner) == ["Eve", "Eve"])
    }
}
