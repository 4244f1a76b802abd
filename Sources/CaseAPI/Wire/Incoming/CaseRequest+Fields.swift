import Complaints

extension CaseRequest {
    /// The body of `POST /v1/cases`.
    init(_ fields: FieldReader) {
        fields.named("CaseRequest")
        self.init(
            fields: CaseFields(fields),
            complaint: fields.required(
                "complaint", .text(.complaint), "In the customer's own words; never edited afterwards.",
                placeholder: ""),
            customer: fields.required(
                object: "customer", "Who complains.", placeholder: .unreadable, CustomerRequest.init(_:)),
            receivedAt: fields.past("received_at", "When the complaint reached the desk"),
            promise: fields.optional(
                object: "promise", "Without one, the policy's acknowledge promise is made.", PromiseRequest.init(_:)))
        fields.readOnly(CaseView.shown.names())
    }
}

extension CaseFields {
    fileprivate init(_ fields: FieldReader) {
        self.init(
            externalID: fields.optional("external_id", .text(.name), CaseFieldMeaning.externalID),
            subject: fields.optional("subject", .text(.subject), CaseFieldMeaning.subject),
            channel: fields.optional("channel", .word, CaseFieldMeaning.channel + " Without it, other.") ?? .other,
            category: fields.optional("category", .text(.name), CaseFieldMeaning.category),
            tags: fields.values("tags", .text(.tag), CaseFieldMeaning.tags, count: 0...Limits.tags) ?? [],
            severity: fields.optional("severity", .word, CaseFieldMeaning.severity + " Without it, normal.")
                ?? .normal,
            mood: fields.optional("mood", .word, CaseFieldMeaning.mood + " Without it, calm.") ?? .calm,
            desiredOutcome: fields.optional("desired_outcome", .text(.narrative), CaseFieldMeaning.desiredOutcome),
            estimate: Estimate.optional("estimate", CaseFieldMeaning.estimate, in: fields),
            owner: fields.optional("owner", .text(.name), CaseFieldMeaning.owner),
            team: fields.optional("team", .text(.name), CaseFieldMeaning.team),
            supervisor: fields.optional("supervisor", .text(.name), CaseFieldMeaning.supervisor),
            hardDeadline: fields.optional("hard_deadline", .instant, CaseFieldMeaning.hardDeadline))
    }
}

/// What the fields of a case mean that are sent with a new one, and edited later.
enum CaseFieldMeaning {
    static let externalID = "The case's key in another system; unique."
    static let subject = "The line the case is known by."
    static let channel = "The way the complaint came in."
    static let category = "What the complaint is about. A word never seen before is a new category."
    static let tags = "All of them."
    static let severity = "How much hangs on it: decides the policy."
    static let mood = "How the customer is."
    static let desiredOutcome = "What would make the customer happy, in their words."
    static let estimate = "Roughly how long the whole will take."
    static let owner = "Who handles the case. The first one is given to its promises that have none."
    static let team = "The team the case is with."
    static let supervisor = "Who is asked to join."
    static let hardDeadline = "By when the case must be settled, whatever is promised."
}
