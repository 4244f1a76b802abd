import Complaints
import Testing

@Suite("Somebody's absence")
struct AbsenceTests {
    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func absence(_ from: String, _ until: String) throws -> Absence {
        Absence(from: try date(from), until: try date(until))
    }

    @Test("has both of its ends, and meets another where they share a date")
    func ends() throws {
        let away = try absence("2026-03-02", "2026-03-06")
        #expect(try ["2026-03-02", "2026-03-06"].allSatisfy { away.contains(try date($0)) })
        #expect(try !["2026-03-01", "2026-03-07"].contains { away.contains(try date($0)) })
        #expect(try away.overlaps(absence("2026-03-06", "2026-03-09")))
        #expect(try away.overlaps(absence("2026-03-04", "2026-03-04")) && away.overlaps(away))
        #expect(try !away.overlaps(absence("2026-03-07", "2026-03-09")))
        #expect(away.words == "from 2026-03-02 to 2026-03-06")
        #expect(try absence("2026-03-02", "2026-03-02").words == "on 2026-03-02")
    }

    @Test("has the dues of its days by the clocks of a zone, the midnight at their end among them")
    func dues() throws {
        let berlin = try #require(ZoneDatabase.system.zone(named: "Europe/Berlin"))
        // The clocks are set on its last day.
        let dues = try absence("2026-03-27", "2026-03-29").dues(in: berlin)
        #expect(dues.first.rfc3339 == "2026-03-26T23:00:00.001Z")
        #expect(dues.next.rfc3339 == "2026-03-29T22:00:00.001Z")
    }

    @Test("is refused where it ends before it begins, or today")
    func issues() throws {
        let now = Instant(milliseconds: 1_772_355_600_000)
        let owner = Owner(id: 1, name: "Kim", recordedAt: now, updatedAt: now)
        func codes(_ from: String, _ until: String) throws -> [FieldIssue.Code] {
            let request = AbsenceRequest(from: try date(from), until: try date(until))
            do {
                _ = try owner.away(Incoming(request), today: date("2026-03-01"), at: now)
                return []
            } catch Refusal.invalid(let issues) {
                return issues.map(\.code)
            }
        }
        #expect(try codes("2026-03-03", "2026-03-02") == [.invalidValue])
        #expect(try codes("2026-02-20", "2026-02-28") == [.inThePast])
        #expect(try codes("2026-02-20", "2026-03-01") == [], "they have been ill since then")
    }
}
