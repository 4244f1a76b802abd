import CaseStore
import Complaints
import HTTPServer

/// `/v1/reports`.
enum ReportRoutes {
    static func promises(_ call: Call) throws -> Reading {
        report(call, by: .owner, .promises) { try $0.promiseReport($1) }
    }

    static func load(_ call: Call) throws -> Reading {
        report(call, by: .owner, .load) { try $0.loadReport($1) }
    }

    static func causes(_ call: Call) throws -> Reading {
        report(call, by: .cause, .causes) { try $0.causeReport($1) }
    }

    static func threats(_ call: Call) throws -> Reading {
        report(call, by: .threatKind, .threats) { try $0.threatReport($1) }
    }

    static func concessions(_ call: Call) throws -> Reading {
        report(call, by: .owner, .concessions) { try $0.concessionReport($1) }
    }

    /// A report on the range that the query gives, grouped by `usual` when it says nothing else.
    private static func report<Grouping: ReportGrouping, Figures>(
        _ call: Call, by usual: Grouping, _ form: ReportForm<Grouping, Figures>,
        _ count: @escaping @Sendable (ReadTransaction, ReportRequest<Grouping>) throws -> Report<Grouping, Figures>
    ) -> Reading {
        var query = QueryReader(call.query)
        let from = query.instant("from") ?? .earliest
        let to = query.instant("to") ?? .latest
        let grouping: Grouping = query.word("group_by") ?? usual
        let timeZone = Grouping.hasPeriods ? query.timeZone("tz") ?? .utc : .utc
        let asOf = query.instant("as_of")
        let representation: Representation = query.word("format") ?? call.representation
        let request = ReportRequest(from: from, to: to, groupBy: grouping, timeZone: timeZone)
        if request == nil { query.issue("to", "must lie after from.") }
        let filters = asOf != nil && grouping.caseField != nil ? [grouping.rawValue] : []
        return Reading(asOf: asOf, query: query.finished()) { transaction in
            guard let request else { preconditionFailure("an empty range was let through") }
            let report = try count(transaction, request)
            switch representation {
            case .json:
                return Response.json(form.json(report, filteredByCurrent: filters), asOf: report.asOf).varyingByAccept
            case .csv: return .csv(.bytes(form.csv(report)), asOf: report.asOf)
            }
        }
    }
}

extension QueryReader {
    /// A time zone by its name in the IANA database.
    fileprivate mutating func timeZone(_ name: String) -> Zone? {
        guard let text = text(name) else { return nil }
        if let zone = ZoneDatabase.system.zone(named: text) { return zone }
        issue(name, ZoneDatabase.system.advice(for: text))
        return nil
    }
}
