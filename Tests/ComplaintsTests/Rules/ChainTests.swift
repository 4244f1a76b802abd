import Complaints
import Testing

/// The tricks by which a date could be moved without the customer hearing of it, each by its name (T3).
@Suite("Whatever takes the place of an unsettled promise is in its chain")
struct ChainTests {
    private static let later = DueRequest.after(.days(20))
    private static let earlier = DueRequest.after(.minutes(30))

    /// A promise in place of one that is due at `Desk.due`.
    private static func next(
        _ due: DueRequest, kind: PromiseKind = .callback, nextStep: String? = nil, notified: NoticeRequest? = nil,
        to: Promisee? = nil
    ) -> PromiseRequest {
        PromiseRequest(
            kind: kind, what: "Call back", due: due, nextStep: nextStep, to: to, customerNotified: notified)
    }

    /// Takes promise 1 back, or gives it up, for another one, an hour before it is due.
    private func replace(
        _ action: Action, _ next: PromiseRequest, of promise: Promise = Desk.promise(told: false),
        notified: NoticeRequest? = nil, by actor: Actor = Desk.manager, at now: Instant = Desk.morning + .hours(1)
    ) -> (file: CaseChange, refused: Refusal?) {
        var file = Desk.change(promises: [promise])
        let refused = refusal {
            switch action {
            case .void:
                let request = VoidRequest(reason: "Typed wrongly", customerNotified: notified)
                try file.void(
                    1, Incoming(SettleAndContinue(request, then: .promise(next))), under: Desk.policy, by: actor,
                    at: now)
            case .withdraw(let release):
                let request = WithdrawRequest(reason: "Typed wrongly", release: release, customerNotified: notified)
                try file.withdraw(
                    1, Incoming(SettleAndContinue(request, then: .promise(next))), under: Desk.policy, by: actor,
                    at: now)
            }
        }
        return (file, refused)
    }

    enum Action: Sendable {
        case void
        case withdraw(Release)
    }

    static let actions: [Action] = [.void, .withdraw(.customerAgreed), .withdraw(.without(.unreachable))]

    @Test("voided, and promised again for later, is a slip that the customer hears of", arguments: actions)
    func moved(_ action: Action) throws {
        let told: NoticeRequest? = if case .withdraw(.customerAgreed) = action { Desk.reached } else { nil }
        let silent = replace(action, Self.next(Self.later), notified: told).refused
        #expect(
            silent?.issues == ["#/next_promise/next_step required"]
                + (told == nil ? ["#/next_promise/customer_notified required"] : []))

        let (file, refused) = replace(
            action, Self.next(Self.later, nextStep: "Look for it", notified: Desk.reached), notified: told)
        #expect(refused == nil)
        let (old, new) = (file.promises[0], try #require(file.made.last))
        #expect(new.supersedes == 1 && new.slips == 1 && new.originalDueAt == Desk.due)
        #expect(new.totalSlip == new.dueAt - Desk.due)
        #expect(new.reason == "Typed wrongly")
        #expect(new.customerNotified?.outcome == .reached)
        #expect(old.successor == new.id)
        let state: PromiseState =
            switch action {
            case .void: .void
            case .withdraw(.customerAgreed): .withdrawn
            case .withdraw: .broken
            }
        #expect(old.state(at: Desk.late) == state, "its state follows from what was done with it")
    }

    @Test("one notice tells of both: that the promise is none, and what takes its place")
    func oneNotice() throws {
        let next = Self.next(Self.later, nextStep: "Look for it")
        let (file, refused) = replace(.void, next, of: Desk.promise(), notified: Desk.reached)
        #expect(refused == nil)
        #expect(file.made.last?.customerNotified?.outcome == .reached)
        let inside = Self.next(Self.later, nextStep: "Look for it", notified: Desk.reached)
        #expect(replace(.void, inside, of: Desk.promise()).refused == nil)
        #expect(replace(.withdraw(.customerAgreed), inside).refused == nil)
    }

    @Test("an earlier date is no slip, by whatever way", arguments: actions)
    func earlier(_ action: Action) throws {
        let told: NoticeRequest? = if case .withdraw(.customerAgreed) = action { Desk.reached } else { nil }
        let (file, refused) = replace(action, Self.next(Self.earlier), notified: told)
        #expect(refused == nil)
        let new = try #require(file.made.last)
        #expect(new.supersedes == 1 && new.slips == 0 && new.originalDueAt == Desk.due)
        #expect(new.totalSlip < .zero)
    }

