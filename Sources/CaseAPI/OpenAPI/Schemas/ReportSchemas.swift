import Complaints

/// Reports.
enum ReportSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("PromiseReport", .object(report)), ("PromiseFigures", .object(figures)),
        ("PromiseGroup", .object([key] + figures)),
    ]

    private static let report: [Field] = [
        .always("as_of", .utcInstant),
        .nullable("from", .utcInstant, "Null where the range is open."),
        .nullable("to", .utcInstant, "Null where the range is open."),
        .always("group_by", .words(ReportGrouping.self)),
        .always("tz", .text, "The time zone of days, weeks and months."),
        .always("denominator", .word(PromiseReport.denominator), "What kept_rate is a share of."),
        .sometimes("filtered_by_current", .array(.text), "What of it is as of today although as_of was asked for."),
        .always("groups", .array(.named("PromiseGroup"))),
        .always("total", .named("PromiseFigures")),
    ]

    private static let key = Field.nullable("key", .text, "What the group has in common; null where there is no value.")

    private static let rate = Schema(["type": ["number", "null"], "minimum": 0, "maximum": 1])

    private static let figures: [Field] = [
        .always("due", .count, "All that were due in the range."),
        .always("kept", .count), .always("kept_late", .count), .always("broken", .count),
        .always("renegotiated", .count), .always("withdrawn", .count), .always("void", .count),
        .always("overdue", .count), .always("open", .count),
        .always("backdated", .count, "Kept in time, but recorded only after due; among kept, not in the kept rate."),
        .always("untold", .count, "Of which the customer does not know."),
        .always("kept_rate", rate, "(kept - backdated) / (\(PromiseReport.denominator)); null when there is none."),
        .always("kept_at_original_due_rate", rate, "The same by the first date of each chain."),
        .always("renegotiation_rate", rate, "How many of them had their date moved."),
        .always("late_seconds", .object(["median", "p90", "max"].map { .nullable($0, .count) })),
        .always(
            "notice_seconds", .object([.nullable("median", .count)]),
            "How long before due those renegotiated were moved."),
        .always("span_seconds", .object([.nullable("median", .integer())]), "From the making to the due instant."),
    ]
}
