import Complaints

extension LogRequest {
    /// The body of `POST /v1/cases/{id}/log`: `kind` decides what else there is.
    init(_ fields: FieldReader) {
        fields.named("LogEntryRequest", forms: "EntryRequest")
        self = fields.kind("kind", among: LogKind.written).map { Self.read($0, fields) } ?? .note(text: "")
    }

    /// How an entry of each kind is read.
    private static func read(_ kind: LogKind, _ fields: FieldReader) -> LogRequest {
        switch kind {
        case .note: .note(text: fields.entryText)
        case .statement: .said(.statement, text: fields.entryText, saidBy: fields.saidBy("Without it, the customer."))
        case .question:
            .said(.question, text: fields.entryText, saidBy: fields.saidBy("Without it, whoever writes it down."))
        case .fact: .said(.fact, text: fields.entryText, saidBy: fields.saidBy("Without it, the customer."))
        case .acknowledgement:
            .told(
                .acknowledgement, text: fields.entryText,
                writtenDown: fields.optional(
                    "written_down", .flag, "Whether you told the customer that their complaint is written down.")
                    ?? false)
        case .support: .told(.support, text: fields.entryText)
        case .apology: .told(.apology, text: fields.entryText)
        case .restatement:
            .restatement(
                text: fields.entryText,
                confirmed: fields.required(
                    "confirmed", .flag, "Whether the customer agreed that it is right.", placeholder: false))
        case .option: .option(fields.options)
        case .agreement: .agreement(AgreementRequest(fields))
        case .threat:
            .threat(
                fields.required("threat_kind", .word, "What they threaten with.", placeholder: .other),
                stake: fields.stake, text: fields.optional("text", .text(.complaint), "What they said."))
        case .threatAssessment: .threatAssessment(AssessmentRequest(fields))
        case .concession:
            .concession(
                what: fields.required("what", .text(.narrative), "What you give away.", placeholder: ""),
                Money(
                    amount: fields.required(
                        "amount", .money, "In minor units, such as cents: 550 is 5.50.", placeholder: 0),
                    currency: fields.required("currency", .currency, placeholder: .usDollar)))
        case .concessionDecision: .concessionDecision(ConcessionDecisionRequest(fields))
        case .dispute: .dispute(DisputeRequest(fields))
        case .disputeDecision: .disputeDecision(DisputeDecisionRequest(fields))
        case .referral: .referral(ReferralRequest(fields))
        case .referralDecision: .referralDecision(ReferralDecisionRequest(fields))
        case .forwarded:
            .forwarded(
                to: fields.required("to", .text(.name), "Whom it concerned.", placeholder: ""),
                text: fields.optional("text", .text(.complaint)))
        case .mood:
            .mood(fields.required("mood", .word, placeholder: .calm), why: fields.optional("why", .text(.narrative)))
        case .supervisorJoined:
            .supervisorJoined(fields.optional("supervisor", .text(.person), "Without it, the one who was asked."))
        case .coolOff: .coolOff(CoolOffRequest(fields))
        case .refusal: .refusal(RefusalRequest(fields))
        case .customerNotified:
            .customerNotified(
                NoticeRequest(members: fields),
                promiseID: fields.optional(
                    "promise_id", .integer, "What they were told of; without it, all they do not know of."),
                text: fields.optional("text", .text(.complaint)))
        case .debrief:
            .debrief(
                with: fields.required(
                    "with", .text(.person), "With whom, and not yourself; what was said stays between you.",
                    placeholder: ""),
                at: fields.past("at", "When"))
        case .lesson: .lesson(LessonRequest(fields))
        case .thanks:
            .thanks(
                text: fields.optional("text", .text(.complaint), "What they said."),
                to: fields.optional(
                    "thanked", .text(.somebody),
                    "Whom they thanked; without it the case's owner, or whoever writes it down."))
        case .caseOpened, .caseUpdated, .caseResolved, .caseClosed, .caseReopened, .caseShared, .caseUnshared,
            .resolutionCorrected, .stageOpened, .stageUndone, .promiseMade, .promiseDueSoon, .promiseOverdue,
            .promiseReminder, .promiseEscalated,
            .updateDue, .promiseKept, .promiseRenegotiated, .promiseRecovered, .promiseWithdrawn, .promiseVoided,
            .promiseTransferred, .promiseReassigned, .promiseAccepted, .promiseDeclined, .escalated, .relationship,
            .erased, .duplicate, .customerUpdated, .customerErased, .customerMerged, .customerUnmerged,
            .policyAdded, .policyUpdated, .tokenCreated, .tokenRevoked, .ownerNamed, .ownerUpdated, .handover,
            .digestReady,
            .calendarUpdated, .regimeUpdated, .webhookCreated, .webhookUpdated, .webhookRotated, .webhookDisabled,
            .webhookDeleted, .epochBegun:
            preconditionFailure("nobody writes an entry of the kind \(kind.rawValue)")
        }
    }
}

extension FieldReader {
    fileprivate var entryText: String { required("text", .text(.complaint), placeholder: "") }

    fileprivate func saidBy(_ meaning: @autoclosure () -> String) -> String? {
        optional("said_by", .text(.somebody), meaning())
    }

    /// From one to `Limits.options` texts.
    fileprivate var options: [String] {
        if !has("options") { reportMissing("options") }
        return values("options", .text(.narrative), count: 1...Limits.options, presence: .required) ?? []
    }

    private static let stakes = [Form(Presence.absent, ""), Form(Presence.required, "Staked")]

    fileprivate var stake: Money? { money("value_at_stake", "What it could cost", Self.stakes) }

    /// An amount of that name and `currency`: both or neither.
    func money(_ name: String, _ meaning: String, _ forms: [Form<Presence>]) -> Money? {
        let presence = form(forms) { .optional }
        let amount = optional(
            name, .money, "\(meaning), in minor units, such as cents: 550 is 5.50.", presence: presence)
        let currency = optional("currency", .currency, presence: presence)
        if has(name) != has("currency") {
            let (missing, given) = has("currency") ? (name, "currency") : ("currency", name)
            reportMissing(missing, "must be given beside \(given).")
        }
        guard let amount, let currency else { return nil }
        return Money(amount: amount, currency: currency)
    }
}
