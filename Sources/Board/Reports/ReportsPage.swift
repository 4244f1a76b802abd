import CaseAPI
import Complaints
import HTTPServer

/// `/board/reports`: whether it gets better. All figures are the API's; here they are drawn, each chart with its table beside it.
enum ReportsPage {
    static let path = "/board/reports"

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters(ReportsQuery.names + ["group_by", "regime"])
        return PageView(asOf: call.asOf) { record in
            let query = ReportsQuery(call.head.parameter, now: record.asOf, deskZone: call.deskZone)
            let layout = Layout(Texts.reports, of: call, at: .reports, asOf: call.asOf)
            let clock = PageClock(record)
            let filters = Filters(call.head, ReportsQuery.filterNames + ["as_of"])
            var regimes: [String] = []
            do {
                regimes = try record.get("/v1/regimes", [("limit", "500")])["items"].items.compactMap {
                    $0["name"].text
                }
                let sections = try sections(query, regimes, record)
                return layout.page(Templates.render("reports", values(query, regimes, sections, filters, clock)))
            } catch let problem as PageProblem {
                var shown = values(query, regimes, [], filters, clock)
                shown["problem"] = Notice(problem, in: call.deskZone, labels: ReportTexts.parameters).values
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
            .kept(promises), .overdue(try overdueDays(promises, query.filters, record)), .late(promises),
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
    ///
    /// - Throws: `PageProblem`, too, for a filter that names nobody, as of the page's instant: on a day before that nobody need
    ///   have heard of whom it names.
    static func overdueDays(
        _ report: ReportAnswer, _ filters: ReportsQuery.Parameters, _ record: PageRecord
    ) throws -> OverdueDays {
        let asked: ReportsQuery.Parameters = filters + [("state", "overdue"), ("limit", "1"), ("fields", "id")]
        if filters.contains(where: { $0.value != nil }) {
            _ = try record.get("/v1/promises", asked + [("as_of", record.call.head.parameter("as_of"))])
        }
        return try OverdueDays(
            from: report.from ?? .earliest, to: report.to ?? .latest, now: record.asOf, in: report.zone
        ) { try record.get("/v1/promises", asked + [("as_of", $0.rfc3339), ("allow_unknown", "true")]) }
    }

    // MARK: - For the template
    private static func values(
        _ query: ReportsQuery, _ regimes: [String], _ sections: [ReportSection], _ filters: Filters, _ clock: PageClock
    ) -> [String: Any] {
        let form = FilterForm(filters: filters, zone: clock.zone)
        return [
            "title": Texts.reports, "path": path, "form": Self.form(query, regimes, sections, form.fields),
            "paper": [
                "range": paperRange(query, clock), "narrowed": form.summary.isEmpty ? false : form.summary as Any,
                "asOf": ReportTexts.paperAsOf,
                "instant": clock.moment(clock.now),
            ] as [String: Any],
            "sections": sections.map { section -> [String: Any] in
                var values: [String: Any] = [
                    "id": section.id, "title": section.title, "summary": section.summary,
                    "svg": section.svg.map { ["markup": $0] as Any } ?? false,
                    "table": Self.values(section.table, section.title, clock),
                    "csv": Link.to(
                        "\(path)/\(section.csv.report)",
                        query.range + section.csv.parameters.map { ($0.name, $0.value) }
                            + (section.takesFilters ? query.filters : []) + filters.query("as_of")),
                    "asCSV": ReportTexts.asCSV, "nothing": section.svg == nil,
                ]
                if !form.summary.isEmpty {
                    values["scope"] = section.takesFilters ? form.summary : ReportTexts.wholeDesk
                }
                return values
            },
        ]
    }

    /// The range in words: as somebody said it, or the weeks that are shown where nobody did.
    private static func paperRange(_ query: ReportsQuery, _ clock: PageClock) -> String {
        func value(_ name: String) -> String? { query.range.first { $0.name.isExactly(name) }?.value }
        if let period = value("period") {
            return NamedPeriod(rawValue: period).map(ReportTexts.name(of:)) ?? period
        }
        return ReportTexts.paperRange(
            value("from") ?? ReportTexts.nothing, value("to") ?? ReportTexts.nothing, value("tz") ?? clock.zone.name)
    }

    private static func values(_ table: FiguresTable, _ title: String, _ clock: PageClock) -> [String: Any] {
        [
            "name": ReportTexts.table(of: title), "isLong": table.isLong,
            "columns": table.columns.map { ["name": $0.name, "isNumber": $0.kind == .figures] as [String: Any] },
            "rows": table.rows.enumerated().map { index, row -> [String: Any] in
                [
                    "isTotal": table.hasTotal && index == table.rows.count - 1,
                    "head": zip(table.columns, row).prefix(1).map { Self.cell($1, $0.kind, clock) },
                    "cells": zip(table.columns, row).dropFirst().map { Self.cell($1, $0.kind, clock) },
                ]
            },
        ]
    }

    private static func cell(_ text: String, _ kind: FiguresTable.Column.Kind, _ clock: PageClock) -> [String: Any] {
        switch kind {
        case .words: ["text": text]
        case .figures: ["text": text, "isNumber": true]
        case .days: ["day": ["date": text]]
        case .instants: ["time": (try? Instant(rfc3339: text)).map(clock.moment) ?? [:]]
        }
    }

    private static func form(
        _ query: ReportsQuery, _ regimes: [String], _ sections: [ReportSection], _ filters: [[String: Any]]
    ) -> [String: Any] {
        func given(_ name: String) -> String { query.given.first { $0.name.isExactly(name) }?.value ?? "" }
        func options(_ words: [(value: String, name: String)], _ chosen: String?) -> [[String: Any]] {
            words.map { ["value": $0.value, "name": $0.name, "isChosen": $0.value.isExactly(chosen ?? "")] }
        }
        /// What is no date, as the API takes instants too, stays as it was typed.
        func end(_ name: String, _ label: String) -> [String: Any] {
            let value = given(name)
            return ["name": label, "value": value, "type": value.isEmpty || CivilDate(value) != nil ? "date" : "text"]
        }
        let shownRegime = sections.last?.csv.parameters.first { $0.name.isExactly("regime") }?.value
        return [
            "period": ReportTexts.period,
            "periods": options(
                [("", ReportTexts.noPeriod)] + NamedPeriod.allCases.map { ($0.rawValue, ReportTexts.name(of: $0)) },
                given("period")),
            "from": end("from", ReportTexts.from), "to": end("to", ReportTexts.to),
            "rangeHint": ReportTexts.rangeHint,
            "zone": ["name": ReportTexts.zone, "value": given("tz")], "fields": filters,
            "filtersHint": ReportTexts.filtersHint,
            "groupBy": ReportTexts.groupBy,
            "groupings": options(
                ["owner", "team"].map { ($0, ReportTexts.heading(of: $0)) }, query.groupBy ?? "owner"),
            "regime": ReportTexts.regime, "regimes": options(regimes.map { ($0, $0) }, shownRegime),
            "show": ReportTexts.show, "label": ReportTexts.rangeAndFilters,
        ]
    }
}
