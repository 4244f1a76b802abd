import Complaints

/// Promises, as they are answered and as they are sent.
enum PromiseSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Promise", .object(answered)), ("NewPromise", due(sent)), ("FurtherPromise", due(sent + [keeps])),
        ("Notice", .object(notice)), ("Keep", goingOn(keep)),
        ("Renegotiation", due(renegotiation)), ("Withdrawal", .oneOf(withdrawals.map(goingOn))),
        ("Voiding", goingOn([.always("reason", .narrative, "What the mistake was.")])),
        ("Review", due(review)), ("Acceptance", .object([])), ("Reassignment", .object(reassignment)),
        ("SettledPromise", .object(settled)),
    ]

    private static let answered: [Field] = [
        .always("id", .id),
        .always("case_id", .id),
        .always("kind", .named("PromiseKind")),
        .always("what", .text, "What was promised, in the words of the desk."),
        .always("by", .named("Promiser")),
        .always("to", .named("Promisee")),
        .nullable("owner", .text, "Who has to keep it."),
        .always("made_by", .text, "Who made it; policy for a default promise."),
        .always("made_at", .utcInstant),
        .nullable("told_at", .utcInstant, "Since when the customer knows of it; null while they do not."),
        .nullable("channel", .channel, "The way it is to be kept."),
        .always("due_at", .utcInstant, "The last instant at which it can be kept in time; it never changes."),
        .always("original_due_at", .utcInstant, "The due instant of the first promise of the chain."),
        .nullable("due_explained", .text, "The steps from a business time to due_at."),
        .always("state", .named("PromiseState")),
        .always("overdue", .flag),
        .nullable("kept_at", .utcInstant, "When it happened, by its owner."),
        .nullable("recorded_at", .utcInstant, "When the service was told that it is settled."),
        .nullable("settled_by", .text, "Who said so."),
        .nullable("evidence", .text, "What shows that it was kept."),
        .always("backdated", .flag, "Kept in time, but the service was told only after the due instant."),
        .nullable("late_seconds", .count, "How long after its due instant it was settled; null until then."),
        .always("slips", .count, "How often the date has moved, up to this promise."),
        .always("total_slip_seconds", .integer(), "How far the date has moved from the first one of the chain."),
        .nullable("supersedes", .id, "The promise whose place it took."),
        .nullable("superseded_by", .id, "The promise that took its place."),
        .nullable("reason", .text, "Why it was settled, else why it was made in place of another."),
        .nullable("next_step", .text, "What happens next, as the customer was told."),
        .nullable("customer_notified", .object(answeredNotice), "How the customer was told when it was made."),
        .nullable("accepted_at", .utcInstant, "When its owner took it on, where somebody else made it for them."),
        .always("waits_for_acceptance", .flag, "Its owner has yet to accept it."),
        .nullable("concession", .id, "The concession that it makes good, by its seq in the case's log."),
        .always("imported", .flag, "Whether it is history from another system."),
        .sometimes("load", Schema.object(load).orNull, "For whoever has just made it: what its owner carries."),
        .sometimes("warnings", .array(.object(warning)), "For whoever has just made it: what speaks against it."),
        .always("case", .object(caseSummary), "As much of the case as somebody needs who is about to call."),
    ]

    private static let load: [Field] = [
        .always("owner", .text),
        .always(
            "day", Schema(["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]),
            "The day in UTC on which it is due."),
        .always(
            "due_that_day", .count,
            "Unsettled promises due on it, this one too; counted to 25, or past the policy's load_cap."),
        .always("overdue", .integer(0...Int64(OwnerLoad.mostOverdue)), "Their promises past due, counted so far."),
        .always(
            "kept_rate", Schema(["type": ["number", "null"], "minimum": 0, "maximum": 1]),
            "Of all their promises, as in the report; null when there is nothing to tell."),
    ]

    private static let warning: [Field] = [
        .always("code", .words(PromiseWarning.Code.self)), .always("detail", .text, "What to do about it."),
    ]

    private static let answeredNotice: [Field] = [
        .always("channel", .channel), .always("outcome", .named("ContactOutcome")), .always("at", .utcInstant),
    ]

    /// As much of a case as somebody needs who is about to call.
    static let caseSummary: [Field] = [
        .always("id", .id), .nullable("external_id", .text), .nullable("subject", .text),
        .always("severity", .severity), .always("mood", .mood),
        .always(
            "customer",
            .object([
                .always("id", .id), .always("name", .text), .nullable("phone", .text), .nullable("email", .text),
            ])),
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

    private static let settled: [Field] = [
        .always("promise", .named("Promise"), "The one of the path."),
        .always("case", .named("Case"), "Its case, as the change left it."),
        .sometimes("next_promise", .named("Promise"), "The one that goes on after it, where one was made."),
    ]
}
