import Complaints
import Testing

@Suite("A new date for a promise")
struct RenewalTests {
    @Test("the chain remembers the first date, how often it moved, by how much, and why")
    func chain() throws {
        var file = Desk.change(promises: [Desk.promise(owner: "Dan")])
        try file.renew(
            1, .renegotiate, Desk.renewal(.after(.days(1))), under: Desk.policy, by: Desk.bea, at: Desk.due)
        let first = try #require(file.made.last)
        #expect(file.promise(1)?.settlement?.outcome == .superseded(at: Desk.due, by: first.id))
        #expect(file.promise(1)?.settlement?.reason == "The part is late")
        #expect(file.promise(1)?.settlement?.by == "Bea")
        #expect(first.supersedes == 1)
        #expect(first.madeAt == Desk.due)
        #expect(first.madeBy == "Bea")
        #expect(first.makerTokenID == Desk.bea.tokenID)
        #expect(first.dueAt == Desk.due + .days(1))
        #expect(first.originalDueAt == Desk.due)
        #expect(first.slips == 1)
        #expect(first.totalSlip == .days(1))
        #expect(first.owner == "Dan")
        #expect(first.kind == .callback)
        #expect(first.what == "Call back")
        #expect(first.nextStep == "Fit the part")
        #expect(first.reason == "The part is late")

        let missed = first.dueAt + .hours(1)
        try file.renew(
            first.id, .recover, Desk.renewal(.after(.days(2)), what: "Call with the answer"), under: Desk.policy,
            by: Desk.ann, at: missed)
        let second = try #require(file.made.last)
        #expect(file.promise(first.id)?.state(at: missed) == .broken)
        #expect(second.supersedes == first.id)
        #expect(second.originalDueAt == Desk.due, "recover goes on with the original due instant")
        #expect(second.slips == 2, "and counts in the slips")
        #expect(second.totalSlip == missed + .days(2) - Desk.due)
        #expect(second.what == "Call with the answer")
        #expect(file.promises.map(\.id) == [1, first.id, second.id])
        #expect(file.promises.map { $0.state(at: missed) } == [.renegotiated, .broken, .open])
    }

    @Test(
        "the new promise is known to the customer once they were reached or a message was left",
        arguments: [
            (ContactOutcome.reached, true), (.messageLeft, true), (.attempted, false),
        ])
    func told(_ outcome: ContactOutcome, _ isTold: Bool) throws {
        var file = Desk.change()
        let at = Desk.due + .minutes(-10)
        try file.renew(
            1, .renegotiate, Desk.renewal(outcome: outcome, at: at), under: Desk.policy, by: Desk.ann, at: Desk.due)
        let new = try #require(file.made.last)
        #expect(new.customerNotified == CustomerNotice(channel: .phone, outcome: outcome, at: at))
        #expect(new.told == (isTold ? Promise.Told(at: at, recordedAt: Desk.due) : nil))
    }

    @Test("renegotiate is for up to the very due instant, recover for after it")
    func boundary() {
        for (now, kind, code) in [
            (Desk.inTime, RenewalKind.renegotiate, nil), (Desk.due, .renegotiate, nil),
            (Desk.late, .renegotiate, .promiseBroken), (Desk.inTime, .recover, .promiseNotBroken),
            (Desk.due, .recover, .promiseNotBroken), (Desk.late, .recover, nil),
        ] as [(Instant, RenewalKind, RuleViolation.Code?)] {
            var file = Desk.change()
            let refused = refusal {
                try file.renew(1, kind, Desk.renewal(), under: Desk.policy, by: Desk.ann, at: now)
            }
            #expect(refused?.violation?.code == code)
        }
    }
}
