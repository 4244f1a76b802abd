import Foundation
import TestSupport
import Testing

@testable import CaseStore
@testable import Complaints

@Suite("Regimes on record")
struct RegimeRecordTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    @discardableResult
    private func put(_ name: String, _ request: RegimeRequest) throws -> RegimeRecord {
        desk.clock.advance(by: .hours(1))
        return try desk.store.write { transaction in
            let command = RegimeCommand.put(name: name, Incoming(request))
            return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
        }
    }

    private func dated(_ from: String?, _ until: String?, title: String = "Ours") -> RegimeRequest {
        var request = RegimeRequest.twoStages
        request.title = title
        request.period = RegimePeriod(
            from: from.map(CalendarRequest.date), until: until.map(CalendarRequest.date))
        return request
    }

    /// As readers have it and as the writer knows it, which are the same.
    private func timetable(_ name: String, _ receivedAt: String) throws -> RegimeTimetable? {
        let instant = try Instant(rfc3339: receivedAt)
        let read = try desk.reader.read { try $0.regime(name, receivedAt: instant) }
        let known = try desk.store.write { transaction in
            try transaction.owners.regimes.timetable(named: name, receivedAt: instant, transaction.record)
        }
        #expect(read?.regime == known?.regime)
        return read
    }

    @Test("come back as they were sent")
    func texts() throws {
        #expect(
            try RegimeTexts.stages(RegimeTexts.stages(RegimeRequest.twoStages.stages)) == RegimeRequest.twoStages.stages
        )
        var odd = RegimeRequest.twoStages
        odd.stages[0].name = "a \"b\" \\ é\u{7F}"
        try put("Ours", odd)
        let record = try #require(try desk.reader.read { try $0.regime("OURS") })
        #expect(record.name == "Ours" && record.regime == odd.regime(named: "Ours") && !record.isShipped)
        for text in ["", "[", "{}", #"[{"name":"x","clocks":[{"name":"y"}]}]"#] {
            #expect(throws: StoreError.self) { try RegimeTexts.stages(text) }
        }
    }

    @Test("hold for a complaint by the local date of its receipt, the highest version first")
    func receipts() throws {
        try put("ours", dated(nil, "2026-03-31", title: "old"))
        try put("ours", dated("2026-04-01", nil, title: "new"))
        #expect(try timetable("ours", "2026-03-31T22:59:59Z")?.regime.title == "old")
        // London's clocks are an hour ahead.
        #expect(try timetable("ours", "2026-03-31T23:00:00Z")?.regime.title == "new")
        try put("ours", dated("2026-05-01", "2026-05-31", title: "may"))
        #expect(try timetable("ours", "2026-05-15T12:00:00Z")?.regime.title == "may")
        #expect(try timetable("Ours", "2026-06-15T12:00:00Z")?.regime.title == "new")
        #expect(try timetable("ours", "2026-06-15T12:00:00Z")?.calendar.phases.count == 1)
        #expect(try timetable("none", "2026-05-15T12:00:00Z") == nil)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test(
        "are refused with the dates that they hold on, where none does, and with the nearest name where there is none")
    func refused() throws {
        try put("ours", dated("2026-04-01", "2026-04-30"))
        try put("ours", dated("2027-01-01", nil))
        do {
            _ = try timetable("ours", "2026-03-31T22:00:00Z")
            Issue.record("it does not hold")
        } catch let refusal as RegimeRefusal {
            let issue = refusal.issue(at: "regime")
            #expect(issue.path.pointer == "#/regime" && issue.code == .invalidValue)
            #expect(
                issue.detail
                    == "must be a regime that holds for a complaint received on 2026-03-31: ours holds from 2026-04-01 until "
                    + "2026-04-30, and from 2027-01-01.")
        }
        #expect(throws: RegimeRefusal.self) { try timetable("ours", "2026-06-01T00:00:00Z") }
        #expect(throws: RegimeRefusal.self) { try timetable("lgsco", "2026-03-31T00:00:00Z") }
        #expect(try timetable("LGSCO", "2026-04-01T00:00:00Z")?.regime.version == 0)
        let unknown = try desk.reader.read { try $0.unknownRegime("lgsc") }
        #expect(unknown.detail.contains("did you mean lgsco?"))
    }

    @Test("are not those that the writer knew, once a regime or a calendar is another one")
    func forgotten() throws {
        try put("ours", dated(nil, nil, title: "old"))
        #expect(try timetable("ours", "2026-05-15T12:00:00Z")?.regime.title == "old")
        try put("ours", dated(nil, nil, title: "new"))
        #expect(try timetable("ours", "2026-05-15T12:00:00Z")?.regime.title == "new")
        #expect(try timetable("fca-disp", "2026-05-15T12:00:00Z")?.calendar.phases[0].calendar.version == 0)
        _ = try desk.store.write { transaction in
            let command = CalendarCommand.put(name: "england-and-wales", Incoming(.office))
            return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
        }
        for name in ["ours", "fca-disp"] {
            let calendar = try #require(try timetable(name, "2026-05-15T12:00:00Z")?.calendar.phases[0].calendar)
            #expect(calendar.version == 1 && calendar.timeZone == "Europe/Berlin")
        }
    }

    @Test("are as they were as of every instant")
    func asOf() throws {
        let before = desk.clock.now
        try put("ours", dated(nil, nil, title: "old"))
        let between = desk.clock.now
        try put("ours", dated(nil, nil, title: "new"))
        let received = try Instant(rfc3339: "2026-05-15T12:00:00Z")
        func title(_ instant: Instant) throws -> String? {
            try desk.reader.read(asOf: instant) { try $0.regime("ours", receivedAt: received)?.regime.title }
        }
        #expect(try title(before) == nil)
        #expect(try title(between) == "old")
        #expect(try desk.reader.read(asOf: before) { try $0.regime("fca-disp", receivedAt: received) } != nil)
    }
}
