import Complaints

extension SettleAndContinue where Request: SettlingRequest {
    /// The body of a settling action: its own fields, and what goes on after it.
    init(_ fields: FieldReader) {
        self.init(Request(fields), then: Continuation(fields))
    }
}

/// A request that settles one promise.
protocol SettlingRequest {
    init(_ fields: FieldReader)
}

extension KeepRequest: SettlingRequest {
    /// `{"evidence", "kept_at"}`.
    init(_ fields: FieldReader) {
        self.init(
            keptAt: fields.past("kept_at"), evidence: fields.optional("evidence", .text(.narrative)))
    }
}

extension WithdrawRequest: SettlingRequest {
    /// `{"reason", "customer_agreed"}`, and `cause` when the customer did not agree.
    init(_ fields: FieldReader) {
        self.init(
            reason: fields.required("reason", .text(.narrative), placeholder: ""), release: Release(fields))
    }
}

extension Release {
    fileprivate init(_ fields: FieldReader) {
        guard fields.required("customer_agreed", .flag, placeholder: true) else {
            self = .without(fields.required("cause", .word, placeholder: .impossible))
            return
        }
        if fields.has("cause") {
            fields.issue("cause", .conflictingFields, "must be left out unless customer_agreed is false.")
        }
        self = .customerAgreed
    }
}

extension VoidRequest: SettlingRequest {
    /// `{"reason"}`.
    init(_ fields: FieldReader) {
        self.init(reason: fields.required("reason", .text(.narrative), placeholder: ""))
    }
}

extension Continuation {
    /// At most one of `next_promise` and `resolve`.
    init(_ fields: FieldReader) {
        let promise = fields.optional(object: "next_promise", PromiseRequest.init(_:))
        let resolve = fields.optional(object: "resolve", ResolveRequest.init(_:))
        if promise != nil, resolve != nil {
            fields.issue("resolve", .conflictingFields, "must be left out beside next_promise: give one of them.")
        }
        self = promise.map(Continuation.promise) ?? resolve.map(Continuation.resolve) ?? .none
    }
}

extension RenegotiateRequest {
    /// The body of `renegotiate` and `recover`.
    init(_ fields: FieldReader) {
        self.init(
            due: DueRequest(fields), reason: fields.required("reason", .text(.narrative), placeholder: ""),
            nextStep: fields.required("next_step", .text(.narrative), placeholder: ""),
            customerNotified: fields.required(
                object: "customer_notified", placeholder: .placeholder, NoticeRequest.init(_:)),
            what: fields.optional("what", .text(.narrative)))
    }
}

extension ReassignRequest {
    /// `{"owner", "reason"}`.
    init(_ fields: FieldReader) {
        self.init(
            owner: fields.required("owner", .text(.name), placeholder: ""),
            reason: fields.optional("reason", .text(.narrative)))
    }
}
