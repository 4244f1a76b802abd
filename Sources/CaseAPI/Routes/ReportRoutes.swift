import CaseStore
import Complaints
import HTTPServer

/// `/v1/reports`.
enum ReportRoutes {
    static func promises(_ call: Call) throws -> Reading {
        report(call, .promises) { try $0.promiseReport($1) }
    }

    static func load(_ call: Call) throws -> Reading {
        report(call, .load) { try $0.loadReport($1) }
    }

    static func causes(_ call: Call) throws -> Reading {
        report(call, .causes) { try $0.causeReport($1) }
    }

    static func threats(_ call: Call) throws -> Reading {
        report(call, .threats) { try $0.threatReport($1) }
    }

    static func concessions(_ call: Call) throws -> Reading {
        report(call, .concessions) { try $0.concessionReport($1) }
    }

    static func regime(_ call: Call) throws -> Reading {
        report(call, .regime) { try $0.regimeReport($1) }
    }

    /// A report on the range that the query gives.
    private static func report<Grouping: ReportGrouping, Figures>(
        _ call: Call, _ form: ReportForm<Grouping, Figures>,
        _ count: @escaping @Sendable (ReadTransaction, ReportRequest<Grouping>) throws -> Report<Grouping, Figures>
    ) -> Reading {
        var query = QueryReader(call)
        let asked = ReportQuery(&query, form.scope)
        let (representation, dialect) = asked.table.form(call.representation, &query)
        return Reading(asOf: asked.asOf, query: query.finished()) { transaction in
            let report = try count(transaction, asked.request(at: transaction.asOf))
            switch representation {
            case .json:
                return Response.json(form.json(report), asOf: report.asOf).varyingByAccept
            case .csv:
                let file = CSVFile(of: call.request.path, dialect, asOf: report.asOf)
                return .csv(.bytes(form.csv(report, dialect)), file)
            }
        }
    }
}
