import Complaints

extension CaseRequest {
    /// The body of `POST /v1/cases`.
    init(_ fields: FieldReader) {
        fields.named("CaseRequest")
        var edited = CaseFields()
        edited.take(fields)
        // Whoever opens a case with a token of their own handles it, unless they say otherwise.
        if fields.speaker.isPersonal, !fields.isSent("owner") { edited.owner = fields.speaker.name }
        self.init(
            fields: edited,
            complaint: fields.required(
                "complaint", .text(.complaint), "In the customer's own words; never edited afterwards.",
                placeholder: ""),
            customer: fields.required(
                object: "customer", "Who complains.", placeholder: .unreadable, CustomerRequest.init(_:)),
            receivedAt: fields.past("received_at", "When the complaint reached the desk"),
            promise: fields.optional(
                object: "promise",
                "The first one. Without one, the policy's acknowledge promise is made; beside one that is due later than that it is "
                    + "made too, unless the customer was told of this one (customer_notified, reached or sent).",
                PromiseRequest.init(_:)))
        fields.readOnly(CaseView.shown.names())
    }
}
