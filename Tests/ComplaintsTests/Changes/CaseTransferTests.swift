import Complaints
import Testing

/// The tricks by which a duplicate could make a promise go away, each by its name (T2, T3, T15).
@Suite("A case that is a duplicate of another one")
struct CaseTransferTests {
    private static let now = Desk.morning + .minutes(5)

    private static func other(
        _ status: CaseStatus = .open, id: Int64 = 8, customer: Customer = Desk.customer, owner: String? = nil,
        matters: [Matter] = []
    ) -> CaseFile {
        var record = Case(
            id: id, customer: customer, complaint: "It broke, as I said.", fields: CaseFields(owner: owner),
            receivedAt: Desk.morning, openedAt: Desk.morning, status: status, version: 2, updatedAt: Desk.morning)
        if status != .open { record.resolvedAt = Desk.morning }
        let promise = Promise(
            id: 20, caseID: id, kind: .callback, what: "Call back", madeBy: Desk.bea.name, madeAt: Desk.morning,
            dueAt: Desk.morning + .days(3), told: Promise.Told(at: Desk.morning, recordedAt: Desk.morning))
        return CaseFile(record: record, promises: [promise], matters: matters)
    }

    private func transfer(
        _ file: CaseFile = Desk.file(), knowing entries: [LogEntry] = [], to other: CaseFile? = Self.other(),
        under policy: Policy = Desk.policy, isRing: Bool = false, by actor: Actor = Desk.bea, at now: Instant = now
    ) throws(Refusal) -> CaseTransfer {
        try CaseTransfer(
            Incoming(DuplicateRequest(caseID: other?.record.id ?? 99, reason: "The same kettle")), of: file,
            knowing: entries, to: other.map { CaseTransfer.Goal($0, policy: policy, isRing: isRing) },
            nextPromiseID: 100, by: actor, at: now)
    }

    /// The case that goes on, as it is a while later.
    private func later(_ transfer: CaseTransfer, nextPromiseID: Int64 = 200) -> CaseChange {
        CaseChange(of: transfer.other.file, nextPromiseID: nextPromiseID)
    }

