import Complaints

extension CaseEdit {
    /// The body of `PATCH /v1/cases/{id}`.
    init(_ fields: FieldReader) {
        self.init()
        externalID = fields.patched("external_id", .text(.name))
        subject = fields.patched("subject", .text(.subject))
        channel = fields.replaced("channel", .word)
        category = fields.patched("category", .text(.name))
        tags = fields.hasNull("tags") ? [] : fields.values("tags", .text(.tag), atMost: Limits.tags)
        severity = fields.replaced("severity", .word)
        mood = fields.replaced("mood", .word)
        desiredOutcome = fields.patched("desired_outcome", .text(.narrative))
        estimate = fields.hasNull("estimate") ? .some(nil) : Estimate.optional("estimate", in: fields)
        owner = fields.patched("owner", .text(.name))
        team = fields.patched("team", .text(.name))
        supervisor = fields.patched("supervisor", .text(.name))
        hardDeadline = fields.patched("hard_deadline", .instant)
        fields.readOnly(CaseView.shown.names())
    }
}
