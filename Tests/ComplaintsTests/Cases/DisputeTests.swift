import Complaints
import Testing

@Suite("A keep in name only is disputed")
struct DisputeTests {
    private static let kept = Settlement(outcome: .kept(at: Desk.inTime), recordedAt: Desk.inTime, by: "Bea")
    private static let now = Desk.due + .hours(1)

    /// A case whose first promise was kept, by Bea for Dan, and is disputed.
    private static func disputed(
        _ status: CaseStatus = .open, promise: Promise = Desk.promise(owner: "Dan", settlement: kept)
    ) throws -> Story {
        let promises = status == .open ? [promise, Desk.promise(2)] : [promise]
        var story = Story(file: Desk.file(status, promises: promises))
        try story.write(.dispute(DisputeRequest(promiseID: 1, reason: "Nobody called")), by: Desk.ann)
        return story
    }

    /// A case with its log.
    struct Story {
        var file: CaseFile
        var entries: [LogEntry] = []
        var last: CaseChange?

        mutating func write(_ request: LogRequest, by actor: Actor) throws(Refusal) {
            var change = CaseChange(of: file, knowing: entries, nextPromiseID: 100)
            try change.perform(
                .write(case: 7, Incoming(request)), under: Desk.policy, by: actor, at: DisputeTests.now)
            var matters = file.matters
            for raised in change.raised {
                matters.append(
                    Matter(kind: raised.kind, seq: Int64(entries.count + raised.entry + 1), raisedAt: DisputeTests.now))
            }
            matters = matters.map { matter in
                guard let settled = change.settled.first(where: { $0.kind == matter.kind && $0.seq == matter.seq })
                else {
                    return matter
                }
                return Matter(
                    kind: matter.kind, seq: matter.seq, raisedAt: matter.raisedAt, settledAt: DisputeTests.now,
                    settledSeq: Int64(entries.count + settled.entry + 1), outcome: settled.outcome)
            }
            entries += change.log.enumerated().map { index, draft in
                LogEntry(
                    subject: .case(7), seq: Int64(entries.count + index + 1), kind: draft.kind, at: draft.at,
                    recordedAt: DisputeTests.now, actor: actor.name, tokenName: nil, promiseID: draft.promiseID,
                    facts: draft.facts, texts: draft.texts, imported: false)
            }
            let committed = change.committed(at: DisputeTests.now)
            file = CaseFile(record: committed.record, promises: committed.promises, matters: matters)
            last = change
        }
    }

    private static func next(
        _ nextStep: String? = "Kim calls", _ notified: NoticeRequest? = Desk.reached, to: Promisee? = nil
    ) -> PromiseRequest {
        PromiseRequest(
            kind: .callback, what: "Call back", due: .after(.days(1)), nextStep: nextStep, to: to,
            customerNotified: notified)
    }

    private static func decision(
        _ upheld: Bool, next: PromiseRequest? = nil, of seq: Int64 = 1
    ) -> LogRequest {
        .disputeDecision(DisputeDecisionRequest(of: seq, upheld: upheld, reason: "No call on record", next: next))
    }

    @Test("upheld, it is broken as of the decision, and nothing that was recorded is touched")
    func upheld() throws {
        var story = try Self.disputed()
        let before = story.file.promises[0]
        #expect(before.state(at: Self.now) == .kept, "a dispute alone changes nothing")
        #expect(story.file.isWaiting(.dispute))
        try story.write(Self.decision(true), by: Desk.manager)
        let after = story.file.promises[0]
        #expect(after.state(at: Self.now) == .broken)
        #expect(after.settlement == before.settlement && after.told == before.told)
        #expect(after.wasEverBroken(at: Self.now) && story.file.timeline(at: Self.now).everBroken)
        #expect(!story.file.isWaiting(.dispute) && story.file.matters.last { $0.kind == .dispute }?.outcome == .upheld)
        let then = try #require(after.asOf(Self.now + ElapsedTime(milliseconds: -1), ownerChanges: []))
        #expect(then.state(at: Self.now) == .kept && then.version == before.version)
    }

    @Test("dismissed, it stays kept, and can be disputed anew")
    func dismissed() throws {
        var story = try Self.disputed()
        try story.write(Self.decision(false), by: Desk.manager)
        #expect(story.file.promises[0].state(at: Self.now) == .kept)
        #expect(story.file.matters.last?.outcome == .dismissed)
        let again = refusal { try story.write(Self.decision(true), by: Desk.manager) }
        #expect(again?.violation?.code == .disputeDecided)
        try story.write(.dispute(DisputeRequest(promiseID: 1, reason: "Here is my phone")), by: Desk.ann)
        #expect(story.file.isWaiting(.dispute))
    }

    @Test("a weak one that is dismissed takes no other along that says more")
    func apart() throws {
        var story = try Self.disputed()
        try story.write(.dispute(DisputeRequest(promiseID: 1, reason: "No call", saidBy: "customer")), by: Desk.bea)
        try story.write(Self.decision(false), by: Desk.manager)
        let others = story.file.waiting(.dispute).map(\.seq)
        #expect(others == [2])
        try story.write(Self.decision(true, of: 2), by: Desk.manager)
        #expect(story.file.promises[0].state(at: Self.now) == .broken && !story.file.isWaiting(.dispute))
    }