    @Test("is resolved, and what was promised goes on in that one as it was, each naming the other")
    func goesOn() throws {
        let moved = Promise(
            id: 2, caseID: 7, kind: .remedy, what: "Send a kettle", owner: "Kim", madeBy: Desk.ann.name,
            makerTokenID: 1, madeAt: Desk.morning + .minutes(1), channel: .letter, dueAt: Desk.due + .days(2),
            originalDueAt: Desk.due, dueExplained: "Two days", nextStep: "Pack it", reasonMade: "None left",
            explanationMade: "We have none left", slips: 3, supersedes: 1,
            acceptance: Promise.Acceptance(askedAt: Desk.morning + .minutes(1), askedBy: "Ann"),
            told: Promise.Told(at: Desk.morning, recordedAt: Desk.morning + .minutes(2)), version: 2)
        let settlement = Settlement(
            outcome: .superseded(at: Desk.morning + .minutes(1), by: 2), recordedAt: Desk.morning + .minutes(1),
            by: "Ann")
        let file = Desk.file(promises: [
            Desk.promise(settlement: settlement), moved, Desk.promise(3, by: .customer, to: .us),
        ])
        let transfer = try transfer(file)
        let (duplicate, other) = (transfer.duplicate, transfer.other)
        #expect(duplicate.record.status == .resolved && duplicate.record.duplicateOf == 8)
        #expect(duplicate.record.customerAccepted == nil)
        #expect(duplicate.log.map(\.kind) == [.promiseTransferred, .promiseTransferred, .caseResolved])
        #expect(duplicate.log.last?.facts == [Fact("duplicate_of", .integer(8))])
        #expect(duplicate.made.isEmpty, "and no follow-up, whatever the policy wants")
        #expect(other.log.map(\.kind) == [.duplicate, .promiseMade, .promiseMade])
        #expect(other.log.first?.facts == [Fact("duplicate", .integer(7))])
        #expect(other.record.status == .open)
        #expect(other.made.map(\.origin?.promise) == [2, 3] && other.made.map(\.caseID) == [8, 8])
        let new = try #require(other.made.first)
        #expect(duplicate.promise(2)?.settlement?.outcome == .transferred(at: Self.now, to: new.id))
        #expect(duplicate.promise(2)?.state(at: Self.now) == .transferred)
        #expect(new.madeAt == Self.now && new.firstMadeAt == Desk.morning + .minutes(1))
        var expected = moved
        expected.settlement = nil
        let kept: [(Promise) -> AnyHashable?] = [
            { $0.kind }, { $0.what }, { $0.by }, { $0.to }, { $0.owner }, { $0.accountable }, { $0.madeBy },
            { $0.makerTokenID }, { $0.channel }, { $0.dueAt }, { $0.originalDueAt }, { $0.dueExplained },
            { $0.nextStep },
            { $0.customerNotified }, { $0.reasonMade }, { $0.explanationMade }, { $0.slips }, { $0.imported },
            { $0.acceptance }, { $0.told }, { $0.concession }, { $0.totalSlip },
        ]
        for (index, part) in kept.enumerated() { #expect(part(new) == part(expected), "part \(index)") }
        #expect(new.countedFrom(receivedAt: .earliest, openedAt: Self.now) == moved.madeAt)
        #expect(other.made.last?.by == .customer && other.made.last?.to == .us)
    }

    @Test("must be open, and another open case of the same customer's: not itself, nor one that was its own duplicate")
    func refusals() throws {
        #expect(refusal { _ = try transfer(Desk.file(.resolved)) }?.violation?.code == .caseNotOpen)
        #expect(
            refusal { _ = try transfer(Desk.file(.closed), to: nil) }?.violation?.code == .caseNotOpen,
            "whatever was named")
        #expect(refusal { _ = try transfer(to: nil) }?.issues == ["#/case_id invalid_value"])
        #expect(refusal { _ = try transfer(to: Desk.file()) }?.violation?.code == .notADuplicate, "itself")
        #expect(refusal { _ = try transfer(to: Self.other(.resolved)) }?.violation?.code == .notADuplicate)
        #expect(refusal { _ = try transfer(isRing: true) }?.violation?.code == .notADuplicate, "a ring")
        var stranger = Desk.customer
        stranger = Customer(
            id: 6, fields: stranger.fields, recordedAt: Desk.morning, updatedAt: Desk.morning, version: 1)
        #expect(refusal { _ = try transfer(to: Self.other(customer: stranger)) }?.violation?.code == .notADuplicate)
    }

    @Test("hides no overdue promise: it arrives overdue, and counts as broken there, and there alone")
    func hidingOverdue() throws {
        let now = Desk.late
        let transfer = try transfer(at: now)
        let before = transfer.duplicate.file.timeline(at: now)
        #expect(before.counts[.transferred] == 1 && before.counts[.overdue] == 0 && before.everBroken, "it stays so")
        let after = transfer.other.file.timeline(at: now)
        #expect(after.counts[.overdue] == 1 && after.overdueSince == Desk.due && after.everBroken)
        var (old, new) = (transfer.duplicate, later(transfer))
        var once = Desk.policy
        once.escalateAfter = 1
        old.escalateIfBroken(under: once, at: now)
        new.escalateIfBroken(under: once, at: now)
        #expect(old.log.map(\.kind).contains(.escalated) == false)
        #expect(new.log.map(\.kind) == [.escalated])
        let refused = refusal {
            try new.renew(100, .renegotiate, Desk.renewal(), under: Desk.policy, by: Desk.bea, at: now)
        }
        #expect(refused?.violation?.code == .promiseBroken)
        try new.renew(100, .recover, Desk.renewal(), under: Desk.policy, by: Desk.bea, at: now)
        #expect(new.made.last?.slips == 1 && new.made.last?.originalDueAt == Desk.due)
    }

