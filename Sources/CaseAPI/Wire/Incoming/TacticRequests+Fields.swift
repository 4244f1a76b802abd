import Complaints

extension AgreementRequest {
    private static let forms = [Form(true, "Accepted"), Form(false, "Declined")]

    /// `{"option", "accepted"}`, and `remedy` with a yes.
    init(_ fields: FieldReader) {
        let option = fields.required(
            "option", .text(.narrative), "One that was offered in the case, compared without case.", placeholder: "")
        // Where nobody said whether they agreed, what was promised says so: it is not a mistake of its own.
        let accepted = fields.required("accepted", forms: Self.forms, placeholder: fields.has("remedy"))
        self.init(
            option: option, accepted: accepted,
            remedy: fields.optional(
                object: "remedy", "What is promised with it; of the kind remedy.",
                presence: accepted ? .required : .absent
            ) { PromiseRequest(toCustomer: $0, kind: .remedy) })
    }
}

extension AssessmentRequest {
    /// `{"of", "verdict", "by", "reason"}`.
    init(_ fields: FieldReader) {
        self.init(
            of: fields.required("of", .integer, "The threat, by its seq.", placeholder: 0),
            verdict: fields.required("verdict", .word, placeholder: .unknown), by: fields.decider,
            reason: fields.reason())
    }
}

extension ConcessionDecisionRequest {
    /// `{"of", "approved", "by", "reason"}`.
    init(_ fields: FieldReader) {
        self.init(
            of: fields.required("of", .integer, "The concession, by its seq; managers only.", placeholder: 0),
            approved: fields.required("approved", .flag, placeholder: false), by: fields.decider,
            reason: fields.reason())
    }
}

extension DisputeRequest {
    /// `{"promise_id", "reason", "said_by"}`.
    init(_ fields: FieldReader) {
        self.init(
            promiseID: fields.required(
                "promise_id", .integer, "A promise of the case that was settled as kept.", placeholder: 0),
            reason: fields.reason("Why it was not kept."),
            saidBy: fields.optional("said_by", .text(.somebody), "Without it, whoever writes it down."))
    }
}

extension DisputeDecisionRequest {
    private static let forms = [
        Form(true, "Upheld", "It was not kept: it is broken from now on."),
        Form(false, "Dismissed", "It was kept."),
    ]

    /// `{"of", "upheld", "reason"}`, and `next_promise` with a yes.
    init(_ fields: FieldReader) {
        let of: Int64 = fields.required("of", .integer, "The dispute, by its seq; managers only.", placeholder: 0)
        let upheld = fields.required("upheld", forms: Self.forms, placeholder: false)
        self.init(
            of: of, upheld: upheld, reason: fields.reason(),
            next: fields.optional(
                object: "next_promise",
                "What takes its place, with next_step and customer_notified; a case that is over is opened again.",
                presence: upheld ? .optional : .absent, PromiseRequest.init(_:)))
    }
}

extension ReferralRequest {
    /// `{"to", "reference", "text", "at"}`.
    init(_ fields: FieldReader) {
        self.init(
            to: fields.required("to", .text(.name), "Whom it went to, such as an ombudsman.", placeholder: ""),
            reference: fields.optional("reference", .text(.key), "What they know it by."),
            text: fields.optional("text", .text(.complaint)), at: fields.past("at", "When it went there"))
    }
}

extension ReferralDecisionRequest {
    private static let awards = [Form(Presence.absent, ""), Form(Presence.required, "Awarded")]

    /// `{"of", "decision", "award", "currency", "text", "at"}`.
    init(_ fields: FieldReader) {
        self.init(
            of: fields.required("of", .integer, "The referral, by its seq.", placeholder: 0),
            decision: fields.required("decision", .word, placeholder: .settled),
            award: fields.money("award", "What the customer is to get", Self.awards),
            text: fields.optional("text", .text(.complaint)), at: fields.past("at", "When it was decided"))
    }
}

extension CoolOffRequest {
    /// `{"reason", "callback"}`.
    init(_ fields: FieldReader) {
        self.init(
            reason: fields.reason("Why talking does not work now."),
            callback: fields.required(
                object: "callback", "When you speak again; of the kind callback.",
                placeholder: PromiseRequest(what: "", due: .unreadable)
            ) { PromiseRequest(toCustomer: $0, kind: .callback) })
    }

    /// The body of `cool-off`.
    init(body fields: FieldReader) {
        fields.named("CoolOff")
        self.init(fields)
    }
}

extension RefusalRequest {
    /// `{"reason", "callback"}`.
    init(_ fields: FieldReader) {
        self.init(
            reason: fields.reason(),
            callback: fields.optional(
                object: "callback", "Who gets back to the customer and when; without it, the policy's."
            ) { PromiseRequest(toCustomer: $0, kind: .callback) })
    }
}

extension LessonRequest {
    /// Whether a process is at fault, and what is said of its review.
    private enum Fault {
        case none, reviewed, unreviewed
    }

    private static let forms = [
        Form(Fault.none, ""), Form(.reviewed, "Process", "With the review of a process that is at fault."),
        Form(.unreviewed, "Unreviewed", "With the reason why a process that is at fault is not reviewed."),
    ]

    /// `{"cause", "process", "text"}` and, with a process, `review` or `no_review_reason`.
    init(_ fields: FieldReader) {
        let fault = fields.form(Self.forms) { .none }
        self.init(
            cause: fields.required(
                "cause", .text(.name), "What it came from, as the desk sorts causes: reports count by it.",
                placeholder: ""),
            process: fields.optional(
                "process", .text(.name), "The process that is at fault, where one is.",
                presence: fault == .none ? .absent : .required),
            text: fields.optional("text", .text(.complaint)),
            review: fields.optional(
                object: "review", "Of the process: a promise to ourselves.",
                presence: fault == .reviewed ? .required : .absent, PromiseRequest.init(review:)),
            noReview: fields.optional(
                "no_review_reason", .text(.narrative), "Why the process is not reviewed.",
                presence: fault == .unreviewed ? .required : .absent))
    }
}

extension EscalateRequest {
    /// `{"supervisor", "reason"}`.
    init(_ fields: FieldReader) {
        fields.named("Escalation")
        self.init(
            supervisor: fields.required("supervisor", .text(.person), "Who is asked to join.", placeholder: ""),
            reason: fields.reason())
    }
}

extension RelationshipRequest {
    private static let forms = [
        Form(Relationship.keep, "Keep"), Form(Relationship.end, "End", "Closes the case."),
    ]

    /// `{"decision", "reason", "settle"}`.
    init(_ fields: FieldReader) {
        fields.named("RelationshipDecision")
        let decision = fields.required("decision", forms: Self.forms, placeholder: .keep)
        self.init(
            decision: decision, reason: fields.reason(),
            settle: fields.objects(
                "settle", SettleRequest.meaning, presence: decision == .end ? .optional : .absent,
                SettleRequest.init(ending:)))
    }
}

extension FieldReader {
    fileprivate func reason(_ meaning: @autoclosure () -> String = "Why.") -> String {
        required("reason", .text(.narrative), meaning(), placeholder: "")
    }

    /// Who decided something that is written down.
    fileprivate var decider: String? {
        optional("by", .text(.somebody), "Who decided: whoever writes it down, and nobody else.")
    }
}
