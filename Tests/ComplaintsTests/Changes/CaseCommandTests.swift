import Complaints
import Testing

@Suite("A command about a case")
struct CaseCommandTests {
    private static let (policy, manager, now) = (Desk.policy, Desk.manager, Desk.inTime)

    private func check(
        _ command: CaseCommand, about target: CaseCommand.Target, _ status: CaseStatus = .open,
        _ rule: (inout CaseChange) throws -> Void
    ) throws {
        let promises = status == .open ? [Desk.promise(owner: "Dan"), Desk.promise(2)] : []
        var change = Desk.change(status, promises: promises)
        var expected = change
        try change.perform(command, under: Self.policy, by: Self.manager, at: Self.now)
        try rule(&expected)
        #expect(!expected.log.isEmpty)
        #expect(change == expected)
        #expect(command.target == target)
    }

    @Test("about a promise does what its rule does")
    func promises() throws {
        let (policy, manager, now) = (Self.policy, Self.manager, Self.now)
        let keep = Incoming(SettleAndContinue(KeepRequest(), then: .promise(Desk.request())))
        try check(.keep(promise: 1, keep), about: .promise(1)) {
            try $0.keep(1, keep, under: policy, by: manager, at: now)
        }
        let withdraw = Incoming(SettleAndContinue(Desk.released))
        try check(.withdraw(promise: 2, withdraw), about: .promise(2)) {
            try $0.withdraw(2, withdraw, under: policy, by: manager, at: now)
        }
        let void = Incoming(SettleAndContinue(VoidRequest(reason: "Twice", customerNotified: Desk.reached)))
        try check(.void(promise: 1, void), about: .promise(1)) {
            try $0.void(1, void, under: policy, by: manager, at: now)
        }
        try check(.renew(promise: 1, .renegotiate, Desk.renewal()), about: .promise(1)) {
            try $0.renew(1, .renegotiate, Desk.renewal(), under: policy, by: manager, at: now)
        }
        let reassign = Incoming(ReassignRequest(owner: "Eve", reason: "Shift"))
        try check(.reassign(promise: 2, reassign), about: .promise(2)) {
            try $0.reassign(2, reassign, by: manager, at: now)
        }
        var given = Desk.change(promises: [Desk.promise(owner: "Dan")])
        try given.reassign(1, Incoming(ReassignRequest(owner: "Mia", reason: "Shift")), by: Desk.ann, at: now)
        var accepted = CaseChange(of: given.committed(at: now), nextPromiseID: 100)
        try accepted.perform(.accept(promise: 1, Incoming(())), under: policy, by: manager, at: now)
        #expect(accepted.log.map(\.kind) == [.promiseAccepted])
    }

    @Test("about the case does what its rule does")
    func cases() throws {
        let (policy, manager, now) = (Self.policy, Self.manager, Self.now)
        var edit = CaseEdit()
        edit.subject = "Pump"
        try check(.edit(case: 7, Incoming(edit)), about: .case(7)) { [edit] in
            try $0.edit(Incoming(edit), under: policy, by: manager, at: now)
        }
        let promise = Incoming(AddPromiseRequest(Desk.request(), keeps: 1))
        try check(.promise(case: 7, promise), about: .case(7)) {
            try $0.add(promise, under: policy, by: manager, at: now)
        }
        let note = Incoming(LogRequest.note(text: "Called."))
        try check(.write(case: 7, note), about: .case(7)) {
            try $0.write(note, under: policy, by: manager, at: now)
        }
        let escalate = Incoming(EscalateRequest(supervisor: "Sue", reason: "Asked for"))
        try check(.escalate(case: 7, escalate), about: .case(7)) { try $0.escalate(escalate, by: manager, at: now) }
        let settle = [1, 2].map { SettleRequest(promiseID: $0, action: .keep(KeepRequest())) }
        let end = Incoming(RelationshipRequest(decision: .end, reason: "Threats", settle: settle))
        try check(.decide(case: 7, end), about: .case(7)) {
            try $0.decide(end, under: policy, by: manager, at: now)
        }
        let resolve = Incoming(ResolveRequest(summary: "Done", customerAccepted: true, settle: settle))
        try check(.resolve(case: 7, resolve), about: .case(7)) {
            try $0.resolve(resolve, under: policy, by: manager, at: now)
        }
        try check(.close(case: 7, Incoming("Over")), about: .case(7), .resolved) {
            try $0.close(Incoming("Over"), by: manager, at: now)
        }
        let reopen = Incoming(ReopenRequest(reason: "Again"))
        try check(.reopen(case: 7, reopen), about: .case(7), .closed) {
            try $0.reopen(reopen, under: policy, by: manager, at: now)
        }
    }

    @Test("has a supervisor asked by itself when it breaks too much, and not when it changes nothing")
    func escalates() throws {
        var policy = Desk.policy
        policy.escalateAfter = 1
        var recovered = Desk.change()
        try recovered.perform(.renew(promise: 1, .recover, Desk.renewal()), under: policy, by: Desk.ann, at: Desk.late)
        #expect(recovered.log.map(\.kind) == [.promiseRecovered, .promiseMade, .escalated])
        var nothing = Desk.change()
        try nothing.perform(.edit(case: 7, Incoming(CaseEdit())), under: policy, by: Desk.ann, at: Desk.late)
        #expect(nothing == Desk.change())
    }

    @Test("asks for the entries of the log that it has to be held against")
    func neededEntries() {
        let agreement = LogRequest.agreement(AgreementRequest(option: "A voucher", accepted: false))
        #expect(CaseCommand.write(case: 7, Incoming(agreement)).neededEntries == [.option])
        #expect(CaseCommand.write(case: 7, Incoming(.note(text: "x"))).neededEntries == [])
        #expect(CaseCommand.close(case: 7, Incoming(nil)).neededEntries == [])
    }
}
