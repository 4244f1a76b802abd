import Complaints

/// What each severity is promised by default.
enum PolicySchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Policy", .object(Policy.shown)), ("PolicyEdit", .object(edited)),
    ]

    private static let bounds = "From \(Limits.shortestSpan.iso8601) to \(Limits.longestMaxSpan.iso8601)."

    private static let edited: [Field] = [
        .sometimes("acknowledge_in", .duration, "\(PolicyMeaning.acknowledge) \(bounds) Not longer than max_span."),
        .sometimes("warn_ahead", .duration, "\(PolicyMeaning.warn) \(bounds)"),
        .sometimes("max_span", .duration, "\(PolicyMeaning.span) \(bounds)"),
        .sometimes("concession_limit", .named("Amount"), PolicyMeaning.limit),
        .sometimes("concession_currency", .named("Currency"), PolicyMeaning.currency),
        .sometimes("load_cap", .integer(Limits.loadCap), PolicyMeaning.cap),
        .optional("escalate_mood", .mood, PolicyMeaning.heat),
        .sometimes("escalate_after", .integer(Limits.escalateAfter), PolicyMeaning.breaks),
        .optional("supervisor", .name, PolicyMeaning.supervisor),
        .optional("follow_up_in", .duration, "\(PolicyMeaning.followUp) \(bounds) Not longer than max_span."),
    ]
}
