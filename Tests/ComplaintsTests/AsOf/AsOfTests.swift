import Complaints
import Testing

@Suite("As of an instant, the record says what it said then")
struct AsOfTests {
    /// What somebody sees who looks at a case at an instant.
    struct Seen: Equatable {
        var status: CaseStatus
        var resolvedAt: Instant?
        var closedAt: Instant?
        var promises: [SeenPromise]
        var timeline: CaseTimeline

        init(_ file: CaseFile, at now: Instant) {
            status = file.record.status
            resolvedAt = file.record.resolvedAt
            closedAt = file.record.closedAt
            promises = file.promises.map { SeenPromise($0, at: now) }
            timeline = file.timeline(at: now)
        }
    }

    struct SeenPromise: Equatable {
        var id: Int64
        var state: PromiseState
        var owner: String?
        var told: Promise.Told?
        var settlement: Settlement?
        var dueAt: Instant

        init(_ promise: Promise, at now: Instant) {
            id = promise.id
            state = promise.state(at: now)
            owner = promise.owner
            told = promise.told
            settlement = promise.settlement
            dueAt = promise.dueAt
        }
    }

    @Test(
        "on random histories, against a record that was kept whole after every step",
        arguments: 1...300 as ClosedRange<UInt64>)
    func agreesWithTheRecord(_ seed: UInt64) throws {
        var desk = try RandomDesk(seed: seed)
        // The brute force: every version of the whole file, with the instant since which it was the record.
        var versions = [(since: desk.now, file: desk.file)]
        for _ in 0..<40 {
            desk.step()
            versions.append((desk.now, desk.file))
        }
        let file = desk.file
        let millisecond = ElapsedTime(milliseconds: 1)
        var instants: Set<Instant> = [desk.now + .days(100)]
        for turn in versions.map(\.since) + file.promises.map(\.dueAt) {
            instants.formUnion([turn, turn + millisecond, turn + ElapsedTime(milliseconds: -1)])
        }
        for now in instants {
            let then = file.asOf(now, history: desk.history)
            let expected = versions.last { $0.since <= now }?.file
            #expect(
                then.map { Seen($0, at: now) } == expected.map { Seen($0, at: now) },
                "seed \(seed), as of \(now.rfc3339)")
        }
    }

    @Test("whatever happens, the rules hold after every step", arguments: 1...300 as ClosedRange<UInt64>)
    func invariants(_ seed: UInt64) throws {
        var desk = try RandomDesk(seed: seed)
        for _ in 0..<40 {
            let before = desk.file
            desk.step()
            let file = desk.file
            #expect(!file.timeline(at: desk.now).isSilent, "seed \(seed): a silent case")
            if file.record.status == .closed {
                #expect(file.unsettledToCustomer.isEmpty, "seed \(seed): closed over an unsettled promise")
            }
            for (old, new) in zip(before.promises, file.promises) {
                #expect(
                    [old.madeAt, old.dueAt, old.originalDueAt] == [new.madeAt, new.dueAt, new.originalDueAt],
                    "seed \(seed): a promise moved")
                if let settlement = old.settlement {
                    #expect(new.settlement == settlement, "seed \(seed): settled twice")
                    #expect(new.owner == old.owner, "seed \(seed): a settled promise changed hands")
                }
                if let told = old.told { #expect(new.told == told, "seed \(seed): told twice") }
            }
            #expect(file.promises.count >= before.promises.count, "seed \(seed): a promise was lost")
        }
    }

    @Test("the random histories reach every state and every status")
    func coverage() throws {
        var states: Set<PromiseState> = []
        var statuses: Set<CaseStatus> = []
        var hasBackdated = false
        for seed: UInt64 in 1...400 {
            var desk = try RandomDesk(seed: seed)
            for _ in 0..<40 { desk.step() }
            states.formUnion(desk.file.promises.map { $0.state(at: desk.now) })
            statuses.insert(desk.file.record.status)
            hasBackdated = hasBackdated || desk.file.promises.contains(where: \.isBackdated)
        }
        #expect(states == Set(PromiseState.allCases))
        #expect(statuses == Set(CaseStatus.allCases))
        #expect(hasBackdated)
    }

    @Test("before it was opened there was no case, and before it was made no promise")
    func beforeTheBeginning() throws {
        let millisecond = ElapsedTime(milliseconds: -1)
        var change = Desk.change()
        try change.renew(
            1, .renegotiate, Desk.renewal(), under: Desk.policy, by: Desk.ann, at: Desk.due)
        let new = try #require(change.made.last)
        let file = change.file
        #expect(file.asOf(Desk.morning + millisecond, history: CaseHistory()) == nil)
        let before = try #require(file.asOf(Desk.due + millisecond, history: CaseHistory()))
        #expect(before.promises.map(\.id) == [1])
        #expect(before.promise(1)?.state(at: Desk.inTime) == .open)
        let then = try #require(file.asOf(Desk.due, history: CaseHistory()))
        #expect(then.promises.map(\.id) == [1, new.id])
    }

    @Test("a keep that was recorded later was not known then, whenever it happened")
    func recordedLater() {
        let settlement = Settlement(outcome: .kept(at: Desk.inTime), recordedAt: Desk.due + .hours(1), by: "Ann")
        let promise = Desk.promise(settlement: settlement)
        let seen = [Desk.inTime, Desk.late, Desk.due + .hours(1)].map { now in
            promise.asOf(now, ownerChanges: [])?.state(at: now)
        }
        #expect(seen == [.open, .overdue, .kept])
    }

    @Test("for whom it counted at an instant goes by the hands before the first change recorded after it")
    func accountable() {
        var promise = Desk.promise(owner: "Eve")
        promise.acceptance = Promise.Acceptance(askedAt: Desk.late, askedBy: "Dan", acceptedAt: Desk.late + .hours(1))
        let changes = [
            OwnerChange(recordedAt: Desk.due, from: nil),
            OwnerChange(
                recordedAt: Desk.late, from: "Dan", acceptance: Promise.Acceptance(askedAt: Desk.due, askedBy: "Bea")),
        ]
        let instants = [Desk.inTime, Desk.due, Desk.late, Desk.late + .hours(1)]
        let names = instants.map { promise.accountable(at: $0, ownerChanges: changes) }
        #expect(names == [promise.madeBy, "Bea", "Dan", "Eve"])
        #expect(instants.map { promise.asOf($0, ownerChanges: changes)?.accountable } == names)
        #expect(promise.accountable(at: Desk.morning, ownerChanges: []) == "Dan")
    }
}
