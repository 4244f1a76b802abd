import Complaints
import Testing

/// Complaints from their beginning to their end, and what guidance says on the way.
@Suite("Guidance through a story")
struct StoryTests {
    @Test("a calm refund")
    func calmRefund() throws {
        var story = try Story(promise: PromiseRequest(kind: .update, what: "Say more", due: .after(.days(1))))
        // She is calm and knows when she hears from us: so tell her that it is written down, and listen.
        #expect(story.item(.timeline).title == "Say roughly how long it will take")
        #expect(story.toDo == [.writeItDown])
        try story.follow(.writeItDown)
        #expect(story.state(.writeItDown) == .done)
        #expect(story.toDo == [.listen])
        #expect(story.tactics(.notNeeded).contains(.acknowledge), "nothing is to be soothed")
        #expect(story.state(.assessThreats) == .notNeeded)

        try story.write(.said(.question, text: "When did it break?", saidBy: nil))
        try story.write(.said(.fact, text: "On the second day.", saidBy: nil))
        #expect(story.toDo == [.restate])
        try story.write(.restatement(text: "It broke on the second day.", confirmed: false))
        #expect(story.toDo == [.restate], "she did not agree")
        try story.write(.restatement(text: "It broke on the second day, for the second time.", confirmed: true))

        #expect(story.toDo == [.timeline])
        try story.follow(.timeline)
        #expect(story.item(.timeline).title == "Say what happens next")
        #expect(story.toDo == [.agree])
        #expect(story.item(.agree).title == "Ask what would make the customer happy")
        try story.make(.wish("My money back"))
        #expect(story.item(.agree).title == "Offer options")
        try story.write(.option(["The money back"]))
        try story.write(.concession(what: "The price", Money(amount: 4_900, currency: .usDollar)))
        #expect(story.state(.concede) == .done, "it is within the limit")
        #expect(story.toDo == [.agree])
        try story.follow(.agree)
        #expect(story.file.promises.last?.kind == .remedy)
        #expect(story.file.promises.last?.concession == story.file.matters.last?.seq, "it makes the concession good")

        // What was promised first is done first; the refund ends the case.
        #expect(story.toDo == [.keepPromises])
        try story.follow(.keepPromises)
        try story.follow(.keepPromises)
        #expect(story.file.record.status == .resolved)
        #expect(story.toDo == [])
        #expect(story.tactics(.next) == [], "a calm case leaves nothing behind")
    }

    @Test("an angry caller vents, is acknowledged, agrees to the restatement, chooses, gets a remedy, and we keep it")
    func angryCaller() throws {
        var story = try Story(mood: .angry)
        #expect(story.toDo == [.acknowledge], "feelings first")
        #expect(story.state(.agree) == .held, "do not rush to fix it")
        #expect(story.item(.agree).why.entries == [3], "the entry that says how she is")
        #expect(story.state(.debrief) == .next)

        try story.write(.told(.acknowledgement, text: "No wonder that you are angry."))
        #expect(story.toDo == [.letVent])
        #expect(story.state(.acknowledge) == .done)
        try story.write(.mood(.upset, why: "Had her say"))
        #expect(story.guidance.moodTrend == .falling)
        #expect(story.state(.letVent) == .done)
        #expect(story.state(.agree) == .next, "she is angry no more")

        #expect(story.toDo == [.writeItDown])
        try story.follow(.writeItDown)
        #expect(story.toDo == [.listen])
        try story.follow(.listen)
        try story.follow(.listen)
        #expect(story.toDo == [.restate])
        try story.follow(.restate)
        #expect(story.toDo == [.timeline], "roughly how long it takes")
        try story.follow(.timeline)
        #expect(story.toDo == [.followUp], "nobody has told her of the policy's promise")
        try story.follow(.followUp)
        try story.follow(.agree)
        try story.write(.option(["A new one", "A repair"]))
        try story.write(.agreement(AgreementRequest(option: "A new one", accepted: false)))
        let agree = story.item(.agree)
        try story.follow(.agree)
        #expect(agree.title == "Look for a compromise, and promise it")
        #expect(story.file.promises.last?.what == "A repair", "the one she did not refuse")
        #expect([.done, .done] == [story.state(.agree), story.state(.restate)])

        try story.follow(.keepPromises)
        try story.follow(.keepPromises)
        #expect(story.file.record.status == .resolved)
        #expect(story.toDo == [.learn], "it gave trouble")
        #expect(story.state(.debrief) == .next, "it is only offered")
        try story.follow(.learn)
        try story.follow(.debrief)
        #expect(story.toDo == [] && story.tactics(.next) == [])
    }

