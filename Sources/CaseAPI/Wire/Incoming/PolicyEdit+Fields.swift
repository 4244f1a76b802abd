import Complaints

extension PolicyEdit {
    private static let bounds = "From \(Limits.shortestSpan.iso8601) to \(Limits.longestMaxSpan.iso8601)."

    /// The body of `PATCH /v1/policies/{severity}`.
    init(_ fields: FieldReader) {
        fields.named("PolicyEdit")
        self.init()
        let span = FieldKind.duration(from: Limits.shortestSpan, to: Limits.longestMaxSpan)
        acknowledgeIn = fields.replaced(
            "acknowledge_in", span, "\(PolicyMeaning.acknowledge) \(Self.bounds) Not longer than max_span.")
        warnAhead = fields.replaced("warn_ahead", span, "\(PolicyMeaning.warn) \(Self.bounds)")
        maxSpan = fields.replaced("max_span", span, "\(PolicyMeaning.span) \(Self.bounds)")
        concessionLimit = fields.replaced("concession_limit", .integer(in: Limits.money), PolicyMeaning.limit)
        concessionCurrency = fields.replaced("concession_currency", .currency, PolicyMeaning.currency)
        loadCap = fields.replaced("load_cap", .integer(in: Limits.loadCap), PolicyMeaning.cap)
        escalateMood = fields.patched("escalate_mood", .word, PolicyMeaning.heat)
        escalateAfter = fields.replaced("escalate_after", .integer(in: Limits.escalateAfter), PolicyMeaning.breaks)
        supervisor = fields.patched("supervisor", .text(.name), PolicyMeaning.supervisor)
        followUpIn = fields.patched(
            "follow_up_in", span, "\(PolicyMeaning.followUp) \(Self.bounds) Not longer than max_span.")
        fields.readOnly(Policy.shown.names())
    }
}
