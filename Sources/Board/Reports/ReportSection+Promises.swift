import CaseAPI
import Complaints

// By week: what became of promises.
extension ReportSection {
    /// How many weeks a chart has room for: the latest.
    private static let mostWeeks = 53
    /// How many weeks in which nothing was due are shown between others: those of ten years.
    private static let mostFilled = 520

    private static let byWeek: [(name: String, value: String)] = [("group_by", "week")]

    /// How many of the promises of each week were kept, beside how many were moved: the one is worth little where the other
    /// is large.
    static func kept(_ report: ReportAnswer) -> ReportSection {
        let total = report.total
        let summary = ReportTexts.keptSummary(
            rate: ReportTexts.share(total["kept_rate"].number), of: report.keptRateOf(total),
            original: ReportTexts.share(total["kept_at_original_due_rate"].number),
            moved: ReportTexts.share(total["renegotiation_rate"].number))
        let frame = ChartFrame(
            id: "kept", title: ReportTexts.kept, summary: summary,
            series: [
                .init(name: ReportTexts.keptRate, texture: .solid),
                .init(name: ReportTexts.renegotiationRate, texture: .hatched),
            ])
        let weeks = weeks(of: report)
        let chart = ColumnChart(
            frame: frame, scale: .shares,
            groups: weeks.suffix(mostWeeks).map { week, figures in
                ColumnChart.Group(
                    label: label(week),
                    notes: [
                        ReportTexts.share(figures?["kept_rate"].number),
                        ReportTexts.of(figures.map(report.keptRateOf) ?? 0),
                    ],
                    values: [figures?["kept_rate"].number, figures?["renegotiation_rate"].number])
            }
        ) { ReportTexts.share($0) }
        let columns: [(String, (JSONValue?) -> String)] = [
            (
                ReportTexts.keptRate,
                { ReportTexts.share($0?["kept_rate"].number, $0.map(Self.counted), of: $0.map(report.keptRateOf)) }
            ),
            (
                ReportTexts.renegotiationRate,
                {
                    ReportTexts.share(
                        $0?["renegotiation_rate"].number, $0?.count("renegotiated"), of: $0.map(Self.movable))
                }
            ),
            (ReportTexts.keptAtFirstDate, { ReportTexts.share($0?["kept_at_original_due_rate"].number) }),
            (ReportTexts.due, { ReportTexts.count($0?.count("due")) }),
            (ReportTexts.keptCount, { ReportTexts.count($0?.count("kept")) }),
            (ReportTexts.instant, { ReportTexts.count($0?.count("instant")) }),
            (ReportTexts.backdated, { ReportTexts.count($0?.count("backdated")) }),
            (ReportTexts.keptLate, { ReportTexts.count($0?.count("kept_late")) }),
            (ReportTexts.broken, { ReportTexts.count($0?.count("broken")) }),
            (ReportTexts.overdueNow, { ReportTexts.count($0?.count("overdue")) }),
        ]
        return ReportSection(
            id: frame.id, title: frame.title, summary: summary, svg: weeks.isEmpty ? nil : chart.svg,
            table: table(ReportTexts.week, named(weeks, of: report), total, columns), csv: ("promises", byWeek))
    }

    /// How many the kept rate counts as kept.
    private static func counted(_ figures: JSONValue) -> Int {
        (figures.count("kept") ?? 0) - (figures.count("backdated") ?? 0) - (figures.count("instant") ?? 0)
    }

    /// How many could have been moved in time: of what `renegotiation_rate` is a share.
    private static func movable(_ figures: JSONValue) -> Int {
        (figures.count("due") ?? 0) - (figures.count("ended") ?? 0)
    }

