import Complaints

/// Reports.
enum ReportSchemas {
    static let all: [(name: String, schema: Schema)] =
        schemas(
            "Promise", PromiseGrouping.self, promises,
            denominator: [
                .always("denominator", .word(PromiseFigures.keptRateDenominator), "What kept_rate is a share of.")
            ])
        + schemas("Load", LoadGrouping.self, load) + schemas("Cause", CauseGrouping.self, causes)
        + schemas("Threat", ThreatGrouping.self, threats)
        + schemas("Concession", ConcessionGrouping.self, concessions)
        + [("Sums", sums)]

    /// The report, its lines, and their columns.
    private static func schemas<Grouping: ReportGrouping>(
        _ name: String, _ grouping: Grouping.Type, _ figures: [Field], denominator: [Field] = []
    ) -> [(name: String, schema: Schema)] {
        let timeZone = Field.always("tz", .text, "The time zone of days, weeks and months.")
        let report: [Field] =
            [
                .always("as_of", .utcInstant),
                .nullable("from", .utcInstant, "Null where the range is open."),
                .nullable("to", .utcInstant, "Null where the range is open."),
                .always("group_by", .words(grouping)),
            ] + (grouping.hasPeriods ? [timeZone] : []) + denominator + [
                .sometimes(
                    "filtered_by_current", .array(.text), "What of it is as of today although as_of was asked for."),
                .always("groups", .array(.named("\(name)Group"))),
                .always("total", .named("\(name)Figures")),
            ]
        return [
            ("\(name)Report", .object(report)), ("\(name)Figures", .object(figures)),
            ("\(name)Group", .object([key] + figures)),
        ]
    }

    private static let key = Field.nullable("key", .text, "What the group has in common; null where there is no value.")

    private static let rate = Schema(["type": ["number", "null"], "minimum": 0, "maximum": 1])

    private static let promises: [Field] = [
        .always("due", .count, "All that were due in the range."),
        .always("kept", .count), .always("kept_late", .count), .always("broken", .count),
        .always("renegotiated", .count), .always("withdrawn", .count), .always("void", .count),
        .always("overdue", .count), .always("open", .count),
        .always("backdated", .count, "Kept in time, but recorded only after due; among kept, not in the kept rate."),
        .always("untold", .count, "Of which the customer does not know."),
        .always(
            "kept_rate", rate,
            "(kept - backdated) / (\(PromiseFigures.keptRateDenominator)); null when there is none."),
        .always("kept_at_original_due_rate", rate, "The same by the first date of each chain."),
        .always("renegotiation_rate", rate, "How many of them had their date moved."),
        .always("late_seconds", .object(["median", "p90", "max"].map { .nullable($0, .count) })),
        .always(
            "notice_seconds", .object([.nullable("median", .count)]),
            "How long before due those renegotiated were moved."),
        .always("span_seconds", .object([.nullable("median", .integer())]), "From the making to the due instant."),
    ]

    private static let load: [Field] = [
        .always("contacts", .count, "How often a mood was observed: the mood entries of the logs."),
        .always("hot_contacts", .count, "How often it was angry or abusive."),
        .always("hot_cases", .count, "In how many cases it was."),
        .always(
            "hot_in_a_row", .count,
            "How many of the latest contacts in the range were hot, one after the other; in the total the most of any "
                + "group."),
        .always("open", .count, "Promises to customers, unsettled and not past due."),
        .always("overdue", .count, "Those that are past due."),
        .always(
            "hard_cases", .count,
            "Cases with a hot contact, or with a promise due in the range that was late or broken at some time, by its "
                + "owner at its due instant."),
        .always("hard_cases_without_debrief", .count, "Those of them whose log has no debrief as of as_of."),
    ]

    private static let causes: [Field] = [
        .always("lessons", .count), .always("cases", .count, "That they are of."),
        .always("broken_promises", .count, "To the customers of these cases: late or broken at some time."),
        .always("processes", .array(.text), "At fault, by name."),
        .always("reviews", .count, "How many lessons promised one."),
        .always("reviews_open", .count), .always("reviews_overdue", .count),
        .always("reviews_done", .count, "In time or late."),
        .always("reviews_dropped", .count, "Given up, or entered by mistake."),
    ]

    private static let sums = Schema.array(
        .object([.always("currency", .named("Currency")), .always("amount", .count, "In minor units.")])
    ).described("A sum of each currency there is any of.")

    private static let threats: [Field] = [
        .always("threats", .count), .always("unassessed", .count, "Nobody has looked into them."),
        .always("credible", .count), .always("unfounded", .count), .always("unknown", .count),
        .always("value_at_stake", .named("Sums"), "As far as anybody said."),
        .always(
            "assessment_seconds", .object([.nullable("median", .count)]), "From the threat to its first assessment."),
    ]

    private static let concessions: [Field] = [
        .always("concessions", .count), .always("granted", .count, "Within the policy's limit."),
        .always("pending", .count, "Wait for a manager."), .always("approved", .count), .always("refused", .count),
        .always("under_threat", .count, "Beside a threat that nobody had looked into."),
        .always("above_limit", .count, "Of the policy, or in another currency."),
        .always("given", .named("Sums"), "The granted and the approved ones."),
        .always("asked", .named("Sums"), "All of them."),
    ]
}
