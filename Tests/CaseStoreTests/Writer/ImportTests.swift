import CaseStore
import Complaints
import TestSupport
import Testing

@Suite("Imported history")
struct ImportTests {
    /// Received 60 days before the tests begin, due after 15 days.
    static let receivedAt = TestClock.start + .days(-60)

    @discardableResult
    private func importCase(
        _ desk: Desk, externalID: String = "K-1", keptAt: Instant? = nil
    ) throws -> CaseFile? {
        let request = ImportRequest(
            fields: CaseFields(externalID: externalID, owner: "Bo"), complaint: "It dripped.",
            customer: .keyed(externalID: "C-1", CustomerFields(name: "Ida")), receivedAt: PastInstant(Self.receivedAt),
            promise: ImportedPromiseRequest(due: .after(.days(15)), keptAt: keptAt.map { PastInstant($0) }))
        return try desk.store.write { try $0.importCase(Incoming(request), by: Desk.agent)?.file }
    }

    @Test("is written and read back whole, and once only")
    func roundTrip() throws {
        let desk = try Desk()
        let kept = try #require(try importCase(desk, keptAt: Self.receivedAt + .days(20)))
        let unsettled = try #require(try importCase(desk, externalID: "K-2"))
        #expect(try desk.file(1) == kept)
        #expect(try desk.file(2) == unsettled)
        #expect(try importCase(desk) == nil)
        #expect(try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).total } == 2)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test(
        "that says nothing of a promise is promised in business time where the policy has it, from the receipt on, by its team's calendar"
    )
    func businessTime() throws {
        let desk = try Desk()
        var edit = PolicyEdit()
        edit.acknowledgeInBusiness = .some(BusinessSpan(time: .hours(4)))
        try desk.perform(.edit(.normal, edit))
        var nights = CalendarRequest.office
        nights.teams = ["Nights"]
        for day in Weekday.allCases { nights.weekly[day] = [CalendarRequest.hours("00:00", "24:00")] }
        for (name, request) in [("default", CalendarRequest.office), ("nights", nights)] {
            _ = try desk.store.write { try $0.perform(.put(name: name, Incoming(request)), on: nil, by: Desk.manager) }
        }
        // Each in a batch of its own, as the calendar is read once for each.
        let received = [-400, -60, -1].map { Self.receivedAt + .days($0) }
        for (index, receivedAt) in received.enumerated() {
            for team in ["Nights", nil] {
                let request = ImportRequest(
                    fields: CaseFields(externalID: "B-\(index)\(team ?? "")", team: team), complaint: "It dripped.",
                    customer: .new(CustomerFields(name: "Ida")), receivedAt: PastInstant(receivedAt))
                let file = try desk.store.write { try $0.importCase(Incoming(request), by: Desk.agent)?.file }
                let promise = try #require(file?.promises.first)
                #expect(
                    promise.dueExplained?.contains("calendar \(team == nil ? "default" : "nights"), version 1") == true)
                #expect(team == nil || promise.dueAt == receivedAt + .hours(4), "\(promise)")
            }
        }
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("stands at its own instants in the record of then")
    func historical() throws {
        let desk = try Desk()
        let dueAt = Self.receivedAt + .days(15)
        try importCase(desk, keptAt: Self.receivedAt + .days(20))
        let table: [(at: Instant, state: PromiseState?, status: CaseStatus?, entries: Int)] = [
            (Self.receivedAt + .seconds(-1), nil, nil, 0), (Self.receivedAt, .open, .open, 2),
            (dueAt, .open, .open, 2), (dueAt + .seconds(1), .overdue, .open, 2),
            (Self.receivedAt + .days(20), .keptLate, .resolved, 4), (TestClock.start, .keptLate, .resolved, 4),
        ]
        for (at, state, status, entries) in table {
            try desk.reader.read(asOf: at) { transaction in
                let file = try transaction.caseFile(1)
                #expect(file?.record.status == status && file?.promises.first?.state(at: at) == state, "\(at.rfc3339)")
                for word in PromiseState.allCases {
                    var filter = PromiseFilter()
                    filter.states = [word]
                    let page = try transaction.promises(filter, PageRequest(limit: 9))
                    #expect(page.items.count == (word == state ? 1 : 0), "\(word) at \(at.rfc3339)")
                }
                #expect(try transaction.log(ofCase: 1, PageRequest(limit: 9)).items.count == entries)
                #expect(try transaction.customer(1) == (state == nil ? nil : file?.record.customer))
            }
        }
    }

    @Test("goes on as any other case")
    func goesOn() throws {
        let desk = try Desk()
        try importCase(desk, keptAt: Self.receivedAt + .days(20))
        let reopened = try desk.change(1) { file, policy, now in
            try file.reopen(Incoming(ReopenRequest(reason: "Again")), under: policy, by: Desk.agent, at: now)
        }
        #expect(try desk.file(1) == reopened)
        #expect(reopened.promises.map(\.imported) == [true, false])
        #expect(try desk.file(1, asOf: TestClock.start)?.record.status == .resolved)
        #expect(try desk.reader.verify().findings == [])
    }
}
