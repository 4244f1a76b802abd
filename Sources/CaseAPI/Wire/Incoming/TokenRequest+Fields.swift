import Complaints

extension TokenRequest {
    /// The body of `POST /v1/tokens`.
    init(_ fields: FieldReader) {
        self.init(
            name: fields.required("name", .actorName, placeholder: ""),
            role: fields.required("role", .word, placeholder: .reader), end: End(fields))
        fields.readOnly(DisclosedToken.shown.names())
    }
}

extension TokenRequest.End {
    /// At most one of `expires_at` and `expires_in`.
    fileprivate init(_ fields: FieldReader) {
        let instant = fields.optional("expires_at", .instant)
        let span = fields.optional("expires_in", .duration(from: Limits.shortestSpan, to: Limits.longestTokenLife))
        if fields.has("expires_at"), fields.has("expires_in") {
            fields.issue("expires_in", .conflictingFields, "must be left out beside expires_at: give one end.")
        }
        self = instant.map(Self.at) ?? span.map(Self.after) ?? .never
    }
}

extension FieldKind<String> {
    /// A name under which somebody may act.
    fileprivate static var actorName: FieldKind {
        FieldKind { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            return try Actor.checkedName(text.string)
        }
    }
}
