import Complaints

extension TokenRequest {
    /// The body of `POST /v1/tokens`.
    init(_ fields: FieldReader) {
        fields.named("TokenRequest")
        self.init(
            name: fields.required(
                "name", .actorName,
                "Who or what it is for: without control characters, and none of \(NobodysName.words), which are nobody's.",
                placeholder: ""),
            role: fields.required("role", .word, placeholder: .reader), end: End(fields),
            owner: fields.optional(
                "owner", .actorName,
                "Whose it is, by a name such as its own may be: whoever comes with it acts as them and as nobody else. "
                    + "Without it, several people share it."
            ))
        fields.readOnly(DisclosedToken.shown.names())
    }
}

extension TokenRequest.End {
    /// At most one of `expires_at` and `expires_in`.
    fileprivate init(_ fields: FieldReader) {
        let given = fields.given(atMostOneOf: ["expires_at", "expires_in"])
        let instant = fields.optional("expires_at", .instant, "After now; without an end it never expires.")
        let span = fields.optional(
            "expires_in", .duration(from: Limits.shortestSpan, to: Limits.longestTokenLife),
            "From \(Limits.shortestSpan.iso8601) to \(Limits.longestTokenLife.iso8601) from now; not beside expires_at."
        )
        if given.count > 1 {
            fields.issue("expires_in", .conflictingFields, "must be left out beside expires_at: give one end.")
        }
        self = instant.map(Self.at) ?? span.map(Self.after) ?? .never
    }
}
