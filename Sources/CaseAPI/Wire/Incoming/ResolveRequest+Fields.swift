import Complaints

extension ResolveRequest {
    /// The body of `resolve`, and of the `resolve` of a settling action.
    init(_ fields: FieldReader) {
        self.init(
            summary: fields.required("summary", .text(.narrative), placeholder: ""),
            customerAccepted: fields.required("customer_accepted", .flag, placeholder: false),
            settle: fields.objects("settle", SettleRequest.init(_:)),
            followUp: fields.optional(object: "follow_up") { PromiseRequest($0, kind: .followUp) })
    }
}

extension SettleRequest {
    private enum Word: String, Vocabulary {
        case keep, withdraw
    }

    /// `{"promise_id", "action"}` and the fields of that action.
    init(_ fields: FieldReader) {
        let id = fields.required("promise_id", .integer, placeholder: 0)
        let word: Word?
        if fields.has("action") {
            word = fields.optional("action", .word)
        } else {
            fields.reportMissing("action", "must be one of \(Word.words).")
            word = nil
        }
        switch word {
        case .keep: self.init(promiseID: id, action: .keep(KeepRequest(fields)))
        case .withdraw: self.init(promiseID: id, action: .withdraw(WithdrawRequest(fields)))
        case nil:
            fields.ignoreTheRest()
            self.init(promiseID: id, action: .keep(KeepRequest()))
        }
    }
}

extension ReopenRequest {
    /// `{"reason", "promise"}`.
    init(_ fields: FieldReader) {
        self.init(
            reason: fields.required("reason", .text(.narrative), placeholder: ""),
            promise: fields.optional(object: "promise", PromiseRequest.init(_:)))
    }
}
