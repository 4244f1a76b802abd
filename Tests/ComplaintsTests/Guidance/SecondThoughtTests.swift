import Complaints
import Testing

/// What guidance says where something came otherwise than it had been said, promised or decided.
@Suite("Guidance when something comes otherwise")
struct SecondThoughtTests {
    @Test(
        "that it is written down is no word about feelings: who gets angry after it is acknowledged, before any pause")
    func writtenDown() throws {
        var story = try Story()
        try story.write(.told(.acknowledgement, text: "It is written down.", writtenDown: true))
        try story.write(.mood(.angry, why: nil))
        #expect(story.toDo == [.acknowledge])
        try story.follow(.acknowledge)
        try story.write(.mood(.angry, why: nil))
        #expect(story.toDo == [.coolOff], "only now nothing helps")
    }

    @Test("what was said just before somebody wrote down the mood was said to that")
    func saidFirst() throws {
        var story = try Story()
        try story.write(.told(.acknowledgement, text: "I see that it makes you angry."))
        try story.write(.mood(.angry, why: nil))
        #expect(story.state(.acknowledge) == .done)
    }

    @Test("who was acknowledged while upset and then gets angry is acknowledged anew")
    func worse() throws {
        var story = try Story(mood: .upset)
        try story.follow(.acknowledge)
        try story.write(.mood(.angry, why: nil))
        #expect(story.toDo == [.acknowledge])
    }

    @Test("a pause that is shorter than the policy warns ahead lasts until the last quarter of its span")
    func shortPause() throws {
        var story = try Story(mood: .angry, promise: Desk.request(.after(.days(9))))
        story.policy.warnAhead = .hours(8)
        try story.write(.told(.acknowledgement, text: "I see."))
        let callback = PromiseRequest(kind: .callback, what: "Call again", due: .after(.hours(2)))
        try story.write(.coolOff(CoolOffRequest(reason: "They shout.", callback: callback)))
        #expect(story.state(.keepPromises) == .next && !story.toDo.contains(.keepPromises))
        story.wait(.minutes(91))
        #expect(story.toDo == [.keepPromises])
    }

    @Test("what a manager refused is no way out: a compromise is offered, and something else takes its place")
    func refused() throws {
        var story = try Story()
        try story.make(.wish("All of it"))
        for tactic in [Tactic.writeItDown, .listen, .listen, .restate] { try story.follow(tactic) }
        try story.write(.option(["All of it"]))
        try story.write(.concession(what: "All", Money(amount: 1_000_000, currency: .usDollar)))
        let concession = try #require(story.entries.last { $0.kind == .concession }?.seq)
        let remedy = PromiseRequest(
            kind: .remedy, what: "All of it", due: .after(.days(3)), concession: concession)
        try story.write(.agreement(AgreementRequest(option: "All of it", accepted: true, remedy: remedy)))
        #expect(story.state(.agree) == .done)
        let promise = try #require(story.file.promises.last)
        for other in story.file.promises where other.isUnsettled && other.id != promise.id {
            try story.change {
                try $0.keep(
                    other.id, Incoming(SettleAndContinue(KeepRequest(evidence: "Told"), then: .none)), under: $1,
                    by: Desk.ann, at: $2)
            }
        }
        try story.write(
            .concessionDecision(ConcessionDecisionRequest(of: concession, approved: false, reason: "Too much.")),
            by: Desk.manager)
        #expect(story.toDo.contains(.concede), "they are told first")
        try story.follow(.concede)
        #expect(story.state(.agree) == .now || story.state(.agree) == .next)
        #expect(story.item(.agree).why.text == "A manager refused what was agreed on.")
        #expect(story.item(.keepPromises).why.promises == [promise.id])
        try story.follow(.keepPromises)
        let next = try #require(story.file.promises.last)
        #expect(next.supersedes == promise.id && next.concession == nil)
        #expect(next.what == "What we can do instead")
        story.wait(.days(1))
        try story.follow(.keepPromises)
    }

    @Test("moved as it is, a promise stays on the concession that was refused")
    func refusedAsBefore() throws {
        var story = try Story()
        try story.write(.concession(what: "All", Money(amount: 1_000_000, currency: .usDollar)))
        let concession = try #require(story.entries.last { $0.kind == .concession }?.seq)
        let request = PromiseRequest(what: "All of it", due: .after(.days(3)), concession: concession)
        try story.change { try $0.add(Incoming(AddPromiseRequest(request)), under: $1, by: Desk.ann, at: $2) }
        func move(_ what: String?) throws -> Int64? {
            let id = try #require(story.file.promises.last?.id)
            let renewal = RenegotiateRequest(
                due: .after(.days(4)), reason: "x", nextStep: "y",
                customerNotified: NoticeRequest(channel: .phone, outcome: .reached), what: what)
            try story.change { try $0.renew(id, .renegotiate, Incoming(renewal), under: $1, by: Desk.ann, at: $2) }
            return story.file.promises.last?.concession
        }
        #expect(try move("Half of it") == concession, "nobody has refused it")
        try story.write(
            .concessionDecision(ConcessionDecisionRequest(of: concession, approved: false, reason: "No")),
            by: Desk.manager)
        #expect(try move(nil) == concession)
        #expect(try move("A new one") == nil)
    }

    @Test("of several options, and of a supervisor nobody named, whoever calls says which")
    func notMadeUp() throws {
        var story = try Story()
        try story.make(.wish("It works"))
        for (options, expected) in [(["A"], ["accepted"]), (["A", "B"], ["option", "accepted"])] {
            try story.write(.option(options))
            let blanks = try #require(story.item(.agree).call?.blanks.map(\.path.pointer))
            #expect(blanks.filter { !$0.contains("remedy") } == expected.map { "#/\($0)" })
            #expect(blanks.contains("#/remedy/what") == (options.count > 1))
        }
        #expect(GuidedCall.join("Sue", isNamed: false).blanks.map(\.path.pointer) == ["#/supervisor"])
        #expect(GuidedCall.join("Sue", isNamed: true).blanks.isEmpty)
    }

    @Test("where somebody may come to harm, a supervisor is named at once")
    func nobodyNamed() throws {
        var policy = Desk.policy
        policy.supervisor = nil
        var story = try Story(policy: policy)
        try story.write(.threat(.safety, stake: nil, text: "I know where you live."))
        #expect(Set(story.toDo) == [.assessThreats, .supervisor])
        #expect(story.item(.supervisor).call?.blanks.map(\.path.pointer) == ["#/supervisor"])
    }

    @Test("after an end, a case that is open again asks how the customer is now, and whether it goes on")
    func openAgain() throws {
        var story = try Story(mood: .abusive)
        let id = try #require(story.file.promises.first?.id)
        let settle = SettleRequest(
            promiseID: id, action: .withdraw(WithdrawRequest(reason: "It ended.", release: .ended)))
        let end = RelationshipRequest(decision: .end, reason: "Attacks", settle: [settle])
        try story.change(by: Desk.manager) { try $0.decide(Incoming(end), under: $1, by: Desk.manager, at: $2) }
        let reopening = ReopenRequest(reason: "They wrote, politely.", promise: nil)
        try story.change(by: Desk.manager) { try $0.reopen(Incoming(reopening), under: $1, by: Desk.manager, at: $2) }
        #expect(story.toDo.contains(.letVent) && !story.toDo.contains(.takeNoAbuse))
        #expect(story.state(.relationship) == .now || story.state(.relationship) == .next)
    }
}
