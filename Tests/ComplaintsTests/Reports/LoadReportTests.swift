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

    private func mood(_ mood: Mood, of owner: String? = "Kim", case id: Int64 = 1, _ hours: Int64 = 1) -> MoodFact {
        MoodFact(key: owner, caseID: id, recordedAt: Desk.morning + .hours(hours), mood: mood)
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
        #expect(total.contacts == 5)
        #expect(total.hotContacts == 3)
        #expect(total.hotCases == 2, "the same case twice is one")
        #expect(total.hardCases == 2)
    }

    @Test("only the latest run of hot contacts is in a row, each owner's by itself, and the total has the longest")
    func inARow() throws {
        var builder = try builder()
        for value in [Mood.angry, .angry, .angry, .calm, .abusive, .angry] { builder.add(mood(value)) }
        for value in [Mood.angry, .upset] { builder.add(mood(value, of: "Lee")) }
        builder.add(mood(.abusive, of: nil))
        let report = builder.report { _ in false }
        #expect(report.groups.map(\.key) == ["Kim", "Lee", nil])
        #expect(report.groups.map(\.figures.hotInARow) == [2, 0, 1])
        #expect(report.total.hotInARow == 2)
    }

    @Test("names compare without case, and of one case a person has but one")
    func names() throws {
        var builder = try builder()
        builder.add(mood(.angry, of: "kim"))
        builder.add(mood(.angry, of: "Kim"))
        builder.add(promise(.kept(at: Desk.late), of: "KIM"), of: 1)
        builder.addUnsettled(key: "kIM", dueAt: Desk.due)
        let report = builder.report { _ in false }
        #expect(report.groups.map(\.key) == ["KIM"])
        #expect(report.total.hotInARow == 2)
        #expect(report.total.hardCases == 1)
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
        #expect(total.hotContacts == 2)
        #expect(total.hardCases == 1)
        #expect(total.overdue == 2)
        #expect(total.open == 3, "one that is due at this very instant is open")
    }
}
