import Complaints

extension SettleAndContinue where Request: SettlingRequest {
    /// The body of a settling action: its own fields, and what goes on after it.
    init(_ fields: FieldReader) {
        fields.named(Request.schemaName)
        self.init(Request(fields), then: Continuation(fields, resolution: Request.resolution))
    }
}

/// A request that settles one promise.
protocol SettlingRequest {
    /// Of the body of its action.
    static var schemaName: String { get }

    /// How a resolution is read that ends the case in the same step.
    static var resolution: (FieldReader) -> ResolveRequest { get }

    init(_ fields: FieldReader)
}

extension SettlingRequest {
    static var resolution: (FieldReader) -> ResolveRequest { ResolveRequest.init(_:) }
}

extension KeepRequest: SettlingRequest {
    static let schemaName = "Keep"

    /// `{"evidence", "kept_at"}`.
    init(_ fields: FieldReader) {
        self.init(
            keptAt: fields.past(
                "kept_at",
                "When it was done: not before it was made; of what the policy or a clock promised by itself, not before the "
                    + "complaint was received, or its stage asked for"),
            evidence: fields.optional(
                "evidence", .text(.narrative),
                "What shows that it was done; required when kept_at is at or before due, and now is after."))
    }
}

extension WithdrawRequest: SettlingRequest {
    static let schemaName = "Withdrawal"

    /// `{"reason", "customer_agreed"}`, and `cause` when the customer did not agree.
    init(_ fields: FieldReader) {
        self.init(fields, release: Release.init(_:))
    }

    /// The same, by an end of the relationship.
    init(ending fields: FieldReader) {
        self.init(fields, release: Release.init(ending:))
    }

    private init(_ fields: FieldReader, release: (FieldReader) -> Release) {
        self.init(
            reason: fields.required("reason", .text(.narrative), "Why it is given up, for the desk.", placeholder: ""),
            explanation: fields.explanation,
            release: release(fields),
            customerNotified: fields.optional(
                object: "customer_notified",
                "How the customer was spoken to, not before the promise was made: required, and reached, when the customer "
                    + "released us of a promise to them; that of next_promise will do.", NoticeRequest.init(_:)))
    }
}

extension Release {
    private static let forms = [
        Form(true, "Released", "The customer released us."),
        Form(false, "Unreleased", "They did not: the promise is broken, even before it is due."),
    ]

    private static let endings = [
        Form(true, "Released", "The customer released us."),
        Form(false, "Ended", "They did not: the promise ends with the relationship, and is broken if it is past due."),
    ]

    fileprivate init(_ fields: FieldReader) {
        guard fields.required("customer_agreed", forms: Self.forms, placeholder: true) else {
            self = .without(fields.required("cause", .word, placeholder: .impossible))
            return
        }
        self.init(released: fields)
    }

    fileprivate init(ending fields: FieldReader) {
        guard fields.required("customer_agreed", forms: Self.endings, placeholder: false) else {
            let _: EndingCause? = fields.optional(
                "cause", .word, "ended, also where it is left out: whatever else there was, that is what is recorded.")
            self = .ended
            return
        }
        self.init(released: fields)
    }

    private init(released fields: FieldReader) {
        if fields.has(refused: "cause") {
            fields.issue("cause", .conflictingFields, "must be left out unless customer_agreed is false.")
        }
        self = .customerAgreed
    }
}

extension VoidRequest: SettlingRequest {
    static let schemaName = "Voiding"
    static var resolution: (FieldReader) -> ResolveRequest { ResolveRequest.init(ofMistake:) }

    /// `{"reason"}`.
    init(_ fields: FieldReader) {
        self.init(
            reason: fields.required("reason", .text(.narrative), "What the mistake was.", placeholder: ""),
            customerNotified: fields.optional(
                object: "customer_notified",
                "How the customer was told, not before the promise was made: required when they had been told of a promise "
                    + "to them; that of next_promise will do.", NoticeRequest.init(_:)))
    }
}

extension Continuation {
    /// At most one of `next_promise` and `resolve`.
    init(_ fields: FieldReader, resolution: (FieldReader) -> ResolveRequest) {
        let given = fields.given(atMostOneOf: ["next_promise", "resolve"])
        let promise = fields.optional(
            object: "next_promise",
            "A promise that goes on after it. In place of one that was given up or taken back it goes on in its chain, and "
                + "when it is due later it needs next_step and customer_notified.", PromiseRequest.init(_:))
        let resolve = fields.optional(object: "resolve", "Ends the case in the same step.", resolution)
        if given.count > 1 {
            fields.issue("resolve", .conflictingFields, "must be left out beside next_promise: give one of them.")
        }
        self = promise.map(Continuation.promise) ?? resolve.map(Continuation.resolve) ?? .none
    }
}

extension RenegotiateRequest {
    /// The body of `renegotiate` and `recover`.
    init(_ fields: FieldReader) {
        fields.named("Renegotiation", DueRequest.meaning)
        self.init(
            due: DueRequest(fields),
            reason: fields.required(
                "reason", .text(.narrative), "Why the date moves, for the desk.", placeholder: ""),
            explanation: fields.explanation,
            nextStep: fields.required(
                "next_step", .text(.narrative), "What happens next, as the customer was told.", placeholder: ""),
            customerNotified: fields.optional(
                object: "customer_notified",
                "How the customer was told: not before the promise was made. Required, but for a promise to us.",
                NoticeRequest.init(_:)),
            what: fields.optional("what", .text(.narrative), "Without it, the same as before."),
            concession: fields.optional(
                "concession", .integer,
                "Another concession of the case that it makes good from now on, by its seq; without it, the same as before."
            ))
    }
}

extension ReassignRequest {
    /// `{"owner", "reason"}`.
    init(_ fields: FieldReader) {
        fields.named("Reassignment")
        self.init(
            owner: fields.required("owner", .text(.somebody), "Who has to keep it from now on.", placeholder: ""),
            reason: fields.required("reason", .text(.narrative), "Why it changes hands.", placeholder: ""))
    }
}

extension DeclineRequest {
    /// `{"reason"}`.
    init(_ fields: FieldReader) {
        fields.named("Declining")
        self.init(reason: fields.required("reason", .text(.narrative), "Why you do not take it on.", placeholder: ""))
    }
}

extension FieldReader {
    /// Why, in the words in which the customer was told.
    fileprivate var explanation: String? {
        optional("explanation", .text(.narrative), "The same as the customer was told: they may read it.")
    }
}
