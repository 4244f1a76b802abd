import CaseStore
import Complaints
import TestSupport
import Testing

@Suite("Imported history under a regime")
struct ImportedClockTests {
    private static let receivedAt = ImportTests.receivedAt
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    private func imported(
        _ promises: [ImportedPromiseRequest] = [ImportedPromiseRequest()], regime: String = "housing-ombudsman",
        from origin: ImportOrigin? = nil, receivedAt: Instant = receivedAt,
        more: (inout ImportRequest) -> Void = { _ in }
    ) throws -> CaseFile {
        var request = ImportRequest(
            fields: CaseFields(owner: "Bo", regime: regime), complaint: "It dripped.",
            customer: .new(CustomerFields(name: "Ida")), receivedAt: PastInstant(receivedAt))
        request.promises = promises
        more(&request)
        let outcome = try desk.store.write { transaction in
            var names = GivenNames(mustBeKnown: false)
            return try transaction.importCase(
                Incoming(request), from: origin, isClaimed: { _ in false }, edits: nil, names: &names, by: Desk.agent)
        }
        #expect(try desk.reader.verify().findings == [])
        return try #require(try desk.file(outcome.caseID))
    }

    private func clocks(_ file: CaseFile) -> [String] {
        file.promises.map { "\($0.kind.rawValue) \($0.clock?.name ?? "-") \($0.clock?.stage ?? 0) \($0.dueAt.rfc3339)" }
    }

    @Test(
        "that is open has the clocks that a new case received then would have, and the deadline",
        arguments: ["housing-ombudsman", "fca-disp", "fca-payments"])
    func asOpened(regime: String) throws {
        let file = try imported(regime: regime)
        var request = CaseRequest.plain(fields: CaseFields(owner: "Bo", regime: regime))
        request.receivedAt = PastInstant(Self.receivedAt)
        let opened = try desk.open(request)
        #expect(clocks(file) == clocks(opened) && !file.promises.isEmpty)
        #expect(file.promises.map(\.dueExplained) == opened.promises.map(\.dueExplained))
        #expect(file.record.fields.hardDeadline == opened.record.fields.hardDeadline)
        #expect(file.stages.map(\.name) == opened.stages.map(\.name))
        #expect(file.stages[0].recordedAt == Self.receivedAt && file.stages[0].requestedAt == Self.receivedAt)
        #expect(file.promises.allSatisfy { $0.imported && $0.madeAt == Self.receivedAt })
    }

    @Test("has what its row promises beside them, and the clock that waits for a keep of that starts with it")
    func beside() throws {
        let keptAt = Self.receivedAt + .days(2)
        let file = try imported([
            ImportedPromiseRequest(kind: .acknowledge, due: .after(.days(3)), keptAt: PastInstant(keptAt)),
            ImportedPromiseRequest(kind: .callback, what: "Call", due: .after(.days(90))),
        ])
        #expect(file.promises.map { $0.clock?.name } == [nil, nil, "acknowledgement", "response"])
        let response = try #require(file.promises.last)
        #expect(response.madeAt == keptAt && response.clock?.from == keptAt)
        #expect(file.record.status == .open)
    }

    @Test("that is over has the regime on record, and no clocks")
    func over() throws {
        let file = try imported([
            ImportedPromiseRequest(due: .after(.days(3)), keptAt: PastInstant(Self.receivedAt + .days(1)))
        ])
        #expect(file.record.status == .resolved && file.record.fields.regime == "housing-ombudsman")
        #expect(file.stages == [] && file.promises.count == 1 && file.promises[0].clock == nil)
    }

    @Test("keeps a deadline of its row's own")
    func deadline() throws {
        let own = TestClock.start + .days(9)
        let file = try imported(regime: "fca-disp") { $0.fields.hardDeadline = own }
        #expect(file.record.fields.hardDeadline == own && file.stages[0].hardDeadline == nil)
    }

    @Test("of an own export has its clocks' promises once, open or over, and no clock makes another")
    func own() throws {
        func own(_ kind: PromiseKind, _ clock: String?, kept: Bool) -> ImportedPromiseRequest {
            var promise = ImportedPromiseRequest(kind: kind, what: "As it was", due: .at(Self.receivedAt + .days(20)))
            (promise.clock, promise.isOwn) = (clock, true)
            if kept { promise.keptAt = PastInstant(Self.receivedAt + .days(3)) }
            return promise
        }
        for isOver in [false, true] {
            let file = try imported(
                [own(.acknowledge, "acknowledgement", kept: true), own(.answer, "response", kept: isOver)],
                from: ImportOrigin(caseID: isOver ? 8 : 7, customerID: nil)
            ) { $0.complaint = "It dripped\(isOver ? " again" : "")." }
            #expect(file.promises.map { $0.clock?.name } == ["acknowledgement", "response"])
            #expect(file.promises[1].clock?.from == Self.receivedAt + .days(3), "it waited for the acknowledgement")
            #expect(file.stages.count == 1 && (file.record.status == .resolved) == isOver)
        }
        let bare = try imported(
            [own(.acknowledge, nil, kept: false)], from: ImportOrigin(caseID: 9, customerID: nil)
        ) { $0.complaint = "It hums." }
        #expect(bare.promises.count == 1 && bare.stages.count == 1)
    }

    @Test("is refused where no version holds for its receipt, unless it is over")
    func notInForce() throws {
        let long = Self.receivedAt + .days(-4000)
        #expect {
            try imported(regime: "lgsco", receivedAt: long)
        } throws: { error in
            guard case Refusal.invalid(let issues)? = error as? Refusal else { return false }
            return issues.map(\.path) == ["regime"]
        }
        let kept = ImportedPromiseRequest(due: .after(.days(3)), keptAt: PastInstant(long + .days(1)))
        #expect(try imported([kept], regime: "lgsco", receivedAt: long).stages == [])
    }

    @Test("in business time is due from the receipt on, by its team's calendar, and refused without one")
    func businessTime() throws {
        let promise = ImportedPromiseRequest(what: "Answer", due: .business(BusinessSpan(days: 2)))
        #expect {
            try imported([promise])
        } throws: { error in
            guard case Refusal.invalid(let issues)? = error as? Refusal else { return false }
            return issues.map(\.path) == ["promise" / "due_in_business"] && issues[0].code == .calendarMissing
        }
        _ = try desk.store.write {
            try $0.perform(.put(name: "default", Incoming(CalendarRequest.office)), on: nil, by: Desk.manager)
        }
        let file = try imported([promise])
        let explained = try #require(file.promises.first?.dueExplained)
        #expect(explained.contains("calendar default, version 1") && explained.contains("day 2"))
        #expect(try #require(file.promises.first).dueAt > Self.receivedAt + .days(1))
    }
}
