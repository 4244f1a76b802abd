import Complaints

/// What the feed of events tells.
enum EventSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("EventPage", .object(page)), ("Event", .object(event)),
    ]

    private static let page: [Field] = [
        .always("items", .array(.named("Event"), 0...Int(ListQuery<Event>.maximumLimit)), "In the order of their ids."),
        .always("next", .count, "The after to go on with."),
    ]

    private static let event: [Field] = [
        .always("id", .id, "Its place among all: 1 for the first and one more for each, in the order of commits."),
        .always("type", .words(EventType.self)),
        .always("at", .utcInstant, "When it happened."),
        .always("recorded_at", .utcInstant, "When the service was told."),
        .always("case_id", .id),
        .nullable("promise_id", .id, "The promise it is about."),
        .always("actor", .text, "Who acted."),
        .nullable("token", .text, "The name of the token that was used."),
        .always("imported", .flag, "Whether it tells of history from another system."),
        .always(
            "log", .object([.always("seq", .id), .always("kind", .words(LogKind.self))]),
            "Its entry in the log of its case."),
        .nullable("promise", .object(promise), "That promise as the event left it."),
        .always("case", .object(summary), "The case as it is today."),
    ]

    private static let promise: [Field] = [
        .always("id", .id), .always("kind", .named("PromiseKind")), .always("what", .text),
        .always("by", .named("Promiser")), .always("to", .named("Promisee")), .nullable("owner", .text),
        .always("due_at", .utcInstant), .always("state", .named("PromiseState")),
    ]

    private static let summary: [Field] =
        PromiseSchemas.caseSummary + [.always("status", .named("CaseStatus")), .nullable("owner", .text)]
}
