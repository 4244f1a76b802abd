import CaseAPI

// Of whom, and of what.
extension ReportSection {
    /// How many bars a chart has: the longest.
    private static let mostBars = 12

    /// What went wrong, in the order of the report: the causes of the most cases first.
    static func causes(_ report: ReportAnswer) -> ReportSection {
        let total = report.total
        let summary = ReportTexts.causesSummary(
            lessons: total.count("lessons") ?? 0, cases: total.count("cases") ?? 0,
            first: report.groups.first.map { $0.key ?? ReportTexts.notSaid })
        let frame = ChartFrame(
            id: "causes", title: ReportTexts.causes, summary: summary,
            series: [.init(name: ReportTexts.cases, texture: .solid)])
        let chart = BarChart(
            frame: frame,
            bars: report.groups.prefix(mostBars).map { group in
                let cases = group.figures.count("cases") ?? 0
                return BarChart.Bar(
                    name: group.key ?? ReportTexts.notSaid,
                    figures: ReportTexts.casesAndBroken(cases, group.figures.count("broken_promises") ?? 0),
                    values: [cases])
            })
        return ReportSection(
            id: frame.id, title: frame.title, summary: summary, svg: chart.bars.isEmpty ? nil : chart.svg,
            table: table(
                ReportTexts.cause, report.groups.map { ($0.key ?? ReportTexts.notSaid, $0.figures) }, total,
                counts([
                    (ReportTexts.cases, "cases"), (ReportTexts.lessons, "lessons"),
                    (ReportTexts.brokenPromises, "broken_promises"), (ReportTexts.reviewsOpen, "reviews_open"),
                    (ReportTexts.reviewsOverdue, "reviews_overdue"), (ReportTexts.reviewsDone, "reviews_done"),
                ])),
            csv: ("causes", [("group_by", report.groupBy)]))
    }

    /// What everybody carries. The chart has those first who have the most.
    static func load(_ report: ReportAnswer) -> ReportSection {
        let total = report.total
        func overdue(_ figures: JSONValue) -> Int { figures.count("overdue") ?? 0 }
        func open(_ figures: JSONValue) -> Int { figures.count("open") ?? 0 }
        let summary = ReportTexts.loadSummary(open: open(total), overdue: overdue(total))
        let frame = ChartFrame(
            id: "load", title: ReportTexts.load(by: report.groupBy), summary: summary,
            series: [
                .init(name: ReportTexts.overdueNow, texture: .solid), .init(name: ReportTexts.open, texture: .outlined),
            ])
        let loaded = report.groups.filter { overdue($0.figures) + open($0.figures) > 0 }.enumerated().sorted { a, b in
            (overdue(b.element.figures), open(b.element.figures), a.offset)
                < (overdue(a.element.figures), open(a.element.figures), b.offset)
        }
        let chart = BarChart(
            frame: frame,
            bars: loaded.prefix(mostBars).map { _, group in
                BarChart.Bar(
                    name: group.key ?? ReportTexts.nobody,
                    figures: ReportTexts.overdueAndOpen(overdue(group.figures), open(group.figures)),
                    values: [overdue(group.figures), open(group.figures)])
            })
        return ReportSection(
            id: frame.id, title: frame.title, summary: summary, svg: chart.bars.isEmpty ? nil : chart.svg,
            table: table(
                ReportTexts.heading(of: report.groupBy),
                report.groups.map { ($0.key ?? ReportTexts.nobody, $0.figures) }, total,
                counts([
                    (ReportTexts.overdueNow, "overdue"), (ReportTexts.open, "open"), (ReportTexts.keptCount, "kept"),
                    (ReportTexts.contacts, "contacts"), (ReportTexts.hotContacts, "hot_contacts"),
                    (ReportTexts.hotInARow, "hot_in_a_row"), (ReportTexts.hardCases, "hard_cases"),
                    (ReportTexts.withoutDebrief, "hard_cases_without_debrief"), (ReportTexts.thanked, "thanked"),
                ])),
            csv: ("load", [("group_by", report.groupBy)]))
    }

    /// How the clocks of a regime were kept.
    static func clocks(_ report: ReportAnswer) -> ReportSection {
        let total = report.total
        let clocks = total["clocks"].items
        let regime = report.regime ?? ""
        let summary = ReportTexts.clocksSummary(
            regime: regime, opened: total.count("opened") ?? 0, settled: total.count("settled") ?? 0,
            pastDeadline: total.count("past_deadline") ?? 0)
        let kinds = [
            (ReportTexts.within, "within", ChartTexture.solid), (ReportTexts.lateClocks, "late", .hatched),
            (ReportTexts.running, "running", .outlined), (ReportTexts.dropped, "dropped", .dotted),
        ]
        let frame = ChartFrame(
            id: "clocks", title: ReportTexts.clocks, summary: summary,
            series: kinds.map { .init(name: $0.0, texture: $0.2) })
        let chart = BarChart(
            frame: frame,
            bars: clocks.filter { $0.count("started") ?? 0 > 0 }.map { clock in
                let values = kinds.map { clock.count($0.1) ?? 0 }
                return BarChart.Bar(
                    name: "\(clock["stage"].text ?? ""): \(clock["clock"].text ?? "")",
                    figures: ReportTexts.withinAndLate(values[0], values[1]), values: values)
            })
        let counted =
            [(ReportTexts.started, "started")] + kinds.map { ($0.0, $0.1) } + [
                (ReportTexts.extended, "extended")
            ]
        return ReportSection(
            id: frame.id, title: frame.title, summary: summary, svg: chart.bars.isEmpty ? nil : chart.svg,
            table: FiguresTable(
                columns: [
                    .init(name: ReportTexts.clock, kind: .words), .init(name: ReportTexts.stage, kind: .words),
                ] + (counted.map(\.0) + [ReportTexts.medianDays]).map { .init(name: $0) },
                rows: clocks.map { clock in
                    [clock["clock"].text ?? "", clock["stage"].text ?? ""]
                        + counted.map { ReportTexts.count(clock.count($0.1)) }
                        + [ReportTexts.days(clock["days"]["median"].number)]
                },
                hasTotal: false),
            csv: ("regime", [("regime", regime)]))
    }

    /// Columns of counts, by their names in the API.
    private static func counts(
        _ named: [(heading: String, name: String)]
    ) -> [(name: String, cell: (JSONValue?) -> String)] {
        named.map { heading, name in (heading, { ReportTexts.count($0?.count(name)) }) }
    }
}
