import CaseStore
import Complaints

/// Tokens, as they are answered and as they are asked for.
enum TokenSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Token", .object(Token.shown)), ("DisclosedToken", .object(DisclosedToken.shown)),
        ("NewToken", .object(sent).with("not", ["required": ["expires_at", "expires_in"]])),
        ("Revocation", .object([])),
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
