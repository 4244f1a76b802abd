import Complaints

extension CaseRequest {
    /// The body of `POST /v1/cases`.
    init(_ fields: FieldReader) {
        self.init(
            fields: CaseFields(fields), complaint: fields.required("complaint", .text(.complaint), placeholder: ""),
            customer: fields.required(object: "customer", placeholder: .unreadable, CustomerRequest.init(_:)),
            receivedAt: fields.past("received_at"),
            promise: fields.optional(object: "promise", PromiseRequest.init(_:)))
        fields.readOnly(CaseView.shown.names())
    }
}

extension CaseFields {
    fileprivate init(_ fields: FieldReader) {
        self.init(
            externalID: fields.optional("external_id", .text(.name)),
            subject: fields.optional("subject", .text(.subject)),
            channel: fields.optional("channel", .word) ?? .other,
            category: fields.optional("category", .text(.name)),
            tags: fields.values("tags", .text(.tag), atMost: Limits.tags) ?? [],
            severity: fields.optional("severity", .word) ?? .normal,
            mood: fields.optional("mood", .word) ?? .calm,
            desiredOutcome: fields.optional("desired_outcome", .text(.narrative)),
            estimate: Estimate.optional("estimate", in: fields),
            owner: fields.optional("owner", .text(.name)),
            team: fields.optional("team", .text(.name)),
            supervisor: fields.optional("supervisor", .text(.name)),
            hardDeadline: fields.optional("hard_deadline", .instant))
    }
}
