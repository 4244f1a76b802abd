import Complaints
import Testing

/// What comes before what, as an experienced agent would have it.
@Suite("The order of guidance")
struct OrderTests {
    @Test(
        "a threat to safety goes before everything, and stays there while it is credible and no supervisor has joined")
    func safety() throws {
        var story = try Story(mood: .abusive, promise: Desk.request(.after(.hours(5))))
        try story.write(.threat(.publicity, stake: nil, text: nil))
        try story.write(.threat(.safety, stake: nil, text: "I know where you live."))
        let safety = try #require(story.entries.last { $0.kind == .threat }?.seq)
        story.wait(.hours(6))
        #expect(story.toDo == [.assessThreats, .supervisor], "whatever is overdue; and nobody is named yet")
        #expect(story.item(.assessThreats).why.entries == [safety])
        try story.write(.threatAssessment(AssessmentRequest(of: safety, verdict: .credible, reason: "He was here.")))
        #expect(story.toDo == [.assessThreats])
        try story.write(.supervisorJoined("Sue"), by: Desk.manager)
        #expect(story.toDo == [.takeNoAbuse, .assessThreats], "the other threat")
        try story.write(
            .threatAssessment(AssessmentRequest(of: safety, verdict: .unfounded, reason: "It was not he.")),
            by: Desk.manager)
        #expect(story.item(.assessThreats).why.entries != [safety])
    }

    @Test("feelings and listening go before anything is proposed", arguments: Mood.allCases)
    func feelingsFirst(mood: Mood) throws {
        var story = try Story(mood: mood)
        var done: [Tactic] = []
        while let tactic = story.toDo.first(where: { story.item($0).call?.role == .agent }), done.count < 12 {
            done.append(tactic)
            if tactic == .agree { break }
            if tactic == .takeNoAbuse {
                // Whoever goes on all the same.
                try story.write(.told(.acknowledgement, text: "I see."))
                try story.write(.mood(.upset, why: nil))
            } else {
                try story.follow(tactic)
            }
        }
        let order: [Tactic] = [.takeNoAbuse, .acknowledge, .letVent, .listen, .restate, .agree]
        #expect(done.filter(order.contains).uniqued == order.filter(done.contains), "\(done)")
        #expect(done.contains(.listen) && done.contains(.restate) && done.last == .agree)
        #expect(done.contains(.acknowledge) == (mood == .upset || mood == .angry))
    }

    @Test(
        "what was promised is to be done now in the last quarter of its span, or within the policy's warning",
        arguments: [(hours: 2, isNear: false), (5, false), (7, true), (8, true)])
    func near(hours: Int64, isNear: Bool) throws {
        var story = try Story(promise: Desk.request(.after(.hours(8))))
        story.policy.warnAhead = .seconds(1)
        story.wait(.hours(hours))
        #expect(story.toDo == (isNear ? [.keepPromises] : [.writeItDown]))
        #expect(story.state(.tellOfDelays) == (isNear ? .next : .notNeeded))
        story.policy.warnAhead = .hours(8)
        #expect(story.toDo == [.keepPromises])
    }

    @Test("but never before feelings", arguments: [Mood.upset, .angry])
    func nearAndUpset(mood: Mood) throws {
        var story = try Story(mood: mood, promise: Desk.request(.after(.hours(8))))
        story.wait(.hours(7))
        #expect(story.toDo == [.acknowledge])
        #expect(story.state(.keepPromises) == .next)
        try story.follow(.acknowledge)
        #expect(story.toDo == [.keepPromises])
    }

