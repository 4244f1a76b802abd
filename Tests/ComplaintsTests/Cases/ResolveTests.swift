import Complaints
import Testing

@Suite("Resolving, closing and reopening a case")
struct ResolveTests {
    private static let keep = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
    private static let withdraw = SettleRequest(promiseID: 2, action: .withdraw(Desk.released))
    private static let two = [Desk.promise(), Desk.promise(2)]

    private func resolve(
        _ file: inout CaseChange, settle: [SettleRequest] = [], followUp: PromiseRequest? = nil,
        at now: Instant = Desk.due
    ) -> Refusal? {
        refusal {
            try file.resolve(
                Incoming(
                    ResolveRequest(summary: "Replaced", customerAccepted: true, settle: settle, followUp: followUp)),
                under: Desk.policy, by: Desk.ann, at: now)
        }
    }

    @Test("is refused with the ids of the promises to the customer that are not settled")
    func unsettled() {
        var file = Desk.change(promises: Self.two + [Desk.promise(3, by: .customer, to: .us)])
        let violation = resolve(&file)?.violation
        #expect(violation?.code == .promisesUnsettled)
        #expect(violation?.promiseIDs == [1, 2])
        var half = Desk.change(promises: Self.two)
        #expect(resolve(&half, settle: [Self.keep])?.violation?.promiseIDs == [2])
    }

    @Test("settles them in the same step, each in its own way")
    func settles() {
        var file = Desk.change(promises: Self.two + [Desk.promise(3, by: .customer, to: .us)])
        #expect(resolve(&file, settle: [Self.keep, Self.withdraw]) == nil)
        #expect(file.promises.map { $0.state(at: Desk.due) } == [.kept, .withdrawn, .open])
        #expect(file.record.status == .resolved)
        #expect(file.record.resolvedAt == Desk.due)
        #expect(!file.statusesTaken.isEmpty)
        #expect(file.log.map(\.kind) == [.promiseKept, .promiseWithdrawn, .caseResolved])
    }

    @Test("closes nothing over: a late keep stays late, and a broken promise broken")
    func latenessSurvives() {
        var file = Desk.change(promises: Self.two)
        #expect(resolve(&file, settle: [Self.keep, Self.withdraw], at: Desk.late) == nil)
        #expect(refusal { try file.close(Incoming(nil), by: Desk.ann, at: Desk.late) } == nil)
        let timeline = file.file.timeline(at: Desk.due + .days(900))
        #expect(timeline.counts[.keptLate] == 1)
        #expect(timeline.counts[.broken] == 1)
        #expect(timeline.everBroken)
        #expect(!timeline.isOverdue)
    }

    @Test("takes a follow-up, which has to be settled before the case is closed")
    func followUp() throws {
        var file = Desk.change()
        #expect(resolve(&file, settle: [Self.keep], followUp: Desk.request(.after(.days(5)))) == nil)
        let followUp = try #require(file.promises.last)
        #expect(followUp.dueAt == Desk.due + .days(5))
        #expect(!file.file.timeline(at: Desk.due).isSilent)
        let early = refusal { try file.close(Incoming(nil), by: Desk.ann, at: Desk.late) }
        #expect(early?.violation?.code == .promisesUnsettled)
        #expect(early?.violation?.promiseIDs == [followUp.id])
        try PromiseAction.keep.apply(to: followUp.id, of: &file, at: Desk.late)
        #expect(refusal { try file.close(Incoming("Done"), by: Desk.ann, at: Desk.late) } == nil)
        #expect(file.record.status == .closed)
        #expect(file.record.closedAt == Desk.late)
        #expect(file.record.resolvedAt == Desk.due)
    }

    @Test("a settle of a promise that is settled already is refused")
    func settledAlready() {
        let settlement = Settlement(outcome: .kept(at: Desk.inTime), recordedAt: Desk.inTime, by: "Bea")
        var file = Desk.change(promises: [Desk.promise(settlement: settlement)])
        #expect(resolve(&file, settle: [Self.keep])?.violation?.code == .promiseSettled)
    }

    @Test("each step is for its own statuses")
    func statuses() {
        for status in CaseStatus.allCases {
            var resolving = Desk.change(status, promises: [])
            #expect(resolve(&resolving)?.violation?.code == (status == .open ? nil : .caseNotOpen))

            var closing = Desk.change(status, promises: [])
            #expect(
                refusal { try closing.close(Incoming(nil), by: Desk.ann, at: Desk.due) }?.violation?.code
                    == (status == .resolved ? nil : .caseNotResolved))

            var reopening = Desk.change(status, promises: [])
            #expect(
                refusal {
                    try reopening.reopen(
                        Incoming(ReopenRequest(reason: "Again")), under: Desk.policy, by: Desk.ann, at: Desk.due)
                }?.violation?.code == (status == .open ? .caseNotResolved : nil))

            var adding = Desk.change(status)
            #expect(
                refusal {
                    try adding.add(
                        Incoming(AddPromiseRequest(Desk.request())), under: Desk.policy, by: Desk.ann, at: Desk.due)
                }?.violation?.code == (status == .open ? nil : .caseNotOpen))
        }
    }

    @Test("a reopened case is open as if never resolved, with the policy's promise counted from now")
    func reopens() throws {
        for status in [CaseStatus.resolved, .closed] {
            var file = Desk.change(status, owner: "Dan", promises: [])
            try file.reopen(
                Incoming(ReopenRequest(reason: "It broke again")), under: Desk.policy, by: Desk.ann, at: Desk.late)
            let promise = try #require(file.made.last)
            #expect(file.record.status == .open)
            #expect(file.record.resolvedAt == nil)
            #expect(file.record.closedAt == nil)
            #expect(!file.statusesTaken.isEmpty)
            #expect(promise.kind == .acknowledge)
            #expect(promise.madeBy == "policy")
            #expect(promise.owner == "Dan")
            #expect(promise.dueAt == Desk.late + Desk.policy.acknowledgeIn)
            #expect(promise.told == nil)
            #expect(file.log.map(\.kind) == [.caseReopened, .promiseMade])
        }
    }

    @Test("a case reopened with a promise gets that one")
    func reopensWithPromise() throws {
        var file = Desk.change(.closed, promises: [])
        try file.reopen(
            Incoming(ReopenRequest(reason: "Again", promise: Desk.request(.after(.hours(1))))), under: Desk.policy,
            by: Desk.ann, at: Desk.late)
        let promise = try #require(file.made.last)
        #expect(file.promises == [promise])
        #expect(promise.kind == .update)
        #expect(promise.dueAt == Desk.late + .hours(1))
    }
}
