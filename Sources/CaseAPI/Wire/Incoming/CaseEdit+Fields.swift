import Complaints

extension CaseEdit {
    /// The body of `PATCH /v1/cases/{id}`.
    init(_ fields: FieldReader) {
        fields.named("CaseEdit")
        self.init()
        externalID = fields.patched("external_id", .text(.name), CaseFieldMeaning.externalID)
        subject = fields.patched("subject", .text(.subject), CaseFieldMeaning.subject)
        channel = fields.replaced("channel", .word, CaseFieldMeaning.channel)
        category = fields.patched("category", .text(.name), CaseFieldMeaning.category)
        tags =
            fields.hasNull("tags")
            ? [] : fields.values("tags", .text(.tag), CaseFieldMeaning.tags, count: 0...Limits.tags)
        severity = fields.replaced("severity", .word, CaseFieldMeaning.severity)
        mood = fields.replaced("mood", .word, CaseFieldMeaning.mood)
        desiredOutcome = fields.patched("desired_outcome", .text(.narrative), CaseFieldMeaning.desiredOutcome)
        estimate =
            fields.hasNull("estimate")
            ? .some(nil) : Estimate.optional("estimate", CaseFieldMeaning.estimate, in: fields)
        owner = fields.patched("owner", .text(.name), CaseFieldMeaning.owner)
        team = fields.patched("team", .text(.name), CaseFieldMeaning.team)
        supervisor = fields.patched("supervisor", .text(.name), CaseFieldMeaning.supervisor)
        hardDeadline = fields.patched("hard_deadline", .instant, CaseFieldMeaning.hardDeadline)
        fields.readOnly(CaseView.shown.names())
    }
}
