import Complaints
import Testing

@Suite("A first promise far off does not replace the acknowledgement (T1)")
struct FirstPromiseTests {
    private let acknowledged = Desk.morning + Desk.policy.acknowledgeIn

    private func open(
        _ promise: PromiseRequest, received: Instant = Desk.morning, at now: Instant = Desk.morning
    ) throws -> CaseChange {
        try CaseChange.open(
            Incoming(
                CaseRequest(
                    fields: CaseFields(owner: "Dan"), complaint: "It broke.", customer: .known(id: 5),
                    receivedAt: PastInstant(received), promise: promise)),
            customer: Desk.customer, id: 7, promiseID: 1, policy: Desk.policy, by: Desk.ann, at: now)
    }

    @Test("a case that is first promised for 89 days on is acknowledged all the same")
    func farOff() throws {
        let change = try open(Desk.request(.after(.days(89))))
        #expect(change.promises.map(\.id) == [1, 2])
        let own = change.promises[0]
        let acknowledgement = change.promises[1]
        #expect(own.kind == .update && own.dueAt == Desk.morning + .days(89))
        #expect(acknowledgement.kind == .acknowledge)
        #expect(acknowledgement.what == Policy.acknowledgement)
        #expect(acknowledgement.madeBy == "policy")
        #expect(acknowledgement.owner == "Dan")
        #expect(acknowledgement.told == nil)
        #expect(acknowledgement.dueAt == acknowledged)
        #expect(change.log.map(\.kind) == [.caseOpened, .promiseMade, .promiseMade])
        #expect(change.file.timeline(at: Desk.morning).nextDueAt == acknowledged)
    }

    @Test(
        "one that is due by then is enough",
        arguments: [(ElapsedTime.zero, 1), (ElapsedTime(milliseconds: 1), 2)])
    func edge(beyond: ElapsedTime, count: Int) throws {
        #expect(try open(Desk.request(.at(acknowledged + beyond))).promises.count == count)
    }

    @Test("a late letter that is promised something else is seen to be late")
    func lateLetter() throws {
        let change = try open(Desk.request(.after(.days(1))), received: Desk.morning + .days(-3))
        #expect(change.promises.map { $0.state(at: Desk.morning) } == [.open, .overdue])
        #expect(change.file.timeline(at: Desk.morning).overdueSince == Desk.morning + .days(-1))
    }

    @Test(
        "only a customer who was reached, or has it in writing, is spared the acknowledgement",
        arguments: ContactOutcome.allCases)
    func told(outcome: ContactOutcome) throws {
        let change = try open(
            Desk.request(.after(.days(9)), notified: NoticeRequest(channel: .phone, outcome: outcome)))
        #expect(change.promises.count == ([.reached, .sent].contains(outcome) ? 1 : 2))
    }

    @Test("history is imported as it was: nothing is promised beside it")
    func imports() throws {
        let change = try CaseChange.imported(
            Incoming(
                ImportRequest(
                    fields: CaseFields(), complaint: "It broke.", customer: .known(id: 5),
                    receivedAt: PastInstant(Desk.morning + .days(-9)),
                    promise: ImportedPromiseRequest(kind: .answer, due: .after(.days(80))))),
            customer: Desk.customer, id: 7, promiseID: 1, policy: Desk.policy, by: Desk.ann, at: Desk.morning)
        #expect(change.promises.count == 1)
    }

    @Test("a reopened case and a further promise get what was asked for alone")
    func later() throws {
        var reopened = Desk.change(.resolved, promises: [])
        try reopened.reopen(
            Incoming(ReopenRequest(reason: "Again", promise: Desk.request(.after(.days(9))))), under: Desk.policy,
            by: Desk.ann, at: Desk.morning)
        #expect(reopened.promises.count == 1)
        var further = Desk.change()
        try further.add(
            Incoming(AddPromiseRequest(Desk.request(.after(.days(9))))), under: Desk.policy, by: Desk.ann,
            at: Desk.morning)
        #expect(further.promises.count == 2)
    }
}

@Suite("A promise further off than the policy has it for its kind is warned about (T1)")
struct FarOffTests {
    private var policy: Policy {
        var policy = Desk.policy
        policy.updateIn = .days(5)
        policy.remedyIn = .days(20)
        policy.followUpIn = .days(10)
        return policy
    }

    private func warnings(
        _ kind: PromiseKind, in span: ElapsedTime, by: Promiser = .desk, to: Promisee = .customer, _ policy: Policy
    ) -> [PromiseWarning] {
        let promise = Promise(
            id: 1, caseID: 7, kind: kind, what: "x", by: by, to: to, owner: "Ann", madeBy: "Ann",
            madeAt: Desk.morning, dueAt: Desk.morning + span)
        return Desk.file(promises: [promise]).advice(on: promise, load: nil, under: policy, at: Desk.morning).warnings
    }

    @Test("each kind by the rule for it, and not at its very end", arguments: PromiseKind.allCases)
    func kinds(kind: PromiseKind) throws {
        let latest = try #require(policy.latest(kind, from: Desk.morning))
        let longest = [.acknowledge: ElapsedTime.days(2), .remedy: .days(20), .followUp: .days(10)][
            kind, default: .days(5)]
        #expect(latest.instant == Desk.morning + longest && latest.span.length == .elapsed(longest))
        #expect(warnings(kind, in: longest, policy).isEmpty)
        let beyond = warnings(kind, in: ElapsedTime(milliseconds: longest.milliseconds + 1), policy)
        #expect(beyond == [.farOff(latest.span)])
        #expect(beyond[0].code.rawValue == "far_off")
        #expect(beyond[0].detail.contains(latest.span.field))
    }

    @Test("what is given to somebody later is as far off as it is then, and what is past due is not")
    func given() throws {
        let promise = Promise(
            id: 1, caseID: 7, kind: .update, what: "x", owner: "Ann", madeBy: "Ann", madeAt: Desk.morning,
            dueAt: Desk.morning + .days(8))
        let told = { (now: Instant) in
            Desk.file(promises: [promise]).advice(on: promise, load: nil, under: policy, at: now).warnings.map(\.code)
        }
        #expect(told(Desk.morning + .days(2)) == [.farOff])
        #expect(told(Desk.morning + .days(3)).isEmpty)
        #expect(told(Desk.morning + .days(30)).isEmpty)
    }

    @Test("a follow-up is bounded by max_span alone where the policy makes none")
    func followUp() {
        #expect(Desk.policy.latest(.followUp, from: Desk.morning) == nil)
        #expect(warnings(.followUp, in: .days(90), Desk.policy).isEmpty)
    }

    @Test("what the customer promises, and what we promise ourselves, may take its time")
    func others() {
        #expect(warnings(.other, in: .days(60), by: .customer, to: .us, policy).isEmpty)
        #expect(warnings(.other, in: .days(60), to: .us, policy).isEmpty)
    }
}
