import Complaints

/// Cases, as they are answered and as they are sent.
enum CaseSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Case", .object(CaseView.shown)), ("NewCase", .object(sent)), ("CaseEdit", .object(edited)),
        ("CustomerReference", customerReference), ("Estimate", estimate),
        ("Resolution", .object(resolution)), ("Settling", settling), ("Closing", .object(closing)),
        ("Reopening", .object(reopening)), ("Escalation", .object(escalation)),
        ("CustomerPage", .object(CustomerPage.shown)),
        ("RelationshipDecision", .oneOf(relationshipDecisions)), ("CoolOff", .object(coolOff)),
        ("NewCases", .object([.always("items", .array(.named("NewCase"), BulkRoutes.size))])),
        ("CaseResults", .object(results)),
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
