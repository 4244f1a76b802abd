import Complaints
import Testing

@Suite("No open case falls silent (T1)")
struct TimelineTests {
    static let silencing = PromiseAction.allCases.filter { !$0.keepsTheTimeline }

    /// Actions in the states that they are for.
    static func instant(for action: PromiseAction) -> Instant {
        action == .recover || action == .keepBackdated ? Desk.late : Desk.due
    }

    @Test("settling the last promise needs what comes next", arguments: silencing)
    func refused(_ action: PromiseAction) {
        var file = Desk.change()
        let refused = refusal {
            try action.apply(to: 1, of: &file, at: Self.instant(for: action))
        }
        #expect(refused?.violation?.code == .timelineRequired)
        #expect(refused?.violation?.caseID == 7)
    }

    @Test(
        "a new date and a new owner leave the case its timeline",
        arguments: [PromiseAction.renegotiate, .recover, .reassign])
    func needsNothing(_ action: PromiseAction) throws {
        var file = Desk.change()
        let now = Self.instant(for: action)
        try action.apply(to: 1, of: &file, at: now)
        #expect(file.file.unsettledToCustomer.count == 1)
        #expect(!file.file.timeline(at: now).isSilent)
    }

    @Test("with the next promise, or with the resolution, it is done in one step", arguments: silencing)
    func continued(_ action: PromiseAction) throws {
        let now = Self.instant(for: action)
        var goesOn = Desk.change()
        try action.apply(to: 1, of: &goesOn, at: now, then: .promise(Desk.request(.after(.days(3)))))
        #expect(goesOn.made.last?.dueAt == now + .days(3))
        #expect(goesOn.promises.count == 2)
        #expect(goesOn.record.status == .open)

        var resolved = Desk.change()
        try action.apply(to: 1, of: &resolved, at: now, then: .resolve(Desk.resolution))
        #expect(resolved.made.isEmpty)
        #expect(resolved.record.status == .resolved)
        #expect(resolved.record.resolvedAt == now)

        var followed = Desk.change()
        var resolution = Desk.resolution
        resolution.followUp = Desk.request(.after(.days(9)))
        try action.apply(to: 1, of: &followed, at: now, then: .resolve(resolution))
        #expect(followed.made.last?.dueAt == now + .days(9))
        #expect(followed.record.status == .resolved)
    }

    @Test(
        "only a promise from the desk to the customer makes a timeline", arguments: silencing,
        [(Promiser.customer, Promisee.us), (.desk, .us)])
    func wrongParties(_ action: PromiseAction, _ parties: (by: Promiser, to: Promisee)) {
        let now = Self.instant(for: action)
        let request = Desk.request(by: parties.by, to: parties.to)
        var file = Desk.change(promises: [Desk.promise(), Desk.promise(2, by: parties.by, to: parties.to)])
        #expect(
            refusal { try action.apply(to: 1, of: &file, at: now) }?.violation?.code
                == .timelineRequired)
        var next = Desk.change()
        #expect(
            refusal { try action.apply(to: 1, of: &next, at: now, then: .promise(request)) }?
                .violation?.code == .timelineRequired)
    }

    @Test("a case is neither opened nor reopened with the customer's promise alone")
    func openedByTheCustomer() {
        let opened = refusal {
            try CaseChange.open(
                Incoming(
                    CaseRequest(complaint: "It broke.", customer: .known(id: 5), promise: Desk.request(by: .customer))),
                customer: Desk.customer, id: 7, promiseID: 1, policy: Desk.policy, by: Desk.ann, at: Desk.morning)
        }
        #expect(opened?.violation?.code == .timelineRequired)
        for status in [CaseStatus.resolved, .closed] {
            var file = Desk.change(status, promises: [])
            let reopened = refusal {
                try file.reopen(
                    Incoming(ReopenRequest(reason: "Again", promise: Desk.request(by: .customer))),
                    under: Desk.policy, by: Desk.ann, at: Desk.due)
            }
            #expect(reopened?.violation?.code == .timelineRequired)
        }
    }

    @Test("a promise that keeps the last one must itself be to the customer")
    func keeps() throws {
        var refused = Desk.change()
        let request = AddPromiseRequest(Desk.request(by: .customer), keeps: 1)
        #expect(
            refusal { try refused.add(Incoming(request), under: Desk.policy, by: Desk.ann, at: Desk.due) }?
                .violation?.code == .timelineRequired)

        var file = Desk.change()
        try file.add(
            Incoming(AddPromiseRequest(Desk.request(), keeps: 1)), under: Desk.policy, by: Desk.ann, at: Desk.late)
        let made = try #require(file.made.last)
        #expect(file.promise(1)?.state(at: Desk.late) == .keptLate)
        #expect(file.promise(made.id) == made)
        #expect(file.log.map(\.kind) == [.promiseKept, .promiseMade])
    }

    @Test("an overdue promise is still one", arguments: silencing)
    func overdueCounts(_ action: PromiseAction) throws {
        var file = Desk.change(promises: [Desk.promise(), Desk.promise(2, due: Desk.morning + .minutes(1))])
        let now = Self.instant(for: action)
        try action.apply(to: 1, of: &file, at: now)
        #expect(!file.file.timeline(at: now).isSilent)
    }

    @Test("a resolved case needs no timeline, and gets no next promise", arguments: silencing)
    func resolvedCase(_ action: PromiseAction) throws {
        let now = Self.instant(for: action)
        var file = Desk.change(.resolved)
        try action.apply(to: 1, of: &file, at: now)
        #expect(file.file.unsettledToCustomer.isEmpty)
        for then in [Continuation.promise(Desk.request()), .resolve(Desk.resolution)] {
            var other = Desk.change(.resolved)
            #expect(
                refusal { try action.apply(to: 1, of: &other, at: now, then: then) }?
                    .violation?.code == .caseNotOpen)
        }
    }
}
