import Complaints

extension ResolveRequest {
    /// The body of `resolve`, and of the `resolve` of a settling action.
    init(_ fields: FieldReader) {
        fields.named("Resolution")
        self.init(
            summary: fields.required(
                "summary", .text(.narrative), "What was found and done, for whoever reads the case later.",
                placeholder: ""),
            outcomeText: fields.optional(
                "outcome_text", .text(.narrative), "How it ended, in words for the customer: they may read it."),
            customerAccepted: fields.required(
                "customer_accepted", .flag, "Whether the customer is content; false does not stand in the way.",
                placeholder: false),
            settle: fields.objects("settle", SettleRequest.meaning, SettleRequest.init(_:)),
            followUp: fields.optional(
                object: "follow_up", "A promise that outlives the resolution; of the kind follow_up."
            ) { PromiseRequest($0, kind: .followUp) })
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