    @Test("renegotiated to an earlier date is no slip, and back to a later one is")
    func renegotiatedEarlier() throws {
        var file = Desk.change()
        try file.renew(
            1, .renegotiate, Desk.renewal(.after(.hours(1))), under: Desk.policy, by: Desk.ann, at: Desk.morning)
        #expect(file.made.last?.slips == 0)
        #expect(file.made.last?.supersedes == 1)
        try file.renew(
            100, .renegotiate, Desk.renewal(.after(.hours(2))), under: Desk.policy, by: Desk.ann, at: Desk.morning)
        #expect(file.made.last?.slips == 1)
        #expect(file.made.last?.totalSlip == .zero)
    }

    @Test("a mistake that nobody was told of begins anew: within 15 minutes, by its maker, once")
    func correction() throws {
        let now = Desk.morning + .minutes(3)
        let untold = Desk.promise(told: false)
        let (file, refused) = replace(.void, Self.next(Self.later), of: untold, by: Desk.ann, at: now)
        #expect(refused == nil)
        let new = try #require(file.made.first)
        #expect(new.supersedes == 1 && new.slips == 0 && new.originalDueAt == new.dueAt)
        #expect(file.made.last?.kind == .acknowledge, "a first promise far off is no acknowledgement")

        let told = replace(
            .void, Self.next(Self.later), of: Desk.promise(), notified: Desk.reached, by: Desk.ann, at: now)
        #expect(told.refused?.issues == ["#/next_promise/next_step required"], "the customer had heard of it")
        let late = replace(.void, Self.next(Self.later), of: untold, by: Desk.manager, at: now)
        #expect(late.refused != nil, "somebody else corrects nothing")

        var again = Desk.change(promises: [untold])
        let request = SettleAndContinue(
            VoidRequest(reason: "Wrong day"),
            then: .promise(
                PromiseRequest(
                    what: "Call", due: .after(.days(1)),
                    customerNotified: NoticeRequest(channel: .phone, outcome: .attempted))))
        try again.void(1, Incoming(request), under: Desk.policy, by: Desk.ann, at: now)
        let second = refusal {
            let request = SettleAndContinue(VoidRequest(reason: "Wrong day"), then: .promise(Self.next(Self.later)))
            try again.void(100, Incoming(request), under: Desk.policy, by: Desk.ann, at: now)
        }
        #expect(
            second?.issues == ["#/next_promise/next_step required", "#/next_promise/customer_notified required"],
            "a correction is not corrected")
    }

    @Test("the policy's promise is no mistake of anybody's: what takes its place is in its chain")
    func policys() throws {
        var promise = Promise(
            id: 1, caseID: 7, kind: .acknowledge, what: "Acknowledge", madeBy: Actor.policy.name, madeAt: Desk.morning,
            dueAt: Desk.due)
        promise.owner = nil
        let now = Desk.morning + .minutes(3)
        #expect(replace(.void, Self.next(Self.later), of: promise, at: now).refused != nil)
        let (file, _) = replace(
            .void, Self.next(Self.later, nextStep: "Look", notified: Desk.reached), of: promise, at: now)
        #expect(file.made.last?.slips == 1)
    }

    @Test("given up for something of another kind, as the customer agreed, is a chain of its own")
    func anotherKind() throws {
        let next = Self.next(Self.later, kind: .remedy)
        let (file, refused) = replace(.withdraw(.customerAgreed), next, notified: Desk.reached)
        #expect(refused == nil)
        #expect(file.made.last?.supersedes == nil && file.made.last?.slips == 0)
        #expect(file.promises[0].successor == nil)
        #expect(replace(.withdraw(.without(.impossible)), next).refused != nil, "nobody agreed")
        #expect(replace(.void, next).refused != nil)
    }

    @Test("what is promised to somebody else takes no customer's promise's place")
    func otherParties() throws {
        var file = Desk.change(promises: [Desk.promise(told: false), Desk.promise(2)])
        let request = SettleAndContinue(
            VoidRequest(reason: "Twice"), then: .promise(Self.next(Self.later, to: .us)))
        try file.void(1, Incoming(request), under: Desk.policy, by: Desk.manager, at: Desk.morning)
        #expect(file.made.last?.supersedes == nil && file.promises[0].successor == nil)
    }

    @Test("who agreed was reached")
    func agreed() throws {
        func issues(_ notice: NoticeRequest?) -> [String] {
            replace(.withdraw(.customerAgreed), Self.next(Self.earlier), notified: notice).refused?.issues ?? []
        }
        #expect(issues(nil) == ["#/customer_notified required"])
        for outcome in ContactOutcome.allCases where outcome != .reached {
            let notice = NoticeRequest(channel: .phone, outcome: outcome)
            #expect(issues(notice) == ["#/customer_notified/outcome invalid_value"])
        }
        let early = NoticeRequest(channel: .phone, outcome: .reached, at: PastInstant(Desk.morning + .minutes(-1)))
        #expect(issues(early) == ["#/customer_notified/at before_made_at"])
        #expect(issues(Desk.reached) == [])

        var ours = Desk.change(promises: [Desk.promise(to: .us), Desk.promise(2)])
        let request = SettleAndContinue(WithdrawRequest(reason: "No need", release: .customerAgreed))
        try ours.withdraw(1, Incoming(request), under: Desk.policy, by: Desk.ann, at: Desk.morning)
        #expect(ours.promises[0].state(at: Desk.late) == .withdrawn, "what was promised to us concerns no customer")
    }

    @Test("while a case is resolved, too, whoever releases the desk was reached")
    func settled() {
        let silent = WithdrawRequest(reason: "No need", release: .customerAgreed)
        for (withdraw, issues) in [
            (silent, ["#/settle/0/customer_notified required"]), (Desk.released, []),
        ] {
            var file = Desk.change()
            let settle = [SettleRequest(promiseID: 1, action: .withdraw(withdraw))]
            let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: settle)
            let refused = refusal {
                try file.resolve(Incoming(request), under: Desk.policy, by: Desk.ann, at: Desk.inTime)
            }
            #expect(refused?.issues ?? [] == issues)
        }
    }

    @Test("the date that slips for the third time asks a supervisor, however it slips")
    func escalation() throws {
        var policy = Desk.policy
        policy.supervisor = "Sue"
        var now = Desk.morning
        var file = Desk.file()
        for round in 1...4 {
            now = now + .minutes(1)
            var change = CaseChange(of: file, nextPromiseID: Int64(100 + round))
            let id = try #require(file.unsettledToCustomer.first).id
            let due = DueRequest.after(.days(Int64(round)))
            let command: CaseCommand =
                round == 3
                ? .void(
                    promise: id,
                    Incoming(
                        SettleAndContinue(
                            VoidRequest(reason: "Again", customerNotified: Desk.reached),
                            then: .promise(Self.next(due, nextStep: "Look")))))
                : .renew(promise: id, .renegotiate, Desk.renewal(due))
            try change.perform(command, under: policy, by: Desk.manager, at: now)
            file = change.committed(at: now)
            let asked = change.log.filter { $0.kind == .escalated }
            #expect(asked.count == (round < 3 ? 0 : 1), "slip \(round)")
            #expect(file.record.fields.supervisor == (round < 3 ? nil : "Sue"))
            #expect(asked.first?.actor == (round < 3 ? nil : .policy))
        }
    }

    @Test("no slip to an earlier date asks a supervisor")
    func earlierAsksNobody() throws {
        var promise = Desk.promise(2, due: Desk.due)
        promise = Promise(
            id: 2, caseID: 7, kind: .callback, what: "Call back", madeBy: "Ann", madeAt: Desk.morning, dueAt: Desk.due,
            originalDueAt: Desk.morning + .hours(1), slips: 3, supersedes: 1)
        var change = Desk.change(promises: [promise])
        try change.perform(
            .renew(promise: 2, .renegotiate, Desk.renewal(.after(.minutes(5)))), under: Desk.policy, by: Desk.ann,
            at: Desk.morning)
        #expect(change.log.map(\.kind) == [.promiseRenegotiated, .promiseMade])
    }

    @Test("a voided promise that the customer had been told of stands on their page, with what took its place")
    func page() throws {
        let (file, _) = replace(
            .void, Self.next(Self.later, nextStep: "Look"), of: Desk.promise(), notified: Desk.reached)
        let items = file.file.customerPage([], at: Desk.due).promises
        #expect(items.count == 1 && items[0].moves.map(\.from) == [Desk.due])
        var alone = Desk.change(promises: [Desk.promise(), Desk.promise(2)])
        try PromiseAction.void.apply(to: 1, of: &alone, at: Desk.inTime)
        #expect(alone.file.customerPage([], at: Desk.due).promises.map(\.state) == [.void, .open])
        var untold = Desk.change(promises: [Desk.promise(told: false), Desk.promise(2)])
        try PromiseAction.void.apply(to: 1, of: &untold, at: Desk.inTime)
        #expect(untold.file.customerPage([], at: Desk.due).promises.map(\.promise.id) == [2])
    }
}