    @Test("all that disputes the same keep is decided at once where it is upheld")
    func together() throws {
        var story = try Self.disputed()
        try story.write(.dispute(DisputeRequest(promiseID: 1, reason: "No call", saidBy: "customer")), by: Desk.bea)
        try story.write(Self.decision(true), by: Desk.manager)
        #expect(!story.file.isWaiting(.dispute))
        #expect(
            refusal {
                try story.write(.dispute(DisputeRequest(promiseID: 1, reason: "Again")), by: Desk.ann)
            }?.issues == ["#/promise_id invalid_value"])
    }

    @Test("what takes its place goes on in the chain, told as one that makes good for a missed date")
    func goesOn() throws {
        var story = try Self.disputed()
        #expect(
            refusal { try story.write(Self.decision(true, next: Self.next(nil, nil)), by: Desk.manager) }?.issues
                == ["#/next_promise/next_step required", "#/next_promise/customer_notified required"])
        #expect(
            refusal { try story.write(Self.decision(true, next: Self.next(to: .us)), by: Desk.manager) }?.issues
                == ["#/next_promise/to invalid_value"])
        #expect(
            refusal { try story.write(Self.decision(false, next: Self.next()), by: Desk.manager) }?.issues
                == ["#/next_promise conflicting_fields"])
        try story.write(Self.decision(true, next: Self.next()), by: Desk.manager)
        let new = try #require(story.last?.made.first)
        #expect(new.supersedes == 1 && new.slips == 1 && new.originalDueAt == Desk.due)
        #expect(story.file.promises[0].successor == new.id)
        #expect(new.reason == "No call on record")
    }

    @Test(
        "a case that was over is opened again for it, and for nothing less", arguments: [CaseStatus.resolved, .closed])
    func reopens(_ status: CaseStatus) throws {
        var story = try Self.disputed(status)
        try story.write(Self.decision(true), by: Desk.manager)
        #expect(story.file.record.status == status)
        var other = try Self.disputed(status)
        try other.write(Self.decision(true, next: Self.next()), by: Desk.manager)
        #expect(other.file.record.status == .open && other.file.record.closedAt == nil)
        #expect(other.last?.log.map(\.kind) == [.disputeDecision, .caseReopened, .promiseMade])
        #expect(!other.file.timeline(at: Self.now).isSilent)
    }

    @Test("a manager decides who neither owns the promise nor said that it was kept")
    func decider() throws {
        func decide(_ actor: Actor, owner: String? = "Dan", settledBy: String = "Bea") throws -> Refusal? {
            let settlement = Settlement(outcome: .kept(at: Desk.inTime), recordedAt: Desk.inTime, by: settledBy)
            var story = try Self.disputed(promise: Desk.promise(owner: owner, settlement: settlement))
            return refusal { try story.write(Self.decision(true), by: actor) }
        }
        #expect(try decide(Desk.bea)?.isForbidden == true, "no agent does")
        #expect(try decide(Desk.manager, owner: "MIA")?.isForbidden == true)
        #expect(try decide(Desk.manager, settledBy: "Mia")?.isForbidden == true)
        #expect(try decide(Desk.manager) == nil)
        var alone = Desk.manager
        alone.isAlone = true
        #expect(try decide(alone, owner: "Mia") == nil)
    }

    @Test("a desk of one decides itself, and the log says so")
    func deskOfOne() throws {
        var alone = Desk.manager
        alone.isAlone = true
        var story = try Self.disputed(promise: Desk.promise(owner: "Mia", settlement: Self.kept))
        try story.write(Self.decision(true), by: alone)
        #expect(story.entries.last { $0.kind == .disputeDecision }?.flag("by_oneself") == true)
    }

    @Test("only what is said to be kept is disputed")
    func onlyKept() throws {
        for outcome in [
            Settlement.Outcome.void(at: Desk.due), .superseded(at: Desk.due, by: 2),
            .withdrawn(at: Desk.due, release: .customerAgreed), nil,
        ] {
            let settlement = outcome.map { Settlement(outcome: $0, recordedAt: Desk.due, by: "Bea") }
            var story = Story(file: Desk.file(promises: [Desk.promise(settlement: settlement), Desk.promise(2)]))
            let refused = refusal {
                try story.write(.dispute(DisputeRequest(promiseID: 1, reason: "x")), by: Desk.ann)
            }
            #expect(refused?.issues == ["#/promise_id invalid_value"])
        }
        let late = Settlement(outcome: .kept(at: Desk.late), recordedAt: Desk.late, by: "Bea")
        _ = try Self.disputed(promise: Desk.promise(settlement: late))
    }

    @Test("two broken promises of a case ask a supervisor, also where one was found to be")
    func escalates() throws {
        var story = try Self.disputed()
        var policy = Desk.policy
        policy.escalateAfter = 1
        var change = CaseChange(of: story.file, knowing: story.entries, nextPromiseID: 100)
        try change.perform(
            .write(case: 7, Incoming(Self.decision(true))), under: policy, by: Desk.manager, at: Desk.due)
        #expect(change.log.map(\.kind) == [.disputeDecision, .escalated])
        try story.write(Self.decision(true), by: Desk.manager)
    }
}
