import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/board/reports/NAME`: what a chart shows as CSV: the API's own report, with the same parameters.
enum ReportTablePage {
    /// What is no report of the API by itself.
    private static let overdue = "overdue"
    private static let reports = ["promises", "load", "causes", "threats", "concessions", "regime"]

    static func show(_ call: PageCall) throws -> PageView {
        let name = call.captured[0]
        if name.isExactly(overdue) { return try overdueDays(call) }
        guard reports.contains(where: { $0.isExactly(name) }) else {
            throw PageProblem.missing("report of that name; there are \(([overdue] + reports).joined(separator: ", "))")
        }
        return PageView(asOf: call.asOf) { record in
            let asked = call.head.parameters.filter { !$0.name.isExactly("format") }
                .map { (name: $0.name, value: Optional($0.value)) }
            return try record.csv("/v1/reports/\(name)", asked)
        }
    }

    private static func overdueDays(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters(ReportsQuery.names)
        return PageView(asOf: call.asOf) { record in
            let query = ReportsQuery(call.head.parameter, now: record.asOf, deskZone: call.deskZone)
            let days = try ReportsPage.overdueDays(
                ReportAnswer(try record.get("/v1/reports/promises", query.range)), query.filters, record)
            return record.csv(days.csv, as: "/v1/reports/\(overdue)")
        }
    }
}
