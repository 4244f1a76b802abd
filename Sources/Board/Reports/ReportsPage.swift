import CaseAPI
import Complaints
import HTTPServer

/// `/board/reports`: whether it gets better. All figures are the API's; here they are drawn, each chart with its table beside it.
enum ReportsPage {
    static let path = "/board/reports"

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters("period", "from", "to", "tz", "as_of", "group_by", "regime")
        return PageView(asOf: call.asOf) { record in
            let query = ReportsQuery(call.head.parameter, now: record.asOf, deskZone: call.deskZone)
            let layout = Layout(Texts.reports, of: call, at: .reports, asOf: call.asOf)
            let asOf = call.head.parameter("as_of")
            let regimes = try record.get("/v1/regimes", [("limit", "500")])["items"].items.compactMap {
                $0["name"].text
            }
            do {
                let sections = try sections(query, regimes, record)
                return layout.page(Templates.render("reports", values(query, regimes, sections, asOf: asOf)))
            } catch let problem as PageProblem {
                var shown = values(query, regimes, [], asOf: asOf)
                shown["problem"] = Notice(problem).values
                return layout.page(Templates.render("reports", shown), problem.status)
            }
        }
    }

    /// The parts of the page, all as of its instant.
    private static func sections(
        _ query: ReportsQuery, _ regimes: [String], _ record: PageRecord
    ) throws -> [ReportSection] {
        func report(_ name: String, _ more: ReportsQuery.Parameters = []) throws -> ReportAnswer {
            ReportAnswer(try record.get("/v1/reports/\(name)", query.range + more))
        }
        let promises = try report("promises", [("group_by", "week")])
        let parts: [ReportSection] = [
            .kept(promises), .overdue(try overdueDays(promises, record)), .late(promises),
            .causes(try report("causes")), .load(try report("load", [("group_by", query.groupBy)])),
        ]
        let clocks = try clocks(of: query.regime.map { [$0] } ?? Array(regimes.prefix(mostRegimes))) {
            try report("regime", [("regime", $0)])
        }
        return parts + (clocks.map { [.clocks($0)] } ?? [])
    }

    /// How many regimes are looked through for one that has cases.
    private static let mostRegimes = 20

    /// The report of the first one that has cases in the range, else of the first one.
    private static func clocks(
        of regimes: [String], _ report: (String) throws -> ReportAnswer
    ) rethrows -> ReportAnswer? {
        var first: ReportAnswer?
        for regime in regimes {
            let answer = try report(regime)
            if answer.total.count("opened") ?? 0 > 0 { return answer }
            first = first ?? answer
        }
        return first
    }

    /// How much was overdue on the days of a report's range.
    static func overdueDays(_ report: ReportAnswer, _ record: PageRecord) throws -> OverdueDays {
        try OverdueDays(
            from: report.from ?? .earliest, to: report.to ?? .latest, now: record.asOf, in: report.zone
        ) { try record.get("/v1/promises", [("state", "overdue"), ("limit", "1"), ("as_of", $0.rfc3339)]) }
    }

    // MARK: - For the template
    private static func values(
        _ query: ReportsQuery, _ regimes: [String], _ sections: [ReportSection], asOf: String?
    ) -> [String: Any] {
        [
            "title": Texts.reports, "path": path, "form": form(query, regimes, sections, asOf: asOf),
            "sections": sections.map { section -> [String: Any] in
                [
                    "id": section.id, "title": section.title, "summary": section.summary,
                    "svg": section.svg.map { ["markup": $0] } as Any, "table": values(section.table, section.title),
                    "csv": Link.to(
                        "\(path)/\(section.csv.report)",
                        query.range + section.csv.parameters.map { ($0.name, $0.value) } + [("as_of", asOf)]),
                    "asCSV": ReportTexts.asCSV, "nothing": section.svg == nil,
                ]
            },
        ]
    }

    private static func values(_ table: FiguresTable, _ title: String) -> [String: Any] {
        [
            "name": ReportTexts.table(of: title),
            "columns": table.columns.map { ["name": $0.name, "isNumber": $0.isNumber] as [String: Any] },
            "rows": table.rows.enumerated().map { index, row -> [String: Any] in
                [
                    "head": row.first ?? "", "isTotal": table.hasTotal && index == table.rows.count - 1,
                    "cells": zip(table.columns, row).dropFirst().map { column, cell -> [String: Any] in
                        ["text": cell, "isNumber": column.isNumber]
                    },
                ]
            },
        ]
    }

    private static func form(
        _ query: ReportsQuery, _ regimes: [String], _ sections: [ReportSection], asOf: String?
    ) -> [String: Any] {
        func given(_ name: String) -> String { query.given.first { $0.name.isExactly(name) }?.value ?? "" }
        func options(_ words: [(value: String, name: String)], _ chosen: String?) -> [[String: Any]] {
            words.map { ["value": $0.value, "name": $0.name, "isChosen": $0.value.isExactly(chosen ?? "")] }
        }
        let shownRegime = sections.last?.csv.parameters.first { $0.name.isExactly("regime") }?.value
        return [
            "period": ReportTexts.period,
            "periods": options(
                [("", ReportTexts.noPeriod)] + NamedPeriod.allCases.map { ($0.rawValue, ReportTexts.name(of: $0)) },
                given("period")),
            "from": ["name": ReportTexts.from, "value": given("from")],
            "to": ["name": ReportTexts.to, "value": given("to")], "rangeHint": ReportTexts.rangeHint,
            "zone": ["name": ReportTexts.zone, "value": given("tz")],
            "asOf": ["name": ReportTexts.asOf, "value": asOf ?? ""],
            "groupBy": ReportTexts.groupBy,
            "groupings": options(
                ["owner", "team"].map { ($0, ReportTexts.heading(of: $0)) }, query.groupBy ?? "owner"),
            "regime": ReportTexts.regime, "regimes": options(regimes.map { ($0, $0) }, shownRegime),
            "show": ReportTexts.show, "label": Texts.filters,
        ]
    }
}
