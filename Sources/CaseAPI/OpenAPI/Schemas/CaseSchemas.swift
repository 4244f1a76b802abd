import Complaints

/// Cases, as they are answered and as they are sent.
enum CaseSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Case", .object(answered)), ("NewCase", .object(sent)), ("CaseEdit", .object(edited)),
        ("CustomerReference", customerReference), ("Estimate", estimate),
        ("Resolution", .object(resolution)), ("Settling", settling), ("Closing", .object(closing)),
        ("Reopening", .object(reopening)), ("Escalation", .object(escalation)),
        ("CustomerPage", .object(page)),
        ("RelationshipDecision", .oneOf(relationshipDecisions)), ("CoolOff", .object(coolOff)),
        ("NewCases", .object([.always("items", .array(.named("NewCase"), BulkRoutes.size))])),
        ("CaseResults", .object(results)),
    ]

    private static let answered: [Field] = [
        .always("id", .id),
        .nullable("external_id", .text, "The case's key in another system; unique."),
        .nullable("subject", .text, "The line the case is known by."),
        .always("complaint", .text, "In the customer's own words; never edited."),
        .always("customer", .object(CustomerSchemas.shown), "Who complains, as they are on record today."),
        .always("channel", .channel, "The way the complaint came in."),
        .nullable("category", .text, "What the complaint is about, as the desk sorts its cases."),
        .always("tags", .array(.text, 0...Limits.tags)),
        .always("severity", .severity),
        .always("mood", .mood, "When last observed."),
        .nullable("mood_trend", .named("MoodTrend"), "From the mood observed before; null when there was none."),
        .nullable("desired_outcome", .text, "What would make the customer happy, in their words."),
        .nullable(
            "estimate", shownEstimate,
            "Roughly how long the whole takes, as the customer was told: durations from received_at, or instants."),
        .nullable("owner", .text, "Who handles the case."),
        .nullable("team", .text, "The team the case is with."),
        .nullable("supervisor", .text, "Who was asked to join."),
        .always("escalated", .flag, "A supervisor was asked to join and has not yet."),
        .always("unassessed_threats", .count, "Threats that nobody has looked into."),
        .always("pending_concessions", .count, "Concessions that wait for a manager."),
        .nullable("relationship", .named("Relationship"), "What was last decided about going on with the customer."),
        .always("status", .named("CaseStatus")),
        .always("received_at", .utcInstant, "When the complaint reached the desk."),
        .always("opened_at", .utcInstant, "When the service was told of the case."),
        .nullable("resolved_at", .utcInstant, "When it was last resolved; null while it is open."),
        .nullable("closed_at", .utcInstant, "Null unless it is closed now."),
        .nullable("hard_deadline", .utcInstant, "By when the case must be settled, whatever is promised."),
        .always("imported", .flag, "Whether it is history from another system."),
        .always("version", .count, "How many changes it has had, its opening among them."),
        .always("updated_at", .utcInstant, "The stamp of its last change."),
        .always("overdue", .flag, "Some promise to the customer is unsettled past its due instant."),
        .nullable("overdue_since", .utcInstant, "The due instant of the oldest overdue promise."),
        .nullable("next_due_at", .utcInstant, "The due instant of the next promise that is still open."),
        .always("ever_broken", .flag, "Some promise to the customer was ever unsettled past its due instant."),
        .always("silent", .flag, "Open, without an unsettled promise to the customer; imported history aside, never."),
        .always(
            "promise_counts", .object(PromiseState.allCases.map { .always($0.rawValue, .count) }),
            "How many promises to the customer stand in each state."),
        .always("promises", .array(.named("Promise")), "All ever made in the case, oldest first."),
        .sometimes("guidance", .named("Guidance"), "What to do about it now, where include asks for it."),
    ]

    private static let results: [Field] = [
        .always("total", .count), .always("created", .count), .always("refused", .count),
        .always("items", .array(.oneOf([made, refused]), BulkRoutes.size)),
    ]

    private static let index = Field.always("index", .count, "Its place among the items, 0 for the first.")
    private static let made = Schema.object([
        index, .always("status", .integer(201...201)), .nullable("external_id", .text), .always("id", .id),
        .nullable("promise_id", .id, "Of its first promise."),
        .always("location", Schema(["type": "string", "format": "uri-reference", "pattern": "^/v1/cases/"])),
    ])
    private static let refused = Schema.object([
        index, .always("status", .integer(400...499)), .nullable("external_id", .text),
        .always("problem", .named("ItemProblem"), "Its pointers begin at the whole body: #/items/3/customer."),
    ])

    private static let sent: [Field] =
        [
            .always("complaint", .named("Complaint"), "In the customer's own words; never edited afterwards."),
            .always("customer", .named("CustomerReference"), "Who complains."),
            .optional(
                "received_at", .instant,
                "When the complaint reached the desk, not after now, by clocks that differ by two seconds; without it, now."
            ),
            .optional("promise", .named("NewPromise"), "Without one, the policy's acknowledge promise is made."),
        ] + editable.map { .optional($0.name, $0.schema, $0.meaning) }
        + fixedDefaults.map { .optional($0.name, $0.schema, "\($0.meaning) Without it, \($0.fallback).") }

    /// A merge patch: null takes a value away, where there can be none.
    private static let edited: [Field] =
        editable.map { .optional($0.name, $0.schema, $0.meaning) }
        + fixedDefaults.map { .sometimes($0.name, $0.schema, $0.meaning) }

    private static let editable: [(name: String, schema: Schema, meaning: String)] = [
        ("external_id", .name, "The case's key in another system; unique."),
        ("subject", .named("Subject"), "The line the case is known by."),
        ("category", .name, "What the complaint is about. A word never seen before is a new category."),
        ("tags", .array(.named("Tag"), 0...Limits.tags), "All of them."),
        ("desired_outcome", .narrative, "What would make the customer happy, in their words."),
        ("estimate", .named("Estimate"), "Roughly how long the whole will take."),
        ("owner", .name, "Who handles the case. The first one is given to its promises that have none."),
        ("team", .name, "The team the case is with."),
        ("supervisor", .name, "Who is asked to join."),
        ("hard_deadline", .instant, "By when the case must be settled, whatever is promised."),
    ]

    private static let fixedDefaults: [(name: String, schema: Schema, meaning: String, fallback: String)] = [
        ("channel", .channel, "The way the complaint came in.", Channel.other.rawValue),
        ("severity", .severity, "How much hangs on it: decides the policy.", Severity.normal.rawValue),
        ("mood", .mood, "How the customer is.", Mood.calm.rawValue),
    ]

    private static let customerReference = Schema.oneOf([
        Schema.object([.always("id", .id)]).described("One on record."),
        Schema.object([.always("external_id", .name)]).described("One on record, by their key in another system."),
        Schema.object([
            .always("name", .name), .optional("email", .name, "Not checked to be an address."),
            .optional("phone", .name, "Not checked to be a number."),
            .optional("external_id", .name, "Where somebody has this key already, it is them, as they are on record."),
        ]).described("A new one: nobody is matched by name or address."),
    ])

    private static let estimate = Schema.oneOf([
        Schema.object([.always("from", .duration), .always("to", .duration)]).described("Counted from received_at."),
        Schema.object([.always("from", .instant), .always("to", .instant)]).described("By the calendar."),
    ]).described("to is not before from.")

    private static let shownEstimate = Schema.object([.always("from", .text), .always("to", .text)])

    private static let resolution: [Field] = [
        .always("summary", .narrative, "What was found and done, for whoever reads the case later."),
        .always("customer_accepted", .flag, "Whether the customer is content; false does not stand in the way."),
        .optional(
            "settle", .array(.named("Settling")), "Promises of the case that are settled in the same step, each once."),
        .optional("follow_up", .named("NewPromise"), "A promise that outlives the resolution; of the kind follow_up."),
    ]

    private static let settling: Schema = .oneOf(
        [
            .object([.always("promise_id", .integer()), .always("action", .word("keep"))] + PromiseSchemas.keep)
        ]
            + PromiseSchemas.withdrawals.map {
                .object([.always("promise_id", .integer()), .always("action", .word("withdraw"))] + $0)
            })

    /// What a customer may see: no owner, no mood, no severity, nothing of the log.
    private static let page: [Field] = [
        .always("case_id", .id), .nullable("external_id", .text), .nullable("subject", .text),
        .always("complaint", .text, "In their own words."), .always("customer", .object([.always("name", .text)])),
        .nullable("desired_outcome", .text), .always("status", .named("CaseStatus")),
        .always("received_at", .utcInstant), .nullable("resolved_at", .utcInstant),
        .nullable("closed_at", .utcInstant),
        .nullable("estimate", shownEstimate),
        .nullable("next_due_at", .utcInstant, "When the desk is next to be in touch."),
        .always("promises", .array(.object(pagePromise)), "What was promised to them, oldest first."),
    ]

    private static let pagePromise: [Field] = [
        .always("id", .id), .always("kind", .named("PromiseKind")), .always("what", .text),
        .nullable("channel", .channel), .nullable("next_step", .text), .always("made_at", .utcInstant),
        .always("due_at", .utcInstant, "As it stands."), .always("state", .named("PromiseState")),
        .nullable("kept_at", .utcInstant),
        .always(
            "moved",
            .array(
                .object([
                    .always("from", .utcInstant), .always("to", .utcInstant), .always("at", .utcInstant),
                    .nullable("reason", .text),
                ])), "How the date has moved, and why."),
    ]

    private static let escalation: [Field] = [
        .always("supervisor", .name, "Who is asked to join."), .always("reason", .narrative, "Why."),
    ]

    private static let relationshipDecisions: [Schema] = [
        .object([
            .always("decision", .word(Relationship.keep.rawValue)), .always("reason", .narrative, "Why."),
            .sometimes("settle", .null),
        ]),
        .object([
            .always("decision", .word(Relationship.end.rawValue), "Closes the case."),
            .always("reason", .narrative, "Why."),
            .optional(
                "settle", .array(.named("Settling")),
                "Promises of the case that are settled in the same step, each once."),
        ]),
    ]

    /// What ends a talk that does not work now.
    static let coolOff: [Field] = [
        .always("reason", .narrative, "Why talking does not work now."),
        .always("callback", .named("NewPromise"), "When you speak again; of the kind callback."),
    ]

    private static let closing: [Field] = [.optional("reason", .narrative)]

    private static let reopening: [Field] = [
        .always("reason", .narrative, "Why it goes on."),
        .optional("promise", .named("NewPromise"), "Without one, the policy's acknowledge promise is made."),
    ]
}