    @Test("an abusive caller whom a supervisor takes over and the house lets go")
    func abusiveCaller() throws {
        var story = try Story(mood: .angry, policy: Desk.policy.asking("Sue"))
        try story.follow(.acknowledge)
        try story.write(.mood(.abusive, why: "Called me names"))
        #expect(story.toDo == [.takeNoAbuse, .supervisor])
        #expect(story.state(.coolOff) == .next)
        #expect(story.item(.supervisor).why.text == "Sue was asked to join and has not yet.")
        #expect(story.state(.relationship) == .held, "before that comes what could save it")

        try story.write(.refusal(RefusalRequest(reason: "Called me names")))
        #expect(story.state(.takeNoAbuse) == .done)
        #expect(story.state(.coolOff) == .done)
        #expect(story.toDo == [.supervisor], "nobody goes back to the customer before the callback")
        #expect(story.state(.acknowledge) == .done)
        #expect(story.state(.relationship) == .held)

        try story.write(.supervisorJoined(nil), by: Desk.manager)
        #expect(story.state(.supervisor) == .done)
        #expect(story.toDo == [])
        #expect(story.state(.relationship) == .held, "a pause, and another talk after it")
        story.wait(.hours(45))
        #expect(story.toDo == [.keepPromises], "the callback")
        try story.follow(.keepPromises)
        #expect(story.toDo == [.letVent], "see how they are now")
        try story.write(.mood(.abusive, why: "Called the supervisor names"))
        #expect(story.toDo == [.takeNoAbuse, .relationship])
        #expect(story.item(.relationship).call?.role == .manager)
        try story.follow(.relationship)
        #expect(story.file.record.status == .closed)
        #expect(story.file.record.customer.relationship?.decision == .end)
        #expect(story.state(.relationship) == .done)
        #expect(story.toDo == [.learn])

        // They come back.
        var again = try Story(customer: story.file.record.customer)
        #expect(again.toDo.contains(.relationship))
        try again.follow(.relationship)
        #expect(again.file.record.customer.relationship?.decision == .keep)
        #expect(again.state(.relationship) == .done)
    }

    @Test("a legal threat is looked into, and found unfounded")
    func legalThreat() throws {
        var story = try Story(mood: .upset, promise: Desk.request())
        #expect(story.state(.assessThreats) == .notNeeded)
        let stake = Money(amount: 90_000, currency: .usDollar)
        try story.write(.threat(.legal, stake: stake, text: "My lawyer will call."))
        let seq = try #require(story.entries.last?.seq)
        #expect(story.toDo == [.acknowledge, .assessThreats])
        #expect(story.item(.assessThreats).why.entries == [seq])

        // Do not give in before: what is given beside it waits for a manager.
        try story.write(.concession(what: "A voucher", Money(amount: 100, currency: .usDollar)))
        #expect(story.state(.concede) == .next)
        try story.write(
            .threatAssessment(
                AssessmentRequest(of: seq, verdict: .unfounded, reason: "The warranty is over.")))
        #expect(story.item(.assessThreats).why.text == "It was found unfounded.")
        #expect(story.state(.assessThreats) == .done)
        #expect(story.toDo == [.acknowledge, .concede], "now it is the manager's turn")
        let seqs = story.item(.concede).why.entries
        try story.write(
            .concessionDecision(ConcessionDecisionRequest(of: seqs[0], approved: true, reason: "A small thing.")),
            by: Desk.manager)
        #expect(story.state(.concede) == .done)
    }

    @Test("a delay is renegotiated twice")
    func twoDelays() throws {
        var story = try Story(promise: Desk.request(.after(.hours(5))))
        #expect(story.state(.tellOfDelays) == .notNeeded)
        for round in 1...2 {
            story.wait(round == 1 ? .hours(4) : story.untilNext)
            #expect(story.toDo == [.keepPromises], "it is due within the hour")
            #expect(story.state(.tellOfDelays) == .next, "or it is moved while there is time")
            try story.follow(.tellOfDelays)
            #expect(story.state(.tellOfDelays) == .done)
            #expect(story.file.promises.last?.slips == round)
            #expect(story.toDo == [.writeItDown])
        }
        #expect(story.item(.tellOfDelays).why.promises == [2, 3])
        #expect(story.file.timeline(at: story.now).everBroken == false)
        #expect(story.state(.debrief) == .notNeeded)
    }

    @Test("a broken promise is recovered")
    func brokenPromise() throws {
        var story = try Story(promise: Desk.request(.after(.hours(5))))
        story.wait(.hours(6))
        #expect(story.toDo == [.tellOfDelays])
        #expect(story.item(.tellOfDelays).title == "Tell the customer what went wrong, and give a new date")
        #expect(story.state(.learn) == .next)
        #expect(story.state(.apologise) == .next)
        try story.follow(.tellOfDelays)
        #expect(story.file.promises.map { $0.state(at: story.now) } == [.broken, .open])
        #expect(story.state(.tellOfDelays) == .done)

        let process = LessonRequest(
            cause: "No call back", process: "Handover at night", noReview: "It was reviewed last week")
        try story.write(.lesson(process))
        #expect(story.state(.learn) == .done)
        #expect(story.state(.debrief) == .next)
    }

    @Test("a talk that does not help is put off, and taken up again once all are calm")
    func coolingOff() throws {
        var story = try Story(mood: .angry, promise: .told(.days(9)))
        try story.follow(.acknowledge)
        #expect(story.state(.coolOff) == .next)
        try story.write(.mood(.angry, why: "Says the same again"))
        #expect(story.toDo == [.coolOff], "acknowledged, and as angry as before")
        #expect(story.state(.supervisor) == .next)
        try story.follow(.coolOff)
        #expect(story.tactics(.held) == [.writeItDown, .listen, .restate, .apologise, .letVent, .agree])
        #expect(story.toDo == [], "until the callback, whatever was promised besides")
        #expect(story.item(.keepPromises).why.promises == [2])
        #expect(story.state(.keepPromises) == .next)

        story.wait(story.untilNext)
        #expect(story.toDo == [.keepPromises], "the callback is due soon")
        try story.follow(.keepPromises)
        #expect(story.toDo == [.letVent], "see how she is now")
        try story.write(.mood(.calm, why: nil))
        #expect(story.toDo == [.writeItDown])
    }
}

extension Policy {
    /// With a supervisor who is asked.
    fileprivate func asking(_ supervisor: String) -> Policy {
        var policy = self
        policy.supervisor = supervisor
        return policy
    }
}
