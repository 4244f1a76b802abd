import Complaints
import Testing

@testable import CaseAPI

/// What is too much work for a loop is read where reports are, and answered the same.
@Suite("Lists that are too much work for a loop")
struct WorkLimitTests {
    @Test("are answered as they would be on the loop, and so is what follows them on the connection")
    func sameAnswers() throws {
        let desk = try TestDesk(loopWorkLimit: 3000)
        for index in 1...120 {
            try desk.openCase("{\"complaint\":\"It leaks \(index).\",\"customer\":{\"name\":\"C\(index)\"}}")
        }
        desk.clock.advance(by: .days(10))
        let asOf = desk.instant(in: .seconds(-60))
        for target in [
            "/v1/promises?state=overdue&limit=100", "/v1/promises?slips_min=5", "/v1/cases?limit=100",
            "/v1/cases?q=leaks&limit=3", "/v1/promises?state=overdue&limit=100&as_of=\(asOf)", "/v1/cases/1",
        ] {
            let answer = try desk.client.get(target)
            #expect(answer.status == 200, "\(answer.response.text)")
            guard target != "/v1/cases/1" else { continue }
            let count = target.contains("slips_min") ? 0 : 120
            #expect(answer["total"] == .integer(Int64(count)), "\(target)")
            let limit = target.contains("limit=100") ? 100 : 3
            #expect(answer["items"].items.count == min(limit, count), "\(target)")
        }
    }
}
