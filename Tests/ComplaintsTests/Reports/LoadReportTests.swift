import Complaints
import Testing

@Suite("The report on load counts what people have to bear (T20)")
struct LoadReportTests {
    private static let day = Desk.morning + .days(1)

    private func builder(
        from: Instant = Desk.morning, to: Instant = day, asOf: Instant = day
    ) throws -> LoadReportBuilder {
        let request = try #require(LoadReportRequest(from: from, to: to, groupBy: .owner))
        return LoadReportBuilder(request, asOf: asOf)
    }

    private func mood(_ mood: Mood, of person: String = "Kim", case id: Int64 = 1, _ hours: Int64 = 1) -> MoodFact {
        MoodFact(key: person, by: person, caseID: id, recordedAt: Desk.morning + .hours(hours), mood: mood)
    }

    private func promise(_ outcome: Settlement.Outcome?, of owner: String? = "Kim", due: Instant = Desk.due)
        -> PromiseFact
    {
        PromiseFact(
            key: owner, countedFrom: Desk.morning, dueAt: due, originalDueAt: due, isTold: true, outcome: outcome,
            recordedAt: outcome?.at)
    }

    @Test("angry and abusive are hot, upset and calm are not")
    func hot() throws {
        var builder = try builder()
        for (id, value) in Mood.allCases.enumerated() { builder.add(mood(value, case: Int64(id))) }
        builder.add(mood(.angry, case: 2))
        let total = builder.report { _ in false }.total
        #expect(total.contacts == 4, "the same case twice on a day is one")
        #expect(total.hotContacts == 2)
        #expect(total.hotCases == 2, "the same case twice is one")
        #expect(total.hardCases == 2)
    }

    @Test("only the latest run of hot contacts is in a row, each owner's by itself, and the total has the longest")
    func inARow() throws {
        var builder = try builder()
        for (id, value) in [Mood.angry, .angry, .angry, .calm, .abusive, .angry].enumerated() {
            builder.add(mood(value, case: Int64(id)))
        }
        for (id, value) in [Mood.angry, .upset].enumerated() { builder.add(mood(value, of: "Lee", case: Int64(id))) }
        builder.add(mood(.abusive, of: "Moe"))
        let report = builder.report { _ in false }
        #expect(report.groups.map(\.key) == ["Kim", "Lee", "Moe"])
        #expect(report.groups.map(\.figures.hotInARow) == [2, 0, 1])
        #expect(report.total.hotInARow == 2)
    }

    @Test("names compare without case, and of one case a person has but one")
    func names() throws {
        var builder = try builder()
        builder.add(mood(.angry, of: "kim"))
        builder.add(mood(.angry, of: "Kim", case: 2))
        builder.add(promise(.kept(at: Desk.late), of: "KIM"), of: 1)
        builder.addUnsettled(key: "kIM", dueAt: Desk.due)
        let report = builder.report { _ in false }
        #expect(report.groups.map(\.key) == ["KIM"])
        #expect(report.total.hotInARow == 2)
        #expect(report.total.hardCases == 2)
        #expect(report.total.overdue == 1)
    }

    @Test(
        "a promise that was late or broken at some time makes a case hard",
        arguments: [
            (nil, true), (.kept(at: Desk.inTime), false), (.kept(at: Desk.due), false), (.kept(at: Desk.late), true),
            (.superseded(at: Desk.inTime, by: 2), false), (.superseded(at: Desk.late, by: 2), true),
            (.withdrawn(at: Desk.inTime, release: .customerAgreed), false),
            (.withdrawn(at: Desk.inTime, release: .without(.impossible)), true), (.void(at: Desk.late), false),
        ] as [(Settlement.Outcome?, Bool)])
    func hard(outcome: Settlement.Outcome?, isHard: Bool) throws {
        var builder = try builder()
        builder.add(promise(outcome), of: 7)
        #expect(builder.report { _ in false }.total.hardCases == (isHard ? 1 : 0))
    }

    @Test("a case is without a debrief until there is one, in every group that it is hard in")
    func debriefs() throws {
        var builder = try builder()
        builder.add(mood(.angry, case: 1))
        builder.add(mood(.angry, of: "Lee", case: 1))
        builder.add(mood(.angry, case: 2))
        var asked: [Int64] = []
        let report = builder.report { id in
            asked.append(id)
            return id == 1
        }
        #expect(asked.sorted() == [1, 2], "each case is asked about once")
        #expect(report.groups.map(\.figures.hardCases) == [2, 1])
        #expect(report.groups.map(\.figures.hardCasesWithoutDebrief) == [1, 0])
        #expect(report.total.hardCases == 2)
        #expect(report.total.hardCasesWithoutDebrief == 1)
    }

