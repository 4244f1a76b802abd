import Complaints
import Testing

@Suite("History is imported as history")
struct ImportedHistoryTests {
    private static let received = Desk.morning + .days(-400)

    private func imported(_ promise: ImportedPromiseRequest, received: Instant? = received) throws -> CaseChange {
        try CaseChange.imported(
            Incoming(
                ImportRequest(
                    fields: CaseFields(owner: "Dan"), complaint: "It broke.", customer: .known(id: 5),
                    receivedAt: received.map { PastInstant($0) }, promise: promise)),
            customer: Desk.customer, id: 7, promiseID: 1, policy: Desk.policy, by: Desk.ann, at: Desk.morning)
    }

    @Test("opened and promised on the day it was received, kept and resolved on the day it was kept")
    func kept() throws {
        for (days, state) in [(Int64(14), PromiseState.kept), (15, .kept), (16, .keptLate)] {
            let keptAt = Self.received + .days(days)
            let file = try imported(
                ImportedPromiseRequest(what: "Answer", due: .after(.days(15)), keptAt: PastInstant(keptAt)))
            let promise = try #require(file.promise(1))
            #expect(file.promises.count == 1)
            #expect(promise.imported)
            #expect(promise.madeAt == Self.received)
            #expect(promise.dueAt == Self.received + .days(15))
            #expect(promise.owner == "Dan")
            #expect(promise.told == Promise.Told(at: Self.received, recordedAt: Self.received))
            #expect(promise.settlement?.recordedAt == keptAt)
            #expect(promise.state(at: Desk.morning) == state)
            #expect(!promise.isBackdated)
            #expect(file.record.imported)
            #expect(file.record.openedAt == Self.received)
            #expect(file.record.status == .resolved)
            #expect(file.record.resolvedAt == keptAt)
            #expect(!file.statusesTaken.isEmpty)
            #expect(file.log.map(\.kind) == [.caseOpened, .promiseMade, .promiseKept, .caseResolved])
            #expect(file.log.map(\.at) == [Self.received, Self.received, keptAt, keptAt])
        }
    }

    @Test("what was never kept is open or overdue, and so is its case")
    func unsettled() throws {
        let overdue = try imported(ImportedPromiseRequest(due: .after(.days(15))))
        #expect(overdue.promise(1)?.state(at: Desk.morning) == .overdue)
        #expect(overdue.promise(1)?.what == ImportedPromiseRequest.unknownText)
        #expect(overdue.record.status == .open)
        #expect(overdue.statusesTaken.isEmpty)
        let open = try imported(ImportedPromiseRequest(due: .at(Desk.morning + .days(500))))
        #expect(open.promise(1)?.state(at: Desk.morning) == .open, "no policy bounds what was promised elsewhere")
    }

    @Test("a promise of which nothing is known is the policy's, and the customer was not told")
    func policys() throws {
        let file = try imported(ImportedPromiseRequest())
        let promise = try #require(file.promise(1))
        #expect(promise.kind == .acknowledge)
        #expect(promise.madeBy == "policy")
        #expect(promise.dueAt == Self.received + Desk.policy.acknowledgeIn)
        #expect(promise.told == nil)
        let kept = try imported(ImportedPromiseRequest(keptAt: PastInstant(Self.received + .days(1))))
        #expect(kept.promise(1)?.told?.at == Self.received + .days(1))
        #expect(kept.promise(1)?.kind == .acknowledge)
    }

    @Test("without a date of receipt it was received now")
    func receivedNow() throws {
        let file = try imported(ImportedPromiseRequest(due: .after(.days(15))), received: nil)
        #expect(file.record.receivedAt == Desk.morning)
        #expect(file.promise(1)?.dueAt == Desk.morning + .days(15))
    }

    static let wrong: [(ImportedPromiseRequest, Instant, [String])] = [
        (ImportedPromiseRequest(), Desk.morning + .seconds(3), ["#/received_at in_the_future"]),
        (
            ImportedPromiseRequest(keptAt: PastInstant(Desk.morning + .seconds(3))), received,
            ["#/promise/kept_at in_the_future"]
        ),
        (
            ImportedPromiseRequest(keptAt: PastInstant(received + .seconds(-1))), received,
            ["#/promise/kept_at before_made_at"]
        ),
        (ImportedPromiseRequest(due: .at(received + .seconds(-1))), received, ["#/promise/due_at before_made_at"]),
        (ImportedPromiseRequest(due: .after(.zero)), received, ["#/promise/due_in out_of_range"]),
        (ImportedPromiseRequest(due: .after(.days(4_000_000))), received, ["#/promise/due_in out_of_range"]),
        (
            ImportedPromiseRequest(due: .after(.zero), keptAt: PastInstant(Desk.morning + .seconds(3))), received,
            ["#/promise/kept_at in_the_future", "#/promise/due_in out_of_range"]
        ),
    ]

    @Test("what cannot have been is refused, all of it at once", arguments: wrong)
    func refused(_ promise: ImportedPromiseRequest, _ received: Instant, _ issues: [String]) {
        #expect(refusal { try imported(promise, received: received) }?.issues == issues)
    }

    @Test("kept and due on the very day of receipt is as it may be")
    func sameInstant() throws {
        let file = try imported(ImportedPromiseRequest(due: .at(Self.received), keptAt: PastInstant(Self.received)))
        #expect(file.promise(1)?.state(at: Desk.morning) == .kept)
    }

    @Test("kept on a day of which the hour is not known, it was kept no earlier than the complaint was received")
    func keptOnDay() throws {
        let day = Self.received + .days(-1)
        func keptAt(until end: Instant?) throws -> Instant? {
            let promise = ImportedPromiseRequest(
                due: .at(Self.received + .days(1)), keptAt: PastInstant(day + .seconds(1)), keptUntil: end)
            return try imported(promise).promise(1)?.keptAt
        }
        #expect(try keptAt(until: Self.received + .seconds(1)) == Self.received)
        for end in [Self.received, nil] {
            #expect(refusal { _ = try keptAt(until: end) }?.issues == ["#/promise/kept_at before_made_at"])
        }
        let later = ImportedPromiseRequest(
            due: .at(Self.received + .days(2)), keptAt: PastInstant(Self.received + .days(1)),
            keptUntil: Self.received + .days(2))
        #expect(try imported(later).promise(1)?.keptAt == Self.received + .days(1))
        let now = ImportedPromiseRequest(
            keptAt: PastInstant(Desk.morning + .seconds(-9)), keptUntil: Desk.morning + .days(1))
        #expect(try imported(now, received: nil).promise(1)?.keptAt == Desk.morning)
    }

    @Test("as of an instant, imported history is there as if it had been kept here")
    func asOf() throws {
        let keptAt = Self.received + .days(16)
        let file = try imported(ImportedPromiseRequest(due: .after(.days(15)), keptAt: PastInstant(keptAt)))
        let history = CaseHistory(statusChanges: [StatusChange(recordedAt: keptAt, status: .resolved)])
        func seen(_ now: Instant) -> (CaseStatus, PromiseState?)? {
            file.file.asOf(now, history: history).map { ($0.record.status, $0.promise(1)?.state(at: now)) }
        }
        #expect(seen(Self.received + .seconds(-1)) == nil)
        #expect(try #require(seen(Self.received)) == (.open, .open))
        #expect(try #require(seen(keptAt + .seconds(-1))) == (.open, .overdue))
        #expect(try #require(seen(keptAt)) == (.resolved, .keptLate))
    }
}
