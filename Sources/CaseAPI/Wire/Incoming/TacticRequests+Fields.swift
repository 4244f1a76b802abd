import Complaints

extension AgreementRequest {
    /// `{"option", "accepted"}`, and `remedy` with a yes.
    init(_ fields: FieldReader) {
        self.init(
            option: fields.required("option", .text(.narrative), placeholder: ""),
            accepted: fields.required("accepted", .flag, placeholder: false),
            remedy: fields.optional(object: "remedy") { PromiseRequest($0, kind: .remedy) })
    }
}

extension AssessmentRequest {
    /// `{"of", "verdict", "by", "reason"}`.
    init(_ fields: FieldReader) {
        self.init(
            of: fields.required("of", .integer, placeholder: 0),
            verdict: fields.required("verdict", .word, placeholder: .unknown),
            by: fields.optional("by", .text(.name)),
            reason: fields.required("reason", .text(.narrative), placeholder: ""))
    }
}

extension ConcessionDecisionRequest {
    /// `{"of", "approved", "by", "reason"}`.
    init(_ fields: FieldReader) {
        self.init(
            of: fields.required("of", .integer, placeholder: 0),
            approved: fields.required("approved", .flag, placeholder: false),
            by: fields.optional("by", .text(.name)),
            reason: fields.required("reason", .text(.narrative), placeholder: ""))
    }
}

extension CoolOffRequest {
    /// `{"reason", "callback"}`.
    init(_ fields: FieldReader) {
        self.init(
            reason: fields.required("reason", .text(.narrative), placeholder: ""),
            callback: fields.required(
                object: "callback", placeholder: PromiseRequest(what: "", due: .unreadable)
            ) { PromiseRequest($0, kind: .callback) })
    }
}

extension RefusalRequest {
    /// `{"reason", "callback"}`.
    init(_ fields: FieldReader) {
        self.init(
            reason: fields.required("reason", .text(.narrative), placeholder: ""),
            callback: fields.optional(object: "callback") { PromiseRequest($0, kind: .callback) })
    }
}

extension LessonRequest {
    /// `{"cause", "process", "text", "review"}`.
    init(_ fields: FieldReader) {
        self.init(
            cause: fields.required("cause", .text(.name), placeholder: ""),
            process: fields.optional("process", .text(.name)), text: fields.optional("text", .text(.complaint)),
            review: fields.optional(object: "review") { PromiseRequest($0, kind: .other, to: .us) })
    }
}

extension EscalateRequest {
    /// `{"supervisor", "reason"}`.
    init(_ fields: FieldReader) {
        self.init(
            supervisor: fields.required("supervisor", .text(.name), placeholder: ""),
            reason: fields.required("reason", .text(.narrative), placeholder: ""))
    }
}

extension RelationshipRequest {
    /// `{"decision", "reason", "settle"}`.
    init(_ fields: FieldReader) {
        self.init(
            decision: fields.required("decision", .word, placeholder: .keep),
            reason: fields.required("reason", .text(.narrative), placeholder: ""),
            settle: fields.objects("settle", SettleRequest.init(_:)))
    }
}
