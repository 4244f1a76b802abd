import Complaints

extension ShareRequest {
    /// The body of `POST /v1/cases/{id}/share`.
    init(_ fields: FieldReader) {
        fields.named("ShareRequest")
        self.init(
            life: fields.optional(
                "expires_in", .duration(from: Limits.shortestSpan, to: Limits.longestShareLife),
                "For how long the link is good, up to \(Limits.longestShareLife.iso8601); without it, "
                    + "\(Limits.usualShareLife.iso8601)."))
        fields.readOnly(DisclosedShare.shown.names())
    }
}
