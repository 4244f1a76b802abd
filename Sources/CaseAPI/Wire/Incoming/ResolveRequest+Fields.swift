import Complaints

extension ResolveRequest {
    /// The body of `resolve`, and of the `resolve` of a settling action.
    init(_ fields: FieldReader) {
        self.init(
            fields, named: "Resolution",
            accepted: fields.required(
                "customer_accepted", .flag, "Whether the customer is content; false does not stand in the way.",
                placeholder: false))
    }

    /// The `resolve` of a void: of a case that was a mistake nobody need be asked.
    init(ofMistake fields: FieldReader) {
        self.init(
            fields, named: "MistakeResolution",
            accepted: fields.optional(
                "customer_accepted", .flag, "Whether the customer is content, where somebody asked them."))
    }

    private init(_ fields: FieldReader, named name: String, accepted: Bool?) {
        fields.named(name)
        self.init(
            summary: fields.required(
                "summary", .text(.narrative), "What was found and done, for whoever reads the case later.",
                placeholder: ""),
            outcomeText: fields.optional(
                "outcome_text", .text(.narrative), "How it ended, in words for the customer: they may read it."),
            customerAccepted: accepted,
            outcome: fields.optional("outcome", .word, "What was found of the complaint."),
            redress: fields.optional(
                object: "redress", "What the customer gets for it in money.", Money.init(redress:)),
            finalResponse: fields.optional(
                object: "final_response", "Your last word on the complaint, as it went out to the customer.",
                FinalResponseRequest.init(_:)),
            resolvedAt: fields.past(
                "resolved_at",
                "When it was resolved: not before the complaint was received, a promise to the customer was kept, the case was "
                    + "opened again, or its stage was asked for"),
            evidence: fields.optional(
                "evidence", .text(.narrative),
                "What shows that it was resolved then: asked for where a date by which it was to be has passed since."),
            settle: fields.objects("settle", SettleRequest.meaning, SettleRequest.init(_:)),
            followUp: fields.optional(
                object: "follow_up",
                "A promise to the customer that outlives the resolution; of the kind follow_up unless it says what it is."
            ) { PromiseRequest(toCustomer: $0, kind: .followUp) })
    }
}

extension Money {
    /// `{"amount", "currency"}`.
    fileprivate init(redress fields: FieldReader) {
        fields.named("Redress")
        self.init(
            amount: fields.required("amount", .money, "In minor units, such as cents: 550 is 5.50.", placeholder: 0),
            currency: fields.required("currency", .currency, placeholder: .usDollar))
    }
}

extension FinalResponseRequest {
    /// `{"sent_at", "channel"}`.
    fileprivate init(_ fields: FieldReader) {
        fields.named("FinalResponse")
        self.init(
            sentAt: fields.past("sent_at", "When it went out: not before the complaint was received"),
            channel: fields.required("channel", .word, "The way it went.", placeholder: .other))
    }
}

extension EndingEdit {
    /// `{"outcome", "redress", "final_response"}` of a PATCH: each is taken whole, and null takes it away.
    init(_ fields: FieldReader) {
        let only = "of a resolved or closed case alone"
        self.init(
            outcome: fields.patched("outcome", .word, "What was found of the complaint, \(only)."),
            redress: fields.hasNull("redress")
                ? .some(nil)
                : fields.optional(
                    object: "redress", "What the customer gets for it in money, \(only).", Money.init(redress:)
                ).map { .some($0) },
            finalResponse: fields.hasNull("final_response")
                ? .some(nil)
                : fields.optional(
                    object: "final_response",
                    "Your last word on the complaint, \(only); without sent_at that stays as it is.",
                    FinalResponseRequest.init(_:)
                ).map { .some($0) })
    }
}

extension SettleRequest {
    static let meaning = "Promises of the case that are settled in the same step, each once."

    private enum Word: String, Vocabulary {
        case keep, withdraw
    }

    /// `{"promise_id", "action"}` and the fields of that action.
    init(_ fields: FieldReader) {
        self.init(fields, named: "Settling", withdrawal: WithdrawRequest.init(_:))
    }

    /// The same, by an end of the relationship.
    init(ending fields: FieldReader) {
        self.init(fields, named: "EndSettling", withdrawal: WithdrawRequest.init(ending:))
    }

    private init(_ fields: FieldReader, named name: String, withdrawal: (FieldReader) -> WithdrawRequest) {
        fields.named(name)
        let id = fields.required("promise_id", .integer, placeholder: 0)
        let action: Action =
            switch fields.kind("action") as Word? {
            case .keep: .keep(KeepRequest(fields))
            case .withdraw: .withdraw(withdrawal(fields))
            case nil: .keep(KeepRequest())
            }
        self.init(promiseID: id, action: action)
    }
}

extension DuplicateRequest {
    /// `{"case_id", "reason"}`.
    init(_ fields: FieldReader) {
        fields.named("Duplicate")
        self.init(
            caseID: fields.required(
                "case_id", .integer, "The open case of the same customer that it is a duplicate of.", placeholder: 0),
            reason: fields.required(
                "reason", .text(.narrative), "How that was found, for whoever reads either case later.", placeholder: ""
            ))
    }
}

extension StageRequest {
    /// `{"stage", "reason", "requested_at"?}`.
    init(_ fields: FieldReader) {
        fields.named("StageOpening")
        self.init(
            stage: fields.required(
                "stage", .text(.name),
                "A later stage of the case's regime, by name; names compare without case. An earlier one that it was at undoes what "
                    + "came since.",
                placeholder: ""),
            reason: fields.required("reason", .text(.narrative), "Why the case comes to it.", placeholder: ""),
            requestedAt: fields.past(
                "requested_at", "When the customer asked for it: not before the complaint was received"))
    }
}

extension ReopenRequest {
    /// `{"reason", "promise"}`.
    init(_ fields: FieldReader) {
        fields.named("Reopening")
        self.init(
            reason: fields.required("reason", .text(.narrative), "Why it goes on.", placeholder: ""),
            promise: fields.optional(
                object: "promise", "Without one, the policy's acknowledge promise is made.", PromiseRequest.init(_:)))
    }
}
