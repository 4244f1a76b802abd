import CaseStore
import Complaints
import Foundation
import HTTPServer

/// `/v1/reports`.
enum ReportRoutes {
    static func promises(_ call: Call) throws -> Reading {
        var query = QueryReader(call.query)
        let from = query.instant("from") ?? .earliest
        let to = query.instant("to") ?? .latest
        let grouping: ReportGrouping = query.word("group_by") ?? .owner
        let timeZone = query.timeZone("tz") ?? .gmt
        let asOf = query.instant("as_of")
        let representation: Representation = query.word("format") ?? call.representation
        let request = PromiseReportRequest(from: from, to: to, groupBy: grouping, timeZone: timeZone)
        if request == nil { query.issue("to", "must lie after from.") }
        let filters = asOf != nil && grouping.isOfEditableField ? [grouping.rawValue] : []
        return Reading(asOf: asOf, query: query.finished()) { transaction in
            guard let request else { preconditionFailure("an empty range was let through") }
            let report = try transaction.promiseReport(request)
            switch representation {
            case .json:
                var json = JSONWriter(capacity: 1024 + 512 * report.groups.count)
                json.write(report, filteredByCurrent: filters)
                return Response.json(json.bytes, asOf: report.asOf).varyingByAccept
            case .csv:
                var csv = CSVWriter()
                csv.write(report)
                return .csv(.bytes(csv.bytes), asOf: report.asOf)
            }
        }
    }
}

extension ReportGrouping {
    /// Whether it groups by a field that can be edited, and therefore by today's value.
    fileprivate var isOfEditableField: Bool {
        switch self {
        case .team, .category, .channel, .severity: true
        case .owner, .kind, .madeBy, .day, .week, .month: false
        }
    }
}

extension QueryReader {
    /// A time zone by its IANA name.
    fileprivate mutating func timeZone(_ name: String) -> TimeZone? {
        guard let text = text(name) else { return nil }
        if let zone = TimeZone(identifier: text) { return zone }
        issue(name, "must be the IANA name of a time zone, such as Europe/Berlin or UTC.")
        return nil
    }
}