    /// How late those were that were late.
    static func late(_ report: ReportAnswer) -> ReportSection {
        // Where none was late by anything, as each was given up before its date, there is no span to tell.
        func hours(_ figures: JSONValue?, _ name: String) -> Double? {
            guard let late = figures?["late_seconds"], late["max"].number != 0 else { return nil }
            return late[name].number.map { $0 / 3600 }
        }
        let total = report.total
        let summary = ReportTexts.lateSummary(
            median: ReportTexts.span(hours(total, "median")), p90: ReportTexts.span(hours(total, "p90")),
            most: ReportTexts.span(hours(total, "max")))
        let frame = ChartFrame(
            id: "late", title: ReportTexts.late, summary: summary,
            series: [
                .init(name: ReportTexts.median, texture: .solid), .init(name: ReportTexts.p90, texture: .hatched),
            ])
        let weeks = weeks(of: report)
        let shown = weeks.suffix(mostWeeks)
        let chart = ColumnChart(
            frame: frame, scale: ChartScale(upTo: shown.compactMap { hours($1, "p90") }.max() ?? 0),
            groups: shown.map { week, figures in
                ColumnChart.Group(
                    label: label(week), notes: [ReportTexts.hours(hours(figures, "median"))],
                    values: [hours(figures, "median"), hours(figures, "p90")])
            }
        ) { ReportTexts.hours($0) }
        let columns: [(String, (JSONValue?) -> String)] = [
            (ReportTexts.median, { ReportTexts.hours(hours($0, "median")) }),
            (ReportTexts.p90, { ReportTexts.hours(hours($0, "p90")) }),
            (ReportTexts.longest, { ReportTexts.hours(hours($0, "max")) }),
            (ReportTexts.keptLate, { ReportTexts.count($0?.count("kept_late")) }),
            (ReportTexts.broken, { ReportTexts.count($0?.count("broken")) }),
        ]
        return ReportSection(
            id: frame.id, title: frame.title, summary: summary, svg: hours(total, "max") == nil ? nil : chart.svg,
            table: table(ReportTexts.week, named(weeks, of: report), total, columns), csv: ("promises", byWeek))
    }

    /// The weeks from the first one to the last of which there is anything, those between them without it too.
    private static func weeks(of report: ReportAnswer) -> [(String, JSONValue?)] {
        let groups = report.groups.compactMap { group in group.key.map { ($0, group.figures) } }
        guard let first = groups.first?.0, let last = groups.last?.0,
            let all = ReportPeriod.week.names(
                from: report.from ?? .earliest, to: report.to ?? .latest, in: report.zone, upTo: mostFilled),
            let start = all.firstIndex(where: { $0.isExactly(first) }),
            let end = all.lastIndex(where: { $0.isExactly(last) }), start <= end
        else { return groups.map { ($0, $1) } }
        var left = groups[...]
        return all[start...end].map { name in
            guard let next = left.first, next.0.isExactly(name) else { return (name, nil) }
            left.removeFirst()
            return (name, next.1)
        }
    }

    /// The same, where those say so that are not all there: their figures are not to be held against those of a whole week.
    private static func named(_ weeks: [(String, JSONValue?)], of report: ReportAnswer) -> [(String, JSONValue?)] {
        /// The week of an instant, where that before it is of the same one: the instant cuts the week.
        func week(cutAt instant: Instant?) -> String? {
            guard let instant, instant > .earliest, instant < .latest else { return nil }
            let before = instant + ElapsedTime(milliseconds: -1)
            func name(_ instant: Instant) -> String? {
                ReportPeriod.week.names(
                    from: instant, to: instant + ElapsedTime(milliseconds: 1), in: report.zone, upTo: 1)?.first
            }
            guard let own = name(instant), let other = name(before), own.isExactly(other) else { return nil }
            return own
        }
        let first = week(cutAt: report.from)
        let isSoFar = report.asOf.map { $0 < report.to ?? .latest } ?? false
        let last = week(cutAt: isSoFar ? report.asOf : report.to)
        return weeks.map { name, figures in
            if let last, last.isExactly(name) { return (ReportTexts.inPart(name, isSoFar: isSoFar), figures) }
            return (first.map(name.isExactly) ?? false ? ReportTexts.inPart(name, isSoFar: false) : name, figures)
        }
    }

    /// A week in its year: `W09`.
    private static func label(_ week: String) -> String { String(week.unicodeScalars.suffix(3)) }
}

// MARK: - As tables
extension ReportSection {
    /// A row a group, and the total last; a column what is said of each.
    static func table(
        _ heading: String, _ groups: [(String, JSONValue?)], _ total: JSONValue,
        _ columns: [(name: String, cell: (JSONValue?) -> String)]
    ) -> FiguresTable {
        FiguresTable(
            columns: [.init(name: heading, kind: .words)] + columns.map { .init(name: $0.name) },
            rows: (groups + [(ReportTexts.total, total)]).map { name, figures in
                [name] + columns.map { $0.cell(figures) }
            })
    }
}
