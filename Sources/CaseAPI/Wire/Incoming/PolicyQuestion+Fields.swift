import Complaints

extension PolicyQuestion {
    /// The body of `POST /v1/policies/preview`.
    init(_ fields: FieldReader) {
        fields.named("PolicyQuestion")
        self.init()
        caseID = fields.optional(
            "case_id", .integer.narrowed(to: .id),
            "A case on record: what is given besides goes before what that has. Without it a new case, with the defaults of "
                + "one.")
        severity = fields.optional("severity", .word)
        mood = fields.optional("mood", .word)
        category = fields.optional("category", .text(.name), "It may be one that no case has yet.")
        channel = fields.optional("channel", .word)
        team = fields.optional("team", .text(.label), "The same.")
        relationship = fields.optional("relationship", .word, "What was decided about going on with the customer.")
        regime = fields.optional("regime", .text(.name), "The regime that it names itself.")
        receivedAt = fields.past("received_at", "When it reached the desk")
    }
}
