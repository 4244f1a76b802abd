import Complaints

/// What each severity is promised by default.
enum PolicySchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Policy", .object(answered)), ("PolicyEdit", .object(edited)),
    ]

    private static let acknowledge = "How soon after its receipt a case without a promise of its own is acknowledged."
    private static let warn = "How long before its due instant a promise's owner is warned (due_soon)."
    private static let span = "How far off a promise may lie."

    private static let answered: [Field] = [
        .always("severity", .severity),
        .always("acknowledge_in", .duration, acknowledge),
        .always("warn_ahead", .duration, warn),
        .always("max_span", .duration, span),
        .always("version", .count, "1, and one more with every change."),
        .always("updated_at", .utcInstant),
    ]

    private static let bounds = "From \(Limits.shortestSpan.iso8601) to \(Limits.longestMaxSpan.iso8601)."

    private static let edited: [Field] = [
        .sometimes("acknowledge_in", .duration, "\(acknowledge) \(bounds) Not longer than max_span."),
        .sometimes("warn_ahead", .duration, "\(warn) \(bounds)"),
        .sometimes("max_span", .duration, "\(span) \(bounds)"),
    ]
}
