import Complaints

extension LogRequest {
    /// The body of `POST /v1/cases/{id}/log`: `kind` decides what else there is.
    init(_ fields: FieldReader) {
        let kinds = LogKind.written.map(\.rawValue).joined(separator: ", ")
        guard fields.has("kind") else {
            fields.reportMissing("kind", "must be one of \(kinds).")
            fields.ignoreTheRest()
            self = .note(text: "")
            return
        }
        switch fields.optional("kind", .word(in: LogKind.written)) {
        case .note: self = .note(text: fields.entryText)
        case .statement: self = .said(.statement, text: fields.entryText, saidBy: fields.saidBy)
        case .question: self = .said(.question, text: fields.entryText, saidBy: fields.saidBy)
        case .fact: self = .said(.fact, text: fields.entryText, saidBy: fields.saidBy)
        case .acknowledgement: self = .told(.acknowledgement, text: fields.entryText)
        case .support: self = .told(.support, text: fields.entryText)
        case .apology: self = .told(.apology, text: fields.entryText)
        case .restatement:
            self = .restatement(
                text: fields.entryText, confirmed: fields.required("confirmed", .flag, placeholder: false))
        case .option: self = .option(fields.options)
        case .agreement: self = .agreement(AgreementRequest(fields))
        case .threat:
            self = .threat(
                fields.required("threat_kind", .word, placeholder: .other), stake: fields.stake,
                text: fields.optional("text", .text(.complaint)))
        case .threatAssessment: self = .threatAssessment(AssessmentRequest(fields))
        case .concession:
            self = .concession(
                what: fields.required("what", .text(.narrative), placeholder: ""),
                Money(
                    amount: fields.required("amount", .integer(in: Limits.money), placeholder: 0),
                    currency: fields.required("currency", .currency, placeholder: .usDollar)))
        case .concessionDecision: self = .concessionDecision(ConcessionDecisionRequest(fields))
        case .mood:
            self = .mood(
                fields.required("mood", .word, placeholder: .calm), why: fields.optional("why", .text(.narrative)))
        case .supervisorJoined: self = .supervisorJoined(fields.optional("supervisor", .text(.name)))
        case .coolOff: self = .coolOff(CoolOffRequest(fields))
        case .refusal: self = .refusal(RefusalRequest(fields))
        case .customerNotified:
            self = .customerNotified(
                NoticeRequest(fields), promiseID: fields.optional("promise_id", .integer),
                text: fields.optional("text", .text(.complaint)))
        case .debrief:
            self = .debrief(
                with: fields.required("with", .text(.name), placeholder: ""), at: fields.past("at"))
        case .lesson: self = .lesson(LessonRequest(fields))
        default:
            fields.ignoreTheRest()
            self = .note(text: "")
        }
    }
}

extension FieldReader {
    fileprivate var entryText: String { required("text", .text(.complaint), placeholder: "") }

    fileprivate var saidBy: String? { optional("said_by", .text(.name)) }

    /// From one to `Limits.options` texts.
    fileprivate var options: [String] {
        if !has("options") { reportMissing("options") }
        return values("options", .text(.narrative), atLeast: 1, atMost: Limits.options) ?? []
    }

    /// `value_at_stake` and `currency`: both or neither.
    fileprivate var stake: Money? {
        let amount = optional("value_at_stake", .integer(in: Limits.money))
        let currency = optional("currency", .currency)
        if has("value_at_stake") != has("currency") {
            let (missing, given) =
                has("currency") ? ("value_at_stake", "currency") : ("currency", "value_at_stake")
            reportMissing(missing, "must be given beside \(given).")
        }
        guard let amount, let currency else { return nil }
        return Money(amount: amount, currency: currency)
    }
}
