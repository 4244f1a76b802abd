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
    private let table: Table

    /// Writes groups as CSV; `hasDays`: their keys are days.
    typealias Table = @Sendable (_ groups: [Group], _ hasDays: Bool, CSVDialect) -> [UInt8]

    /// - Parameters:
    ///   - denominator: what the rates among the figures are of; nil where there is none.
    ///   - table: how it is written as CSV; nil: a record a group, with the columns of the figures.
    init(
        _ name: String, _ scope: ReportScope<Grouping>, denominator: String? = nil, _ figures: [Shown<Figures>],
        table: Table? = nil
    ) {
        self.name = name
        self.scope = scope
        self.figures = figures
        let lines: [Shown<Group>] =
            [.text("key", "What the group has in common; null where there is no value.") { $0.key }]
            + .of(figures) { $0.figures }
        self.lines = lines
        self.table = table ?? Self.table(lines, key: { $0.key }, records: { [$0] })
        var members: [Shown<Report<Grouping, Figures>>] = [
            .instant("as_of") { $0.asOf },
            .instant("from", "Null where the range is open.") { $0.request.from.unless(.earliest) },
            .instant("to", "Null where the range is open.") { $0.request.to.unless(.latest) },
            .value("group_by", .words(Grouping.self)) { ShownWord(word: $0.request.groupBy) },
        ]
        members.append(.text("tz", "The time zone of days, weeks, months and years.") { $0.request.timeZone.name })
        if scope.regime != nil {
            members += [
                .text("regime", "As it is written.") { $0.request.regime ?? "" },
                .word("by", "Which date of a case lies in the range.") { $0.request.by },
            ]
        }
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

    /// The groups, and the total last.
    func csv(_ report: Report<Grouping, Figures>, _ dialect: CSVDialect) -> [UInt8] {
        table(
            report.groups + [Group(key: "total", figures: report.total)], report.request.groupBy.period == .day, dialect
        )
    }

    /// A table with one or several records a group. Columns that depend on the figures come last, so that all others have their
    /// place.
    ///
    /// - Parameters:
    ///   - members: of a record; the first one is the key of its group.
    ///   - records: those of a group.
    static func table<Record>(
        _ members: [Shown<Record>], key: @escaping @Sendable (Record) -> String?,
        records: @escaping @Sendable (Group) -> [Record]
    ) -> Table {
        { groups, hasDays, dialect in
            let rows = groups.flatMap(records)
            var columns = members.compactMap(\.columns) + members.compactMap { $0.columnsOfAll?(rows) }
            // A day is a date to a spreadsheet program, too, and no name that somebody gave.
            if hasDays {
                columns[0] = CSVColumns(names: columns[0].names) { record, csv in csv.plainField(key(record) ?? "") }
            }
            var csv = CSVWriter(dialect)
            let all = CSVColumns(columns)
            csv.header(all)
            for row in rows { csv.record(row, all) }
            return csv.bytes
        }
    }
}

extension Instant {
    /// Nil where it is the end of all time.
    fileprivate func unless(_ end: Instant) -> Instant? { self == end ? nil : self }
}