    @Test("what is not of the range is left out, its end and what was recorded later too; what is unsettled is not")
    func range() throws {
        var builder = try builder(asOf: Desk.morning + .hours(20))
        for hours in [-1, 0, 20, 21, 24] as [Int64] { builder.add(mood(.angry, hours)) }
        builder.add(promise(nil, due: Self.day), of: 9)
        for hours in [-48, 1, 20, 24, 480] as [Int64] {
            builder.addUnsettled(key: "Kim", dueAt: Desk.morning + .hours(hours))
        }
        let total = builder.report { _ in false }.total
        #expect(total.hotContacts == 2, "of two days")
        #expect(total.hardCases == 1)
        #expect(total.overdue == 2)
        #expect(total.open == 3, "one that is due at this very instant is open")
    }

    @Test("fifty notes on one case are one contact, and on the next day another one; days are the time zone's")
    func aCaseAndDay() throws {
        let zone = try #require(ZoneDatabase.system.zone(named: "America/New_York"))
        let request = try #require(
            LoadReportRequest(
                from: Desk.morning, to: Desk.morning + .days(9), groupBy: .owner, timeZone: zone))
        var builder = LoadReportBuilder(request, asOf: Desk.morning + .days(9))
        for _ in 0..<50 { builder.add(mood(.angry)) }
        #expect(builder.report { _ in false }.total.contacts == 1)
        // 02:00 of the next day in UTC is the evening before in New York.
        builder.add(mood(.calm, 17))
        #expect(builder.report { _ in false }.total.contacts == 1, "still the same day there")
        builder.add(mood(.calm, 24))
        let total = builder.report { _ in false }.total
        #expect(total.contacts == 2 && total.hotContacts == 1 && total.hotInARow == 0)
    }

    @Test("of a team each person's contacts count, and the longest row is a person's")
    func teams() throws {
        let request = try #require(LoadReportRequest(from: Desk.morning, to: Self.day, groupBy: .team))
        var builder = LoadReportBuilder(request, asOf: Self.day)
        for (person, id) in [("Kim", 1), ("Lee", 1), ("Kim", 2)] as [(String, Int64)] {
            builder.add(
                MoodFact(key: "North", by: person, caseID: id, recordedAt: Desk.morning + .hours(1), mood: .angry))
        }
        builder.add(MoodFact(key: "South", by: "kim", caseID: 3, recordedAt: Desk.morning + .hours(1), mood: .calm))
        let report = builder.report { _ in false }
        #expect(report.groups.map(\.figures.contacts) == [3, 1])
        #expect(report.groups.map(\.figures.hotInARow) == [2, 0])
        #expect(report.total.contacts == 4 && report.total.hotInARow == 2)
    }

    @Test("what went well stands beside it: kept in time, content customers, thanks")
    func wentWell() throws {
        var builder = try builder()
        builder.add(promise(.kept(at: Desk.inTime)), of: 1)
        builder.add(promise(.kept(at: Desk.late)), of: 2)
        builder.add(
            PromiseFact(
                key: "Kim", countedFrom: Desk.morning, dueAt: Desk.due, originalDueAt: Desk.due, isTold: true,
                outcome: .kept(at: Desk.inTime), recordedAt: Desk.late), of: 3)
        builder.add(
            PromiseFact(
                key: "Kim", countedFrom: Desk.inTime + .seconds(-60), dueAt: Desk.due, originalDueAt: Desk.due,
                isTold: true, outcome: .kept(at: Desk.inTime), recordedAt: Desk.inTime), of: 4)
        for (fact, hours) in [
            (.thanks, 1), (.resolved(customerAccepted: true), 2), (.resolved(customerAccepted: false), 3),
            (.thanks, 24), (.thanks, -1),
        ] as [(OutcomeFact, Int64)] {
            builder.add(fact, key: "Kim", recordedAt: Desk.morning + .hours(hours))
        }
        let total = builder.report { _ in false }.total
        #expect(total.kept == 1, "neither late, nor said to have been in time afterwards, nor made a minute before")
        #expect(total.accepted == 1 && total.notAccepted == 1 && total.thanked == 1)
    }
}