    @Test(
        "opens no one's time anew: it may have been kept since the first making, not before, and its quarter hour goes on"
    )
    func resettingMadeAt() throws {
        let transfer = try transfer()
        var change = later(transfer)
        let early = KeepRequest(keptAt: PastInstant(Desk.morning + .minutes(-1)))
        #expect(
            refusal {
                try change.keep(
                    100, Incoming(SettleAndContinue(early)), under: Desk.policy, by: Desk.bea,
                    at: Self.now + .minutes(1))
            }?.issues == ["#/kept_at before_made_at"])
        let between = KeepRequest(keptAt: PastInstant(Desk.morning + .minutes(2)))
        try change.keep(
            100, Incoming(SettleAndContinue(between)), under: Desk.policy, by: Desk.bea, at: Self.now + .minutes(1))
        #expect(change.promise(100)?.keptAt == Desk.morning + .minutes(2))
        #expect(change.promise(100)?.isInstant == false, "somebody waited for it since the first making")
    }

    private func void(_ change: inout CaseChange, by actor: Actor, at now: Instant) -> Refusal? {
        refusal {
            try change.void(
                100, Incoming(SettleAndContinue(VoidRequest(reason: "Typed twice", customerNotified: Desk.reached))),
                under: Desk.policy, by: actor, at: now)
        }
    }

    @Test("opens no maker's quarter hour anew, whoever says that it is a duplicate, and however overdue it arrives")
    func voidingEarly() throws {
        var intime = later(try transfer(by: Desk.ann))
        #expect(void(&intime, by: Desk.bea, at: Self.now + .minutes(1)) != nil, "who transferred it has not made it")
        #expect(void(&intime, by: Desk.ann, at: Desk.morning + .minutes(14)) == nil, "its maker, within theirs")
        var tooLate = later(try transfer(by: Desk.ann, at: Desk.morning + .minutes(16)))
        #expect(void(&tooLate, by: Desk.ann, at: Desk.morning + .minutes(17)) != nil)
        let soon = Desk.promise(due: Desk.morning + .minutes(2))
        var overdue = later(try transfer(Desk.file(promises: [soon]), by: Desk.ann))
        #expect(void(&overdue, by: Desk.ann, at: Self.now + .minutes(1)) != nil, "it was not born overdue")
    }

    @Test("voided by its maker in time it is no correction: the chain may have begun before")
    func noCorrection() throws {
        var change = later(try transfer(Desk.file(promises: [Desk.promise(told: false)]), by: Desk.ann))
        let next = Desk.request(.after(.days(2)), notified: Desk.reached)
        let request = SettleAndContinue(VoidRequest(reason: "Typed twice"), then: .promise(next))
        try change.void(
            100, Incoming(request), under: Desk.policy, by: Desk.ann, at: Desk.morning + .minutes(10))
        #expect(change.made.last?.originalDueAt == Desk.due && change.made.last?.slips == 1)
    }

    @Test("lets nobody escape a concession that waits: it is decided where it is, and held there until then")
    func escapingConcession() throws {
        func file(_ outcome: Matter.Outcome?) -> CaseFile {
            let promise = Promise(
                id: 1, caseID: 7, kind: .remedy, what: "Refund", madeBy: "Ann", madeAt: Desk.morning, dueAt: Desk.due,
                concession: 3, told: Promise.Told(at: Desk.morning, recordedAt: Desk.morning))
            let matter = Matter(
                kind: .concession, seq: 3, raisedAt: Desk.morning, settledAt: outcome.map { _ in Desk.morning },
                settledSeq: outcome.map { _ in 4 }, outcome: outcome)
            return CaseFile(record: Desk.record(), promises: [promise], matters: [matter])
        }
        // The other case has a concession of that number too, and a granted one.
        let granted = Matter(
            kind: .concession, seq: 3, raisedAt: Desk.morning, settledAt: Desk.morning, settledSeq: 3, outcome: .granted
        )
        for outcome in [nil, Matter.Outcome.refused] {
            var change = later(try transfer(file(outcome), to: Self.other(matters: [granted])))
            let refused = refusal {
                try change.keep(
                    100, Incoming(SettleAndContinue(KeepRequest())), under: Desk.policy, by: Desk.bea,
                    at: Self.now + .minutes(1))
            }
            #expect(refused?.violation?.code == .concessionPending && refused?.violation?.caseID == 7)
        }
        let twice = try transfer(try transfer(file(nil)).other.file, to: Self.other(id: 9), at: Self.now + .minutes(1))
        let last = try #require(twice.other.made.last)
        #expect(last.concession == 3 && last.concessionCase == 7, "through two cases")
        #expect(!twice.other.file.duplicates.isEmpty)
        var change = later(try transfer(file(.approved), to: Self.other(matters: [])))
        try change.keep(
            100, Incoming(SettleAndContinue(KeepRequest())), under: Desk.policy, by: Desk.bea,
            at: Self.now + .minutes(1))
        #expect(change.promise(100)?.keptAt != nil)
    }

    private static func asked(_ settledAt: Instant?, at instant: Instant) -> Matter {
        Matter(
            kind: .escalation, seq: 3, raisedAt: instant, settledAt: settledAt, settledSeq: settledAt.map { _ in 4 },
            outcome: settledAt.map { _ in .joined })
    }

    @Test(
        "raises nothing twice: who waits for a supervisor waits in the other case, and who had one is not asked again")
    func raisingTwice() throws {
        var once = Desk.policy
        once.escalateAfter = 1
        once.supervisor = "Sue"
        let now = Desk.late + .minutes(10)
        func file(_ matter: Matter) -> CaseFile {
            var record = Desk.record()
            record.fields.supervisor = "Sam"
            return CaseFile(record: record, promises: [Desk.promise()], matters: [matter])
        }
        let waiting = try transfer(file(Self.asked(nil, at: Desk.late)), under: once, at: now)
        #expect(waiting.duplicate.settled.map(\.outcome) == [.lapsed])
        #expect(waiting.other.log.map(\.kind) == [.duplicate, .promiseMade, .escalated])
        #expect(waiting.other.record.fields.supervisor == "Sam")
        let both = try transfer(
            file(Self.asked(nil, at: Desk.late)), to: Self.other(matters: [Self.asked(nil, at: Desk.late)]),
            under: once,
            at: now)
        #expect(both.other.log.map(\.kind) == [.duplicate, .promiseMade])
        let joined = try transfer(file(Self.asked(Desk.late + .minutes(1), at: Desk.late)), under: once, at: now)
        #expect(joined.other.log.map(\.kind) == [.duplicate, .promiseMade])
        #expect(joined.other.raised.map(\.outcome) == [.joined], "it is on record there as well")
        let before = try transfer(
            file(Self.asked(Desk.morning + .minutes(1), at: Desk.morning)), under: once, at: now)
        #expect(
            before.other.log.map(\.kind) == [.duplicate, .promiseMade, .escalated], "that was before it was broken")
    }

    @Test("asks anew whether to go on with the customer only where nobody asks in the other case")
    func returning() throws {
        let waits = Matter(kind: .return, seq: 1, raisedAt: Desk.morning)
        let file = CaseFile(record: Desk.record(), promises: [Desk.promise()], matters: [waits])
        #expect(try transfer(file).duplicate.settled.isEmpty, "it waits on")
        #expect(try transfer(file, to: Self.other(matters: [waits])).duplicate.settled.map(\.kind) == [.return])
    }

    @Test("its owner declines it only as they could have before")
    func declining() throws {
        let policys = Promise(
            id: 1, caseID: 7, kind: .acknowledge, what: "Acknowledge it", owner: "Bea", madeBy: "policy",
            madeAt: Desk.morning, dueAt: Desk.due)
        func decline(_ transfer: CaseTransfer) -> Refusal? {
            let entries = transfer.other.log.enumerated().map { index, draft in
                LogEntry(
                    subject: .case(8), seq: Int64(index + 3), kind: draft.kind, at: draft.at, recordedAt: draft.at,
                    actor: "Bea", tokenName: nil, promiseID: draft.promiseID, facts: draft.facts, texts: draft.texts,
                    imported: false)
            }
            var change = CaseChange(of: transfer.other.file, knowing: entries, nextPromiseID: 200)
            return refusal {
                try change.decline(100, Incoming(DeclineRequest(reason: "On leave")), by: Desk.bea, at: Self.now)
            }
        }
        #expect(decline(try transfer(Desk.file(promises: [policys]))) == nil, "it is nobody's then")
        let taken = LogEntry(
            subject: .case(7), seq: 3, kind: .promiseReassigned, at: Desk.morning, recordedAt: Desk.morning,
            actor: "Bea",
            tokenName: nil, promiseID: 1, facts: [], texts: [], imported: false)
        let refused = decline(try transfer(Desk.file(promises: [policys]), knowing: [taken]))
        #expect(refused?.violation?.code == .alreadyAccepted, "they took it themselves, in the other case")
    }

    @Test("is shown to the customer as one chain over both cases, from either, with its moves")
    func customerPage() throws {
        let settlement = Settlement(
            outcome: .superseded(at: Desk.morning + .minutes(1), by: 2), recordedAt: Desk.morning + .minutes(1),
            by: "Ann",
            explanation: "A part is late")
        let second = Promise(
            id: 2, caseID: 7, kind: .callback, what: "Call back", madeBy: "Ann", madeAt: Desk.morning + .minutes(1),
            dueAt: Desk.due + .days(1), originalDueAt: Desk.due, slips: 1, supersedes: 1,
            told: Promise.Told(at: Desk.morning, recordedAt: Desk.morning))
        let file = Desk.file(promises: [Desk.promise(settlement: settlement), second])
        let transfer = try transfer(file)
        var change = later(transfer)
        try change.renew(
            100, .renegotiate, Desk.renewal(.after(.days(4))), under: Desk.policy, by: Desk.bea,
            at: Self.now + .minutes(5))
        let (duplicate, other) = (transfer.duplicate.file, change.file)
        let now = Self.now + .minutes(6)
        for (file, elsewhere) in [(duplicate, other.promises.filter { $0.id >= 100 }), (other, duplicate.promises)] {
            let page = file.customerPage([], elsewhere: elsewhere, at: now)
            let chain = try #require(page.promises.first { $0.promise.id == 200 })
            #expect(chain.moves.count == 2 && chain.state == .open)
            #expect(chain.moves.map(\.from) == [Desk.due, Desk.due + .days(1)])
            #expect(!page.promises.contains { [1, 2, 100].contains($0.promise.id) })
        }
        #expect(
            duplicate.customerPage([], elsewhere: other.promises.filter { $0.id >= 100 }, at: now).nextDueAt
                == other.promise(200)?.dueAt, "the desk is in touch all the same")
    }

    @Test("reopened, it goes on with a promise of its own, and what went on stays where it is")
    func reopening() throws {
        let transfer = try transfer()
        var change = CaseChange(of: transfer.duplicate.file, nextPromiseID: 200)
        try change.reopen(
            Incoming(ReopenRequest(reason: "It was another kettle")), under: Desk.policy, by: Desk.bea, at: Self.now)
        #expect(change.record.status == .open && change.record.duplicateOf == nil)
        #expect(change.file.unsettledToCustomer.map(\.id) == [200])
        #expect(change.promise(1)?.state(at: Self.now) == .transferred)
    }

    @Test("as of before it was found out is as it was, and its promise not yet in the other case")
    func asOf() throws {
        let transfer = try transfer()
        let before = Self.now + ElapsedTime(milliseconds: -1)
        let history = CaseHistory(
            statusChanges: [StatusChange(recordedAt: Self.now, status: .resolved, duplicateOf: 8)])
        let then = try #require(transfer.duplicate.file.asOf(before, history: history))
        #expect(then.record.status == .open && then.record.duplicateOf == nil)
        #expect(then.promises.map { $0.state(at: before) } == [.open])
        #expect(transfer.other.file.asOf(before, history: CaseHistory())?.promises.map(\.id) == [20])
    }
}
