import Complaints

extension ReportForm<PromiseGrouping, PromiseFigures> {
    static let promises = ReportForm(
        "Promise", ReportScope(range: "Due", grouping: .owner, example: .week),
        denominator: PromiseFigures.keptRateDenominator, PromiseFigures.shown)
}

extension PromiseFigures {
    fileprivate static let shown: [Shown<PromiseFigures>] = counts + rates + spans

    private static let counts: [Shown<PromiseFigures>] = [
        .count("due", "All that were due in the range but those that are void or transferred.") { $0.due },
        .count("kept") { $0.kept },
        .count("kept_late") { $0.keptLate },
        .count("broken") { $0.broken },
        .count("renegotiated") { $0.renegotiated },
        .count("withdrawn") { $0.withdrawn },
        .count("ended", "Withdrawn in time, as the relationship ended; in no rate, and not among withdrawn.") {
            $0.ended
        },
        .count("void", "Entered by mistake; in no other column.") { $0.void },
        .count(
            "transferred", "That go on in the case that theirs is a duplicate of, and count there; in no other column."
        ) {
            $0.transferred
        },
        .count("overdue") { $0.overdue },
        .count("open") { $0.open },
        .count("backdated", "Kept in time, but recorded only after due; among kept, not in the kept rate.") {
            $0.backdated
        },
        .count("instant", "Kept in time, within a minute of their making; among kept, in no rate.") { $0.instant },
        .count("kept_without_evidence", "Kept in time, and nothing shows it; among kept.") { $0.keptWithoutEvidence },
        .count("disputed", "Found not to have been kept, as a dispute was upheld; among broken.") { $0.disputed },
        .count("reassigned_late", "That came into other hands in the last quarter of their span.") {
            $0.reassignedLate
        },
        .count("untold", "Of which the customer does not know.") { $0.untold },
    ]

    private static let rates: [Shown<PromiseFigures>] = [
        .value(
            "kept_rate", .rate, "(kept - backdated - instant) / (\(keptRateDenominator)); null when there is none."
        ) { $0.keptRate },
        .value(
            "kept_at_original_due_rate", .rate,
            "Of the chains whose first date lies in the range, and has come or that have ended, how many were kept by it; "
                + "but for those that ended withdrawn, void, transferred or kept within a minute of their beginning, and those that "
                + "were kept by it with a last promise that is instant. Null when there is none."
        ) { $0.keptAtOriginalDueRate },
        .value(
            "renegotiation_rate", .rate,
            "renegotiated / (due - ended): moved in time. What was recovered is broken, and not in it. Null when nothing was due."
        ) { $0.renegotiationRate },
    ]

    private static let spans: [Shown<PromiseFigures>] = [
        .object(
            "late_seconds", "How long after due those kept_late and broken were settled.", columns: "late_seconds_",
            of: late
        ) { $0 },
        .object(
            "notice_seconds", "How long before due those renegotiated were moved.", columns: "notice_seconds_",
            of: notice
        ) {
            $0
        },
        .object(
            "span_seconds",
            "From the making to the due instant; what the policy counts from received_at, from there.",
            columns: "span_seconds_", of: span
        ) { $0 },
    ]

    private static let late: [Shown<PromiseFigures>] = [
        .seconds("median") { $0.lateMedian },
        .seconds("p90") { $0.lateP90 },
        .seconds("max") { $0.lateMax },
    ]

    private static let notice: [Shown<PromiseFigures>] = [.count("median") { $0.noticeSecondsMedian }]

    private static let span: [Shown<PromiseFigures>] = [.count("median") { $0.spanSecondsMedian }]
}
