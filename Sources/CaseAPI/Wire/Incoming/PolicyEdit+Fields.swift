import Complaints

extension PolicyEdit {
    /// The body of `PATCH /v1/policies/{severity}`.
    init(_ fields: FieldReader) {
        self.init()
        let span = FieldKind.duration(from: Limits.shortestSpan, to: Limits.longestMaxSpan)
        acknowledgeIn = fields.replaced("acknowledge_in", span)
        warnAhead = fields.replaced("warn_ahead", span)
        maxSpan = fields.replaced("max_span", span)
        fields.readOnly(["severity", "version", "updated_at"])
    }
}
