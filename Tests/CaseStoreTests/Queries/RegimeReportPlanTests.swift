import Complaints
import Testing

@testable import CaseStore

/// What the report on a regime costs as the record grows is decided by its plans.
@Suite("Query plans of the report on a regime")
struct RegimeReportPlanTests {
    @Test(
        "it walks the cases under the regime that were received in the range, and what belongs to each",
        arguments: [false, true])
    func plans(past: Bool) throws {
        let statements = try PlannedStatements { desk in
            let file = try desk.open(.plain(fields: CaseFields(regime: "housing-ombudsman")))
            var edit = CaseEdit()
            edit.regime = .some("fca-disp")
            let command = CaseCommand.edit(case: file.record.id, Incoming(edit))
            _ = try desk.store.write { try $0.perform(command, on: file, by: Desk.agent) }
        }
        var seen: Set<String> = []
        for grouping in RegimeGrouping.allCases {
            for (regime, by) in [
                ("housing-ombudsman", RegimeRange.received), ("fca-disp", .received), ("fca-disp", .settled),
            ] {
                let request = try #require(
                    RegimeReportRequest(
                        from: TestClock.start, to: TestClock.start + .days(900), groupBy: grouping, regime: regime,
                        by: by))
                for plan in try statements.of(past: past, { _ = try $0.regimeReport(request) }) {
                    #expect(plan.scans == [] && !plan.sorts, "\(plan)")
                    for alias in ["c", "k", "s", "g", "p"] { seen.formUnion(plan.indexes(of: alias)) }
                }
            }
        }
        #expect(seen.contains("complaint_case_under_regime"))
        #expect(
            seen.isSuperset(of: ["status_change_by_case", "promise_by_case", "sqlite_autoindex_case_stage_1"]),
            "\(seen)")
    }
}