    @Test("while the talk rests nothing sends anybody to the customer but the promise that ends it")
    func resting() throws {
        for stop in ["cool_off", "refusal"] {
            var story = try Story(mood: .upset, promise: Desk.request(.after(.hours(30))))
            // All that could send somebody: a broken promise, an untold one, a no, an apology, more to say back.
            try story.write(.concession(what: "All", Money(amount: 1_000_000, currency: .usDollar)))
            let concession = try #require(story.entries.last?.seq)
            try story.write(.restatement(text: "It broke.", confirmed: true))
            try story.write(.statement("And again."))
            try story.write(.mood(.abusive, why: nil))
            let callback = PromiseRequest(kind: .callback, what: "Call", due: .after(.days(4)))
            try story.write(
                stop == "refusal"
                    ? .refusal(RefusalRequest(reason: "No more.", callback: callback))
                    : .coolOff(CoolOffRequest(reason: "No more.", callback: callback)))
            try story.write(
                .concessionDecision(ConcessionDecisionRequest(of: concession, approved: false, reason: "No.")),
                by: Desk.manager)
            story.wait(.days(2))
            #expect(story.file.promises.first?.state(at: story.now) == .overdue)
            #expect(story.toDo == [.supervisor], "that is in the house")
            let customer: [Tactic] = [
                .tellOfDelays, .writeItDown, .listen, .restate, .acknowledge, .apologise, .letVent, .agree, .concede,
            ]
            #expect(story.tactics(.held) == (customer + [.relationship]).sorted(), "after \(stop)")
            #expect(story.item(.keepPromises).why.promises == [2] && story.state(.keepPromises) == .next)
            #expect(story.item(.timeline).why.promises.first == 2)
            try story.write(.supervisorJoined("Sue"), by: Desk.manager)
            #expect(story.toDo == [.learn], "of the broken one")
            try story.follow(.learn)
            #expect(story.toDo == [])
            story.wait(story.untilNext)
            #expect(story.toDo == [.keepPromises])
            story.wait(.hours(1))
            #expect(story.toDo == [.tellOfDelays], "which is missed")
            #expect(story.item(.tellOfDelays).why.promises.contains(2))
        }
    }

    @Test("what was agreed on goes on being done while the talk rests")
    func remedyWhileResting() throws {
        var story = try Story(mood: .upset, promise: .told(.days(9)))
        try story.write(.option(["A new one"]))
        let remedy = PromiseRequest(kind: .remedy, what: "Send it", due: .after(.days(1)))
        try story.write(.agreement(AgreementRequest(option: "A new one", accepted: true, remedy: remedy)))
        try story.write(.mood(.angry, why: nil))
        let callback = PromiseRequest(kind: .callback, what: "Call", due: .after(.days(4)))
        try story.write(.coolOff(CoolOffRequest(reason: "No more.", callback: callback)))
        story.wait(.hours(20))
        #expect(story.toDo == [.keepPromises])
        #expect(story.item(.keepPromises).why.promises == [2])
        #expect(story.state(.tellOfDelays) == .held, "but nobody calls about it")
    }

    @Test("whoever is abused may stop first of all, and a supervisor is offered in any heat", arguments: Mood.allCases)
    func abuse(mood: Mood) throws {
        let story = try Story(mood: mood)
        #expect((story.toDo.first == .takeNoAbuse) == (mood == .abusive))
        #expect(story.state(.supervisor) == (mood == .abusive ? .now : mood == .angry ? .next : .notNeeded))
        #expect(story.state(.acknowledge) == (mood == .calm ? .notNeeded : mood == .abusive ? .next : .now))
    }

    @Test("nobody is questioned while they are angry, unless they were asked already")
    func questions() throws {
        var story = try Story(mood: .angry)
        #expect(story.state(.listen) == .held)
        try story.write(.said(.question, text: "When?", saidBy: nil))
        #expect(story.state(.listen) == .next)
        var calm = try Story(mood: .angry)
        try calm.write(.mood(.upset, why: nil))
        #expect(calm.state(.listen) == .next)
    }

