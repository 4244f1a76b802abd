import Complaints
import Testing

@Suite("What clients write to a case's log")
struct WrittenLogTests {
    private static let untold = Desk.promise(1, told: false)
    private static let alsoUntold = Desk.promise(2, told: false)
    private static let settledUntold = Desk.promise(
        3, told: false,
        settlement: Settlement(
            outcome: .withdrawn(at: Desk.morning, release: .without(.unreachable)), recordedAt: Desk.morning, by: "Ann")
    )
    private static let internalUntold = Desk.promise(4, by: .desk, to: .us, told: false)
    private static let told = Desk.promise(5)

    private func notify(
        _ outcome: ContactOutcome = .reached, at: Instant? = nil, promiseID: Int64? = nil
    ) throws -> CaseChange {
        var file = Desk.change(
            promises: [Self.untold, Self.alsoUntold, Self.settledUntold, Self.internalUntold, Self.told])
        let notice = NoticeRequest(channel: .phone, outcome: outcome, at: at.map { PastInstant($0) })
        try file.write(
            Incoming(.customerNotified(notice, promiseID: promiseID, text: "Told them")),
            under: Desk.policy, by: Desk.ann, at: Desk.due)
        return file
    }

    @Test(
        "a notice that reached the customer says that they know of what was promised them",
        arguments: [
            (ContactOutcome.reached, nil, [1, 2]), (.messageLeft, nil, [1, 2]), (.attempted, nil, []),
            (.reached, 2, [2]), (.reached, 3, [3]), (.attempted, 2, []), (.reached, 4, []), (.reached, 5, []),
        ] as [(ContactOutcome, Int64?, [Int64])])
    func tells(_ outcome: ContactOutcome, _ promiseID: Int64?, _ newlyTold: [Int64]) throws {
        let file = try notify(outcome, promiseID: promiseID)
        let expected = Promise.Told(at: Desk.due, recordedAt: Desk.due)
        #expect(file.promises.filter { $0.told == expected }.map(\.id) == newlyTold)
        #expect(file.promise(5) == Self.told, "who knows already is not told anew")
        #expect(file.promises.filter { $0.version == 2 }.map(\.id) == newlyTold)
        #expect(file.log.map(\.kind) == [.customerNotified])
    }

    @Test("told_at is when they were told, but nobody knows of a promise before it is made")
    func toldAt() throws {
        let before = try notify(at: Desk.morning + .hours(-1))
        #expect(before.promise(1)?.told == Promise.Told(at: Desk.morning, recordedAt: Desk.due))
        #expect(before.log.first?.at == Desk.morning + .hours(-1))
        let since = try notify(at: Desk.morning + .minutes(5))
        #expect(since.promise(1)?.told == Promise.Told(at: Desk.morning + .minutes(5), recordedAt: Desk.due))
    }

    static let said: [(LogRequest, LogKind, [Fact])] = [
        (.note(text: "Asked the workshop"), .note, [Fact("text", .text("Asked the workshop"))]),
        (
            .said(.statement, text: "It smokes", saidBy: nil), .statement,
            [Fact("text", .text("It smokes")), Fact("said_by", .text("customer"))]
        ),
        (
            .said(.statement, text: "It smokes", saidBy: "Her son"), .statement,
            [Fact("text", .text("It smokes")), Fact("said_by", .text("Her son"))]
        ),
        (
            .customerNotified(NoticeRequest(channel: .chat, outcome: .reached), promiseID: nil, text: "Told"),
            .customerNotified, [Fact("text", .text("Told"))]
        ),
        (
            .customerNotified(NoticeRequest(channel: .chat, outcome: .reached), promiseID: nil, text: nil),
            .customerNotified, []
        ),
    ]

    @Test("each kind of entry holds what was said, as free text", arguments: said)
    func entries(_ request: LogRequest, _ kind: LogKind, _ texts: [Fact]) throws {
        var file = Desk.change()
        try file.write(Incoming(request), under: Desk.policy, by: Desk.ann, at: Desk.due)
        #expect(file.log.map(\.kind) == [kind])
        #expect(file.log.map(\.texts) == [texts])
        #expect(file.log.map(\.at) == [Desk.due])
        #expect(file.promises == Desk.file().promises)
    }

    @Test("entries are written in a closed case too", arguments: CaseStatus.allCases)
    func anyStatus(_ status: CaseStatus) throws {
        var file = Desk.change(status, promises: [])
        try file.write(
            Incoming(.note(text: "She called to say thanks")), under: Desk.policy, by: Desk.ann, at: Desk.due)
        #expect(file.log.count == 1)
        #expect(file.record == Desk.file(status, promises: []).record)
    }
}
