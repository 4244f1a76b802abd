import Complaints

/// What to do about a case.
enum GuidanceSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Guidance", .object(guidance)), ("GuidanceItem", .object(item)), ("GuidedCall", .object(call)),
    ]

    private static let guidance: [Field] = [
        .always("case_id", .id),
        .always("mood", .mood, "When last observed."),
        .nullable("mood_trend", .named("MoodTrend"), "From the mood observed before; null when there was none."),
        .always(
            "hot_in_a_row", .count,
            "How many of the latest contacts of the case's owner were angry or abusive, in a row."),
        .always(
            "items", .array(.named("GuidanceItem"), Tactic.allCases.count...Tactic.allCases.count),
            "One for each tactic: what is to be done now, next, what is held back, done, and not needed."),
    ]

    private static let item: [Field] = [
        .always("tactic", .words(Tactic.self)),
        .always("title", .text, "What to do, in a few words."),
        .always("state", .words(Guidance.State.self).described(states)),
        .always("why", .text, "What in the record says so."),
        .always("entries", .array(.id), "The entries of the log that say so, by seq."),
        .always("promise_ids", .array(.id), "The promises that say so."),
        .nullable("call", .named("GuidedCall"), "What does it; null where nothing is to be called."),
    ]

    private static let states = """
        now: the first thing to do. next: later, or at any time. held: a tactic says to wait with it; it can be done all \
        the same. done: already. not_needed: the case gives no occasion for it.
        """

    private static let call: [Field] = [
        .always("method", Schema(["type": "string", "enum": ["POST", "PATCH"]])),
        .always("path", Schema(["type": "string", "format": "uri-reference", "pattern": "^/v1/(cases|promises)/"])),
        .always("role", .words(Role.self), "The least role that may."),
        .nullable("actor", .text, "Who has to act, for Casekeeper-Actor; null: whoever may."),
        .always("body", body, "A body that is taken for the case as it stands. Its words are examples: put yours."),
    ]

    private static let body = Schema([
        "anyOf": .array(
            [
                "NewLogEntry", "CoolOff", "NewPromise", "Keep", "Renegotiation", "Acceptance", "Escalation",
                "RelationshipDecision", "CaseEdit",
            ].map { Schema.named($0).json })
    ])
}