    @Test("an outburst that comes after they had cooled down is acknowledged anew, one that goes on is not")
    func outbursts() throws {
        var story = try Story(mood: .angry)
        try story.follow(.acknowledge)
        try story.write(.mood(.upset, why: nil))
        #expect(story.state(.acknowledge) == .done)
        try story.write(.mood(.angry, why: "Lost again"))
        #expect(story.toDo == [.acknowledge])
        try story.follow(.acknowledge)
        try story.write(.mood(.abusive, why: nil))
        #expect(story.state(.acknowledge) == .done && story.state(.coolOff) == .next)
    }

    @Test("after a no comes a compromise: what was offered beside it, then something new")
    func compromise() throws {
        var story = try Story(promise: Desk.request())
        try story.make(.wish("All of it"))
        try story.write(.option(["A repair", "A voucher"]))
        #expect(story.item(.agree).title == "Agree on an option, and promise it")
        try story.write(.agreement(AgreementRequest(option: "A repair", accepted: false)))
        #expect(story.item(.agree).title == "Look for a compromise, and promise it")
        guard case .agree(let request, isOnlyOption: true)? = story.item(.agree).call else {
            return #expect(Bool(false), "no agreement")
        }
        #expect(request.option == "A voucher")
        try story.write(.agreement(AgreementRequest(option: "A voucher", accepted: false)))
        #expect(story.item(.agree).title == "Offer a compromise")
    }

    @Test("before the end of a relationship come a supervisor and a pause, and it is abuse after both that ends it")
    func beforeTheEnd() throws {
        var story = try Story(mood: .abusive)
        #expect(story.state(.relationship) == .held)
        try story.write(.supervisorJoined("Sue"), by: Desk.manager)
        #expect(story.item(.relationship).why.text.contains("a pause"))
        #expect(!story.item(.relationship).why.text.contains("supervisor joins"))
        let callback = PromiseRequest(kind: .callback, what: "Call", due: .after(.hours(8)))
        try story.write(.refusal(RefusalRequest(reason: "No more.", callback: callback)))
        #expect(story.state(.relationship) == .held, "the talk rests")
        try story.follow(.keepPromises)
        #expect(story.state(.relationship) == .held, "nobody knows how they are now")
        var calmer = story
        try calmer.write(.mood(.upset, why: nil))
        #expect(calmer.state(.relationship) == .notNeeded)
        try story.write(.mood(.abusive, why: nil))
        #expect(story.toDo.contains(.relationship))
    }

    @Test("the acknowledgement is the timeline's promise and the one to keep until it is kept, then the far one is")
    func acknowledgementFirst() throws {
        var story = try Story()
        try story.make(
            .promise(PromiseRequest(kind: .update, what: "Say more", due: .after(.hours(40)), nextStep: "We ask")))
        #expect(story.item(.timeline).why.promises.first == 1)
        #expect(story.item(.keepPromises).why.promises == [1])
        try story.follow(.keepPromises)
        #expect(story.item(.timeline).why.promises == [2])
        #expect(story.item(.keepPromises).why.promises == [2])
    }

