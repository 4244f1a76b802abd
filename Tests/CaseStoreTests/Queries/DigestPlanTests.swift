import Complaints
import Testing

@testable import CaseStore

@Suite("Query plans of a digest")
struct DigestPlanTests {
    @Test("walk what is unsettled by its due instant, and count it on the same index", arguments: [false, true])
    func plans(past: Bool) throws {
        var mine = DigestFilter()
        mine.owner = "Kim"
        var ours = DigestFilter()
        ours.team = "North"
        for filter in [DigestFilter(), mine, ours] {
            let plans = try PlannedStatements().of(past: past) { transaction in
                _ = try transaction.digest(filter, limit: 20)
                _ = try transaction.digestRows(filter, PageRequest(limit: 20))
            }
            #expect(plans.count >= 12)
            // By whose days it is told is looked up among the calendars, of which there are few.
            #expect(plans.flatMap(\.scans).filter { $0 != "SCAN c" } == [])
        }
    }
}
