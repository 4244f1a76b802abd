import Complaints
import Testing

/// What each tactic asks for, where the stories do not come by.
@Suite("Guidance by tactic")
struct TacticTests {
    @Test("there is one item for each tactic, what is to be done now on top, then next, held, done and not needed")
    func order() throws {
        var story = try Story(mood: .angry)
        try story.write(.threat(.legal, stake: nil, text: nil))
        let items = story.guidance.items
        #expect(items.map(\.tactic).sorted() == Tactic.allCases)
        let states = items.map(\.state)
        #expect(states == Guidance.State.allCases.flatMap { state in states.filter { $0 == state } })
        #expect(story.toDo == [.acknowledge, .assessThreats])
        for item in items {
            #expect(item.why.text.last == "." && item.title.last != ".", "\(item.tactic)")
            #expect((item.call == nil) == [.done, .notNeeded].contains(item.state), "\(item.tactic)")
        }
    }

    @Test("T1: an open case without a date for the customer is given one")
    func silent() throws {
        let file = CaseFile(record: Desk.record(), promises: [])
        let guidance = Guidance(of: file, entries: [], under: Desk.policy, hotInARow: 0, at: Desk.due)
        #expect(guidance.items.first?.tactic == .timeline)
        #expect(guidance.items.first?.state == .now)
        guard case .promise = guidance.items.first?.call else { return #expect(Bool(false), "no promise") }
    }

    @Test("T4: what was promised for somebody else is theirs to accept")
    func acceptance() throws {
        var story = try Story(promise: Desk.request(owner: "Bob"))
        #expect(story.toDo == [.writeItDown, .promiseWithCare])
        #expect(story.item(.promiseWithCare).call?.actor == "Bob")
        try story.follow(.promiseWithCare)
        #expect(story.state(.promiseWithCare) == .done)
        #expect(try Story(promise: Desk.request()).state(.promiseWithCare) == .notNeeded)
    }

    @Test("T8: who gets upset again is acknowledged again")
    func upsetAgain() throws {
        var story = try Story(mood: .upset, promise: Desk.request())
        try story.follow(.acknowledge)
        #expect(story.state(.acknowledge) == .done)
        try story.write(.mood(.calm, why: nil))
        #expect(story.state(.acknowledge) == .notNeeded)
        try story.write(.mood(.upset, why: nil))
        #expect(story.toDo == [.acknowledge])
        try story.write(.told(.support, text: "I stay with it."))
        #expect(story.state(.acknowledge) == .done, "support does as well")
    }

    @Test("T9: the third apology is one too many", arguments: 0...4)
    func apologies(count: Int) throws {
        var story = try Story(mood: .upset)
        for _ in 0..<count { try story.write(.told(.apology, text: "Sorry.")) }
        let item = story.item(.apologise)
        #expect(item.state == (count == 0 ? .next : count < 3 ? .done : .held))
        #expect(item.why.entries.count == max(count, 1))
        #expect((item.call != nil) == (count == 0))
    }

    @Test("T13: an escalation without a name asks for one, and waits until the supervisor joins")
    func escalation() throws {
        var story = try Story(mood: .abusive)
        #expect(story.item(.supervisor).title == "Say which supervisor is to join")
        try story.follow(.supervisor)
        #expect(story.item(.supervisor).title == "Have a supervisor join")
        #expect(story.state(.supervisor) == .now)
        try story.follow(.supervisor)
        #expect(story.state(.supervisor) == .done)
    }

    @Test("T14: who wants none of the options is offered others")
    func otherOptions() throws {
        var story = try Story(promise: Desk.request())
        try story.write(.restatement(text: "It broke.", confirmed: true))
        try story.follow(.agree)
        try story.write(.option(["A repair"]))
        try story.write(.agreement(AgreementRequest(option: " a REPAIR", accepted: false)))
        #expect(story.item(.agree).title == "Offer a compromise")
        #expect(story.item(.agree).why.text == "The customer wanted none of the options.")
    }

    @Test("T15: nothing is promised on a concession that waits, and the customer hears of one that is refused")
    func concessions() throws {
        var story = try Story(promise: Desk.request())
        try story.write(.restatement(text: "It broke.", confirmed: true))
        try story.follow(.agree)
        try story.write(.option(["The money back, twice"]))
        try story.write(.concession(what: "Twice the price", Money(amount: 99_000, currency: .usDollar)))
        let seq = try #require(story.entries.last?.seq)
        #expect(story.state(.agree) == .held)
        #expect(story.item(.agree).why.entries == [seq])
        #expect(story.toDo.contains(.concede))
        #expect(story.item(.concede).call?.role == .manager)

        // Held is not refused: the promise is made, and then it is what has to wait.
        try story.follow(.keepPromises)
        try story.follow(.agree)
        #expect(story.file.promises.last?.concession == seq)
        try story.follow(.keepPromises)
        #expect(story.state(.keepPromises) == .held)

        let no = ConcessionDecisionRequest(of: seq, approved: false, reason: "Too much.")
        try story.write(.concessionDecision(no), by: Desk.manager)
        #expect(story.item(.concede).title == "Tell the customer that it can't be given")
        try story.follow(.concede)
        #expect(story.state(.concede) == .done)
    }

    @Test("T20: the next hot case is for somebody else, after three hot contacts in a row", arguments: 0...4)
    func strain(hotInARow: Int) throws {
        for (mood, owner) in [(Mood.angry, "Ann"), (.calm, "Ann"), (.abusive, nil)] {
            var story = try Story(mood: mood, owner: owner)
            story.hotInARow = hotInARow
            let isOffered = mood == .angry && hotInARow >= 3
            #expect(story.state(.handOver) == (isOffered ? .next : .notNeeded))
            guard isOffered else { continue }
            try story.follow(.handOver)
            #expect(story.file.record.fields.owner == "Somebody else")
        }
    }

    @Test("T21: a promise to follow up outlives the case, and is kept when it is due")
    func followUp() throws {
        var policy = Desk.policy
        policy.followUpIn = .days(3)
        var story = try Story(promise: Desk.request(), policy: policy)
        try story.change { file, policy, now in
            let settle = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
            try file.resolve(
                Incoming(ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])), under: policy,
                by: Desk.ann, at: now)
        }
        #expect(story.toDo == [.followUp])
        #expect(story.item(.followUp).title == "Tell the customer what was promised")
        try story.follow(.followUp)
        #expect(story.toDo == [] && story.state(.followUp) == .next)
        story.wait(.hours(50))
        #expect(story.state(.followUp) == .next)
        story.wait(.hours(5))
        #expect(story.toDo == [.followUp])
        try story.follow(.followUp)
        #expect(story.state(.followUp) == .done)
    }

    @Test(
        "T21: where a final response leaves something open, the customer is told whom they can turn to, once",
        arguments: CaseOutcome.allCases + [nil])
    func lastWord(outcome: CaseOutcome?) throws {
        for response in [nil, FinalResponseRequest(channel: .letter)] {
            var story = try Story(promise: Desk.request())
            try story.change { file, policy, now in
                let settle = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
                let end = ResolveRequest(
                    summary: "Done", customerAccepted: true, outcome: outcome, finalResponse: response, settle: [settle]
                )
                try file.resolve(Incoming(end), under: policy, by: Desk.ann, at: now)
            }
            let isLeft = response != nil && [.partlyUpheld, .notUpheld, .outOfScope].contains(outcome)
            #expect(story.toDo == (isLeft ? [.followUp] : []))
            guard isLeft else { continue }
            #expect(story.item(.followUp).title == "Tell the customer whom they can turn to")
            try story.write(
                .customerNotified(NoticeRequest(channel: .phone, outcome: .attempted), promiseID: nil, text: nil))
            #expect(story.toDo == [.followUp], "they have not heard of it")
            try story.follow(.followUp)
            #expect(story.toDo == [] && story.state(.followUp) == .done)
        }
    }

    @Test("T21: whoever has turned to somebody need not be told whom they can turn to")
    func referred() throws {
        var story = try Story(promise: Desk.request())
        try story.change { file, policy, now in
            let settle = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
            let end = ResolveRequest(
                summary: "Done", customerAccepted: false, outcome: .notUpheld,
                finalResponse: FinalResponseRequest(channel: .letter), settle: [settle])
            try file.resolve(Incoming(end), under: policy, by: Desk.ann, at: now)
        }
        try story.write(.referral(ReferralRequest(to: "Ombudsman")))
        #expect(story.state(.followUp) == .done)
        #expect(story.item(.followUp).why.text.contains("They have turned to somebody since."))
    }

    @Test("who comes back with the same complaint is listened to anew")
    func reopened() throws {
        var story = try Story(promise: Desk.request())
        try story.follow(.listen)
        try story.follow(.listen)
        try story.follow(.restate)
        #expect(story.state(.listen) == .done)
        try story.change { file, policy, now in
            let settle = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
            try file.resolve(
                Incoming(ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])), under: policy,
                by: Desk.ann, at: now)
            try file.reopen(
                Incoming(ReopenRequest(reason: "Again", promise: Desk.request())), under: policy, by: Desk.ann, at: now)
        }
        #expect(story.state(.listen) == .next && story.state(.restate) == .next)
    }

    @Test("of a case whose log has no observations, the mood is the one on record")
    func oldCase() {
        var record = Desk.record()
        record.fields.mood = .angry
        let file = CaseFile(record: record, promises: [Desk.promise()])
        let guidance = Guidance(of: file, entries: [], under: Desk.policy, hotInARow: 0, at: Desk.morning)
        #expect(guidance.mood == .angry)
        #expect(guidance.items.first?.tactic == .acknowledge)
    }
}
