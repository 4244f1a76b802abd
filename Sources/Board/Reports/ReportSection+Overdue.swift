import Complaints

extension ReportSection {
    /// How much was overdue, day by day.
    static func overdue(_ overdue: OverdueDays) -> ReportSection {
        let days = overdue.days
        let most = days.map(\.overdue).max() ?? 0
        let summary = ReportTexts.overdueSummary(first: days.first?.overdue, last: days.last?.overdue, most: most)
        let frame = ChartFrame(
            id: "overdue", title: ReportTexts.overdue, summary: summary,
            series: [.init(name: ReportTexts.overdueAtEnd, texture: .solid)])
        let chart = ColumnChart(
            frame: frame, scale: ChartScale(upToCount: most),
            groups: days.map { day in
                ColumnChart.Group(
                    label: CivilDate(day.name).map(Texts.day) ?? day.name,
                    notes: [ReportTexts.count(day.overdue, isCapped: day.isCapped)],
                    values: [Double(day.overdue)])
            }
        ) { ReportTexts.count(Int($0)) }
        return ReportSection(
            id: frame.id, title: frame.title, summary: summary, svg: days.isEmpty ? nil : chart.svg,
            table: FiguresTable(
                columns: [
                    .init(name: ReportTexts.day, kind: .days),
                    .init(name: ReportTexts.overdueAtEnd),
                ],
                // The latest day is what is looked for first.
                rows: days.reversed().map { day in
                    [day.name, ReportTexts.count(day.overdue, isCapped: day.isCapped)]
                },
                hasTotal: false),
            csv: ("overdue", []), takesFilters: true)
    }
}
