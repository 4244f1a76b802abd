import Complaints

/// Promises, as they are answered and as they are sent.
enum PromiseSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Promise", .object(PromiseView.shown)), ("NewPromise", due(sent)), ("FurtherPromise", due(sent + [keeps])),
        ("Notice", .object(notice)), ("Keep", goingOn(keep)),
        ("Renegotiation", due(renegotiation)), ("Withdrawal", .oneOf(withdrawals.map(goingOn))),
        ("Voiding", goingOn([.always("reason", .narrative, "What the mistake was.")])),
        ("Review", due(review)), ("Acceptance", .object([])), ("Reassignment", .object(reassignment)),
        ("SettledPromise", .object(SettledPromise.shown)),
    ]

    private static let sent: [Field] =
        parts + [
            .optional("owner", .name, "Who has to keep it; without it, the case's owner."),
            .optional("by", .named("Promiser"), "Without it, \(Promiser.desk.rawValue)."),
            .optional(
                "to", .named("Promisee"),
                "Without it, customer for the desk's promises and us for the customer's, which are made to us only."),
            .optional(
                "customer_notified", .named("Notice"),
                "How the customer was told; without it, they know of it as it is made."),
        ]

    /// What of a new promise does not depend on whose it is.
    private static let parts: [Field] =
        [
            .optional(
                "kind", .named("PromiseKind"), "Without it, \(PromiseKind.other.rawValue), or what its place says."),
            .always("what", .narrative, "What is promised, in the words of the desk."),
        ] + dues + [
            .optional("channel", .channel, "The way it is to be kept."),
            .optional("next_step", .narrative, "What happens next, as the customer is told."),
            .optional(
                "concession", .integer(), "The concession that it makes good, by its seq in the case's log."),
        ]

    /// A promise to ourselves.
    private static let review: [Field] =
        parts + [
            .always("owner", .name, "Whose review it is."),
            .optional("by", .word(Promiser.desk.rawValue)), .optional("to", .word(Promisee.us.rawValue)),
            .optional("customer_notified", .named("Notice")),
        ]

    private static let keeps = Field.optional(
        "keeps", .integer(), "Another promise of the case, which is settled as kept in the same step.")

    /// Exactly one of them.
    private static let waysToBeDue: [Field] = [
        .sometimes("due_at", .instant, "After now, and no further off than the policy's max_span."),
        .sometimes(
            "due_in", .duration,
            "Elapsed time from now, from \(Limits.shortestSpan.iso8601) to the policy's max_span."),
    ]

    private static let dues =
        waysToBeDue + [
            .sometimes(
                "due_in_business", .null,
                "Business time from now: refused with calendar_missing as long as there is no calendar.")
        ]

    private static func due(_ fields: [Field]) -> Schema {
        Schema.object(fields).with("oneOf", .array(waysToBeDue.map { ["required": [.string($0.name)]] }))
            .described("By when, says exactly one of \(waysToBeDue.map(\.name).joined(separator: ", ")).")
    }

    private static let notice: [Field] = [
        .always("channel", .channel, "The way it was tried."),
        .always("outcome", .named("ContactOutcome")),
        .optional(
            "at", .instant, "When it was tried, not after now, by clocks that differ by two seconds; without it, now."),
    ]

    /// What settles a promise as kept.
    static let keep: [Field] = [
        .optional(
            "kept_at", .instant,
            "When it was done: not before it was made, nor after now, by clocks that differ by two seconds; without it, now."
        ),
        .optional(
            "evidence", .narrative,
            "What shows that it was done; required when kept_at is at or before due, and now is after."),
    ]

    /// What settles a promise as given up: released by the customer, or not.
    static let withdrawals: [[Field]] = [
        [
            .always("reason", .narrative, "Why it is given up."),
            .always("customer_agreed", .flag(true), "The customer released us."),
            .sometimes("cause", .null),
        ],
        [
            .always("reason", .narrative, "Why it is given up."),
            .always("customer_agreed", .flag(false), "They did not: the promise is broken, even before it is due."),
            .always("cause", .words(Release.Cause.self)),
        ],
    ]

    private static func goingOn(_ fields: [Field]) -> Schema {
        Schema.object(
            fields + [
                .optional("next_promise", .named("NewPromise"), "A promise that goes on after it."),
                .optional("resolve", .named("Resolution"), "Ends the case in the same step."),
            ]
        ).with("not", ["required": ["next_promise", "resolve"]])
    }

    private static let renegotiation: [Field] =
        dues + [
            .always("reason", .narrative, "Why the date moves; the customer may read it."),
            .always("next_step", .narrative, "What happens next, as the customer was told."),
            .always(
                "customer_notified", .named("Notice"), "How the customer was told: not before the promise was made."),
            .optional("what", .narrative, "Without it, the same as before."),
        ]

    private static let reassignment: [Field] = [
        .always("owner", .name, "Who has to keep it from now on."), .optional("reason", .narrative),
    ]
}