    @Test("the timeline asks for an estimate, then for a next step, and for neither once a way out is agreed on")
    func timeline() throws {
        var story = try Story(promise: PromiseRequest(kind: .update, what: "Say more", due: .after(.days(1))))
        #expect(story.item(.timeline).call?.blanks.map(\.path.pointer) == ["#/estimate/from", "#/estimate/to"])
        try story.follow(.timeline)
        #expect(
            story.item(.timeline).call?.blanks.map(\.path.pointer) == ["#/what", "#/due_at", "#/next_step"])
        try story.follow(.timeline)
        #expect(story.state(.timeline) == .done)
        var solved = try Story(promise: Desk.request())
        try solved.write(.option(["A repair"]))
        let remedy = PromiseRequest(kind: .remedy, what: "Repair", due: .after(.days(1)))
        try solved.write(.agreement(AgreementRequest(option: "A repair", accepted: true, remedy: remedy)))
        #expect(solved.state(.timeline) == .done)
    }

    @Test("the complaint is said back again once they have said more, whatever was agreed on")
    func moreToSay() throws {
        var story = try Story(promise: Desk.request())
        try story.write(.restatement(text: "It broke.", confirmed: true))
        try story.write(.option(["A repair"]))
        let remedy = PromiseRequest(kind: .remedy, what: "Repair", due: .after(.days(1)))
        try story.write(.agreement(AgreementRequest(option: "A repair", accepted: true, remedy: remedy)))
        #expect(story.state(.restate) == .done)
        try story.write(.statement("The lid, too."))
        #expect(story.toDo == [.restate])
        try story.follow(.restate)
        #expect(story.state(.restate) == .done)
    }

    @Test("a remedy that was promised before anybody talked is no way out that was agreed on")
    func remedyAtOnce() throws {
        let remedy = PromiseRequest(kind: .remedy, what: "Send one", due: .after(.hours(20)))
        let story = try Story(mood: .upset, promise: remedy)
        #expect(story.toDo == [.acknowledge])
        for tactic in [Tactic.listen, .restate, .agree] { #expect([.next, .held].contains(story.state(tactic))) }
    }

    @Test("an estimate for a complaint that came long ago lies ahead in its example")
    func oldLetter() throws {
        var story = try Story(promise: PromiseRequest(kind: .update, what: "Say more", due: .after(.days(80))))
        try story.follow(.keepPromises)
        story.wait(.days(40))
        guard case .estimate(let estimate)? = story.item(.timeline).call else {
            return #expect(Bool(false), "no estimate")
        }
        #expect(estimate.from == .after(.days(45)) && estimate.to == .after(.days(50)))
    }

    @Test("a supervisor who is asked to join for somebody's safety is told so, and where none is named a manager joins")
    func called() throws {
        var story = try Story(mood: .angry)
        try story.write(.threat(.safety, stake: nil, text: "I know where you live."))
        guard case .escalate(let request, _)? = story.item(.supervisor).call else {
            return #expect(Bool(false), "nobody is asked")
        }
        #expect(request.reason == "The customer threatens somebody's safety.")
        #expect(GuidedCall.join("Sue", isNamed: false).role == .manager)
        #expect(GuidedCall.join("Sue", isNamed: true).role == .agent)
    }

    @Test("who was upset before is owed an apology, calm as they are now")
    func apology() throws {
        var story = try Story(mood: .upset)
        try story.write(.mood(.calm, why: nil))
        #expect(story.state(.apologise) == .next)
        #expect(try Story().state(.apologise) == .notNeeded)
    }

    @Test("the customer is told that it is written down, once")
    func writtenDown() throws {
        var story = try Story()
        #expect(
            story.item(.writeItDown).call
                == .write(.told(.acknowledgement, text: "I have written it down, in your words.", writtenDown: true)))
        try story.write(.told(.acknowledgement, text: "I see."))
        #expect(story.state(.writeItDown) == .now, "that says nothing of it")
        try story.follow(.writeItDown)
        #expect(story.state(.writeItDown) == .done)
    }

    @Test("every hard case is learned from after it, also when a lesson was written before it got hard")
    func learning() throws {
        for hard in [LogRequest.mood(.angry, why: nil), .threat(.legal, stake: nil, text: nil)] {
            var story = try Story(promise: Desk.request())
            try story.write(.lesson(LessonRequest(cause: "No stock")))
            try story.write(hard)
            try story.change { file, policy, now in
                let settle = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
                try file.resolve(
                    Incoming(ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])), under: policy,
                    by: Desk.ann, at: now)
            }
            #expect(story.state(.learn) == .now || story.state(.learn) == .next)
            #expect(story.item(.learn).call?.blanks.map(\.path.pointer) == ["#/cause", "#/text"])
            try story.follow(.learn)
            #expect(story.state(.learn) == .done)
        }
    }
}

extension LogRequest {
    fileprivate static func statement(_ text: String) -> LogRequest { .said(.statement, text: text, saidBy: nil) }
}

extension [Tactic] {
    /// Each where it is first.
    fileprivate var uniqued: [Tactic] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
