import Complaints

extension PromiseFigures: WrittenFigures {
    static var denominator: String? { keptRateDenominator }

    func writeMembers(to json: inout JSONWriter) {
        json.member("due", due)
        json.member("kept", kept)
        json.member("kept_late", keptLate)
        json.member("broken", broken)
        json.member("renegotiated", renegotiated)
        json.member("withdrawn", withdrawn)
        json.member("void", void)
        json.member("overdue", overdue)
        json.member("open", open)
        json.member("backdated", backdated)
        json.member("untold", untold)
        json.member("kept_rate", keptRate)
        json.member("kept_at_original_due_rate", keptAtOriginalDueRate)
        json.member("renegotiation_rate", renegotiationRate)
        json.member(
            "late_seconds",
            object: { json in
                json.member("median", lateSecondsMedian)
                json.member("p90", lateSecondsP90)
                json.member("max", lateSecondsMax)
            })
        json.member("notice_seconds", object: { $0.member("median", noticeSecondsMedian) })
        json.member("span_seconds", object: { $0.member("median", spanSecondsMedian) })
    }

    static func columns(of figures: [PromiseFigures]) -> [CSVColumn<PromiseFigures>] {
        [
            .count("due", \.due), .count("kept", \.kept), .count("kept_late", \.keptLate), .count("broken", \.broken),
            .count("renegotiated", \.renegotiated), .count("withdrawn", \.withdrawn), .count("void", \.void),
            .count("overdue", \.overdue), .count("open", \.open), .count("backdated", \.backdated),
            .count("untold", \.untold),
            CSVColumn("kept_rate") { .number($0.keptRate) },
            CSVColumn("kept_at_original_due_rate") { .number($0.keptAtOriginalDueRate) },
            CSVColumn("renegotiation_rate") { .number($0.renegotiationRate) },
            CSVColumn("late_seconds_median") { .integer($0.lateSecondsMedian) },
            CSVColumn("late_seconds_p90") { .integer($0.lateSecondsP90) },
            CSVColumn("late_seconds_max") { .integer($0.lateSecondsMax) },
            CSVColumn("notice_seconds_median") { .integer($0.noticeSecondsMedian) },
            CSVColumn("span_seconds_median") { .integer($0.spanSecondsMedian) },
        ]
    }
}
