import Complaints

/// Tokens, as they are answered and as they are asked for.
enum TokenSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Token", .object(answered)), ("DisclosedToken", .object(answered + disclosed)),
        ("NewToken", .object(sent).with("not", ["required": ["expires_at", "expires_in"]])),
        ("Revocation", .object([])),
    ]

    private static let answered: [Field] = [
        .always("id", .id), .always("name", .text, "Who or what it is for."), .always("role", .words(Role.self)),
        .always("created_at", .utcInstant),
        .nullable("created_by", .text, "Who made it; null for one of the command line."),
        .nullable("expires_at", .utcInstant, "From when on it lets nobody in; null for never."),
        .nullable("last_used_at", .utcInstant, "When it last let somebody in, to the minute or so."),
        .nullable("revoked_at", .utcInstant), .nullable("revoked_by", .text),
    ]

    private static let disclosed: [Field] = [
        .nullable("token", .text, "The secret: in the first answer alone, null for a retry by its Idempotency-Key."),
        .sometimes("notice", .text, "Says so."),
    ]

    /// A name under which somebody may act.
    private static let name = Schema([
        "type": "string", "minLength": 1, "maxLength": .integer(Int64(Limits.name)),
        "pattern": .string(
            #"^[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]"#
                + #"[^\u0000-\u001F\u007F-\u009F]*$"#),
    ])

    private static let sent: [Field] = [
        .always("name", name, "Who or what it is for: without control characters, and not policy."),
        .always("role", .words(Role.self)),
        .optional("expires_at", .instant, "After now; without an end it never expires."),
        .optional(
            "expires_in", .duration,
            "From \(Limits.shortestSpan.iso8601) to \(Limits.longestTokenLife.iso8601) from now; not beside expires_at."
        ),
    ]
}
