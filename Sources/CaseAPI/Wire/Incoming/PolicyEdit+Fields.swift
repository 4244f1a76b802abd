import Complaints

extension PolicyEdit {
    /// The body of `PATCH /v1/policies/{severity}`.
    init(_ fields: FieldReader) {
        self.init()
        let span = FieldKind.duration(from: Limits.shortestSpan, to: Limits.longestMaxSpan)
        acknowledgeIn = fields.replaced("acknowledge_in", span)
        warnAhead = fields.replaced("warn_ahead", span)
        maxSpan = fields.replaced("max_span", span)
        concessionLimit = fields.replaced("concession_limit", .integer(in: Limits.money))
        concessionCurrency = fields.replaced("concession_currency", .currency)
        loadCap = fields.replaced("load_cap", .integer(in: Limits.loadCap))
        escalateMood = fields.patched("escalate_mood", .word)
        escalateAfter = fields.replaced("escalate_after", .integer(in: Limits.escalateAfter))
        supervisor = fields.patched("supervisor", .text(.name))
        followUpIn = fields.patched("follow_up_in", span)
        fields.readOnly(Policy.shown.names())
    }
}
