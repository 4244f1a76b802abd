import Complaints

/// How a report is written, and what its schemas are called.
struct ReportForm<Grouping: ReportGrouping, Figures: Sendable & Hashable>: Sendable {
    typealias Group = Report<Grouping, Figures>.Group

    /// What its schemas begin with.
    private let name: String
    let scope: ReportScope<Grouping>
    private let figures: [Shown<Figures>]
    private let lines: [Shown<Group>]
    private let members: [Shown<Report<Grouping, Figures>>]

    /// - Parameter denominator: what the rates among the figures are of; nil where there is none.
    init(
        _ name: String, _ scope: ReportScope<Grouping>, denominator: String? = nil, _ figures: [Shown<Figures>]
    ) {
        self.name = name
        self.scope = scope
        self.figures = figures
        let lines: [Shown<Group>] =
            [.text("key", "What the group has in common; null where there is no value.") { $0.key }]
            + .of(figures) { $0.figures }
        self.lines = lines
        var members: [Shown<Report<Grouping, Figures>>] = [
            .instant("as_of") { $0.asOf },
            .instant("from", "Null where the range is open.") { $0.request.from.unless(.earliest) },
            .instant("to", "Null where the range is open.") { $0.request.to.unless(.latest) },
            .value("group_by", .words(Grouping.self)) { ShownWord(word: $0.request.groupBy) },
        ]
        members.append(.text("tz", "The time zone of days, weeks, months and years.") { $0.request.timeZone.name })
        if let denominator {
            members.append(
                .value("denominator", .word(denominator), "What kept_rate is a share of.") { _ in denominator })
        }
        members += [
            .objects("groups", of: lines, schema: .named("\(name)Group")) { $0.groups },
            .object("total", of: figures, schema: .named("\(name)Figures")) { $0.total },
        ]
        self.members = members
    }

    /// The report, its lines, and their figures.
    var schemas: [(name: String, schema: Schema)] {
        [
            ("\(name)Report", .object(members)), ("\(name)Figures", .object(figures)),
            ("\(name)Group", .object(lines)),
        ]
    }

    func json(_ report: Report<Grouping, Figures>) -> [UInt8] {
        var json = JSONWriter(capacity: 1024 + 512 * report.groups.count)
        json.write(report, members)
        return json.bytes
    }

    /// A record a group, and the total last. Columns that depend on the figures come last, so that all others have their
    /// place.
    func csv(_ report: Report<Grouping, Figures>, _ dialect: CSVDialect) -> [UInt8] {
        let records = report.groups + [Group(key: "total", figures: report.total)]
        var columns = lines.compactMap(\.columns) + lines.compactMap { $0.columnsOfAll?(records) }
        // A day is a date to a spreadsheet program, too, and no name that somebody gave.
        if report.request.groupBy.period == .day {
            columns[0] = CSVColumns(names: columns[0].names) { group, csv in csv.plainField(group.key ?? "") }
        }
        var csv = CSVWriter(dialect)
        let all = CSVColumns(columns)
        csv.header(all)
        for record in records { csv.record(record, all) }
        return csv.bytes
    }
}

extension Instant {
    /// Nil where it is the end of all time.
    fileprivate func unless(_ end: Instant) -> Instant? { self == end ? nil : self }
}
