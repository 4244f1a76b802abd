import Complaints

/// What each severity is promised by default.
enum PolicySchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Policy", .object(answered)), ("PolicyEdit", .object(edited)),
    ]

    private static let acknowledge = "How soon after its receipt a case without a promise of its own is acknowledged."
    private static let warn = "How long before its due instant a promise's owner is warned (due_soon)."
    private static let span = "How far off a promise may lie."

    private static let limit = """
        What an agent may give away in one concession; what is more, or in another currency, waits for a manager.
        """
    private static let cap = "From more promises due on one day on, whoever makes one for that owner is warned."
    private static let heat = "From this mood on a supervisor is asked to join by itself; null: never because of it."
    private static let breaks = "From so many broken promises of a case on a supervisor is asked to join by itself."
    private static let supervisor = "Who is asked then; null: the case's own supervisor, if it has one."
    private static let followUp = "How long after a resolution the customer is asked how it went; null: not by itself."

    private static let answered: [Field] = [
        .always("severity", .severity),
        .always("acknowledge_in", .duration, acknowledge),
        .always("warn_ahead", .duration, warn),
        .always("max_span", .duration, span),
        .always("concession_limit", .named("Amount"), limit),
        .always("concession_currency", .named("Currency"), "Of concession_limit."),
        .always("load_cap", .integer(Limits.loadCap), cap),
        .nullable("escalate_mood", .mood, heat),
        .always("escalate_after", .integer(Limits.escalateAfter), breaks),
        .nullable("supervisor", .text, supervisor),
        .nullable("follow_up_in", .duration, followUp),
        .always("version", .count, "1, and one more with every change."),
        .always("updated_at", .utcInstant),
    ]

    private static let bounds = "From \(Limits.shortestSpan.iso8601) to \(Limits.longestMaxSpan.iso8601)."

    private static let edited: [Field] = [
        .sometimes("acknowledge_in", .duration, "\(acknowledge) \(bounds) Not longer than max_span."),
        .sometimes("warn_ahead", .duration, "\(warn) \(bounds)"),
        .sometimes("max_span", .duration, "\(span) \(bounds)"),
        .sometimes("concession_limit", .named("Amount"), limit),
        .sometimes("concession_currency", .named("Currency"), "Of concession_limit."),
        .sometimes("load_cap", .integer(Limits.loadCap), cap),
        .optional("escalate_mood", .mood, heat),
        .sometimes("escalate_after", .integer(Limits.escalateAfter), breaks),
        .optional("supervisor", .name, supervisor),
        .optional("follow_up_in", .duration, "\(followUp) \(bounds) Not longer than max_span."),
    ]
}
