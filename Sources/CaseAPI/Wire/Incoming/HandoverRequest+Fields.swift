import Complaints

extension HandoverRequest {
    /// The body of `POST /v1/owners/{name}/handover`.
    init(_ fields: FieldReader) {
        fields.named("HandoverRequest")
        self.init(
            to: fields.required("to", .text(.somebody), "Who has it from now on.", placeholder: ""),
            reason: fields.required(
                "reason", .text(.narrative), "Why. It stays in the log of who had it, so name no customer.",
                placeholder: ""),
            cases: fields.optional("cases", .flag, "Whether their open cases go with it; without it, false.") ?? false,
            only: fields.optional(
                "only", .integer,
                "The handover to undo, by the seq that it was answered with: what went over by it, and is still there, goes back "
                    + "to who had it."))
    }
}
