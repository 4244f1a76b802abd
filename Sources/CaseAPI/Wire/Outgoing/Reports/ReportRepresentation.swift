import Complaints
import Foundation

/// The columns of a report, as they are written.
protocol WrittenFigures: Sendable, Hashable {
    /// What the rates among them are of; nil where there is none.
    static var denominator: String? { get }

    /// As members of the object that is being written.
    func writeMembers(to json: inout JSONWriter)

    /// The columns that the CSV of these figures has. Those that depend on the figures come last, so that all others
    /// have their place.
    static func columns(of figures: [Self]) -> [CSVColumn<Self>]
}

extension WrittenFigures {
    static var denominator: String? { nil }
}

extension JSONWriter {
    /// A report. `from` and `to` are null where the range is open.
    mutating func write<Grouping, Figures: WrittenFigures>(
        _ report: Report<Grouping, Figures>, filteredByCurrent: [String]
    ) {
        let request = report.request
        object { json in
            json.member("as_of", report.asOf)
            json.member("from", request.from == .earliest ? nil : request.from)
            json.member("to", request.to == .latest ? nil : request.to)
            json.member("group_by", request.groupBy)
            if Grouping.hasPeriods { json.member("tz", request.timeZone.name) }
            if let denominator = Figures.denominator { json.member("denominator", denominator) }
            if !filteredByCurrent.isEmpty {
                json.member(
                    "filtered_by_current",
                    array: { json in
                        for name in filteredByCurrent { json.value(name) }
                    })
            }
            json.member("groups", objects: report.groups) { json, group in
                json.member("key", group.key)
                group.figures.writeMembers(to: &json)
            }
            json.member("total", object: { report.total.writeMembers(to: &$0) })
        }
    }

    /// A list of amounts, one a currency.
    mutating func member(_ name: StaticString, _ amounts: [Money]) {
        member(name, objects: amounts) { json, money in
            json.member("currency", money.currency.code)
            json.member("amount", money.amount)
        }
    }
}

extension CSVWriter {
    /// A report: a record a group, and the total last.
    mutating func write<Grouping, Figures: WrittenFigures>(_ report: Report<Grouping, Figures>) {
        let lines = report.groups + [Report<Grouping, Figures>.Group(key: "total", figures: report.total)]
        let columns = Figures.columns(of: lines.map(\.figures))
        let all =
            [CSVColumn<Report<Grouping, Figures>.Group>("key") { .text($0.key) }]
            + columns.map { column in CSVColumn(column.name) { column.cell($0.figures, $1) } }
        header(all)
        records(lines, all, asOf: report.asOf)
    }
}

extension CSVColumn {
    /// A column for each currency that occurs: a spreadsheet can add it up.
    static func amounts(
        _ name: String, of items: [Item], _ amounts: @escaping @Sendable (Item) -> [Money]
    ) -> [CSVColumn] {
        Set(items.flatMap(amounts).map(\.currency.code)).sorted().map { code in
            CSVColumn("\(name)_\(code)") { item in
                .integer(amounts(item).first { $0.currency.code == code }?.amount)
            }
        }
    }

    /// A column of whole numbers.
    static func count(_ name: String, _ count: @escaping @Sendable (Item) -> Int) -> CSVColumn {
        CSVColumn(name) { .integer(Int64(count($0))) }
    }
}
