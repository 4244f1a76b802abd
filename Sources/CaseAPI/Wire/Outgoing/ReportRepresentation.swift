import Complaints
import Foundation

extension JSONWriter {
    /// A report. `from` and `to` are null where the range is open.
    mutating func write(_ report: PromiseReport, filteredByCurrent: [String]) {
        let request = report.request
        object { json in
            json.member("as_of", report.asOf)
            json.member("from", request.from == .earliest ? nil : request.from)
            json.member("to", request.to == .latest ? nil : request.to)
            json.member("group_by", request.groupBy)
            json.member("tz", request.timeZone == .gmt ? "UTC" : request.timeZone.identifier)
            json.member("denominator", PromiseReport.denominator)
            if !filteredByCurrent.isEmpty {
                json.member(
                    "filtered_by_current",
                    array: { json in
                        for name in filteredByCurrent { json.value(name) }
                    })
            }
            json.member(
                "groups",
                array: { json in
                    for group in report.groups {
                        json.object { json in
                            json.member("key", group.key)
                            json.write(group.figures)
                        }
                    }
                })
            json.member("total", object: { $0.write(report.total) })
        }
    }

    private mutating func write(_ figures: PromiseFigures) {
        member("due", figures.due)
        member("kept", figures.kept)
        member("kept_late", figures.keptLate)
        member("broken", figures.broken)
        member("renegotiated", figures.renegotiated)
        member("withdrawn", figures.withdrawn)
        member("void", figures.void)
        member("overdue", figures.overdue)
        member("open", figures.open)
        member("backdated", figures.backdated)
        member("untold", figures.untold)
        member("kept_rate", figures.keptRate)
        member("kept_at_original_due_rate", figures.keptAtOriginalDueRate)
        member("renegotiation_rate", figures.renegotiationRate)
        member(
            "late_seconds",
            object: { json in
                json.member("median", figures.lateSecondsMedian)
                json.member("p90", figures.lateSecondsP90)
                json.member("max", figures.lateSecondsMax)
            })
        member("notice_seconds", object: { $0.member("median", figures.noticeSecondsMedian) })
        member("span_seconds", object: { $0.member("median", figures.spanSecondsMedian) })
    }
}

extension CSVWriter {
    /// A report: a record a group, and the total last.
    mutating func write(_ report: PromiseReport) {
        let columns = PromiseReport.Group.columns
        header(columns)
        records(report.groups, columns, asOf: report.asOf)
        records([PromiseReport.Group(key: "total", figures: report.total)], columns, asOf: report.asOf)
    }
}

extension PromiseReport.Group {
    fileprivate static let columns: [CSVColumn<PromiseReport.Group>] = [
        CSVColumn("key") { .text($0.key) },
        CSVColumn("due") { .integer(Int64($0.figures.due)) },
        CSVColumn("kept") { .integer(Int64($0.figures.kept)) },
        CSVColumn("kept_late") { .integer(Int64($0.figures.keptLate)) },
        CSVColumn("broken") { .integer(Int64($0.figures.broken)) },
        CSVColumn("renegotiated") { .integer(Int64($0.figures.renegotiated)) },
        CSVColumn("withdrawn") { .integer(Int64($0.figures.withdrawn)) },
        CSVColumn("void") { .integer(Int64($0.figures.void)) },
        CSVColumn("overdue") { .integer(Int64($0.figures.overdue)) },
        CSVColumn("open") { .integer(Int64($0.figures.open)) },
        CSVColumn("backdated") { .integer(Int64($0.figures.backdated)) },
        CSVColumn("untold") { .integer(Int64($0.figures.untold)) },
        CSVColumn("kept_rate") { .number($0.figures.keptRate) },
        CSVColumn("kept_at_original_due_rate") { .number($0.figures.keptAtOriginalDueRate) },
        CSVColumn("renegotiation_rate") { .number($0.figures.renegotiationRate) },
        CSVColumn("late_seconds_median") { .integer($0.figures.lateSecondsMedian) },
        CSVColumn("late_seconds_p90") { .integer($0.figures.lateSecondsP90) },
        CSVColumn("late_seconds_max") { .integer($0.figures.lateSecondsMax) },
        CSVColumn("notice_seconds_median") { .integer($0.figures.noticeSecondsMedian) },
        CSVColumn("span_seconds_median") { .integer($0.figures.spanSecondsMedian) },
    ]
}
