import Complaints

// Requests as a client would send them: what is read back from them is the same.

extension JSONWriter {
    /// The members of an entry's body.
    mutating func writeMembers(of request: LogRequest) {
        member("kind", request.kind)
        switch request {
        case .note(let text): member("text", text)
        case .told(_, let text, let isWrittenDown):
            member("text", text)
            if isWrittenDown { member("written_down", true) }
        case .said(_, let text, let speaker):
            member("text", text)
            given("said_by", speaker)
        case .restatement(let text, let isConfirmed):
            member("text", text)
            member("confirmed", isConfirmed)
        case .option(let options): member("options", array: { json in for option in options { json.value(option) } })
        case .agreement(let request):
            member("option", request.option)
            member("accepted", request.accepted)
            if let remedy = request.remedy { member("remedy", object: { $0.writeMembers(of: remedy) }) }
        case .threat(let kind, let stake, let text):
            member("threat_kind", kind)
            if let stake { writeMembers(of: stake, "value_at_stake") }
            given("text", text)
        case .threatAssessment(let request):
            member("of", request.of)
            member("verdict", request.verdict)
            given("by", request.by)
            member("reason", request.reason)
        case .concession(let what, let money):
            member("what", what)
            writeMembers(of: money, "amount")
        case .concessionDecision(let request):
            member("of", request.of)
            member("approved", request.approved)
            given("by", request.by)
            member("reason", request.reason)
        case .dispute(let request):
            member("promise_id", request.promiseID)
            member("reason", request.reason)
            given("said_by", request.saidBy)
        case .disputeDecision(let request):
            member("of", request.of)
            member("upheld", request.upheld)
            member("reason", request.reason)
            if let next = request.next { member("next_promise", object: { $0.writeMembers(of: next) }) }
        case .referral(let request):
            member("to", request.to)
            given("reference", request.reference)
            given("text", request.text)
            given("at", request.at?.told.rfc3339)
        case .referralDecision(let request):
            member("of", request.of)
            member("decision", request.decision)
            if let award = request.award { writeMembers(of: award, "award") }
            given("text", request.text)
            given("at", request.at?.told.rfc3339)
        case .forwarded(let name, let text):
            member("to", name)
            given("text", text)
        case .mood(let mood, let why):
            member("mood", mood)
            given("why", why)
        case .supervisorJoined(let name): given("supervisor", name)
        case .coolOff(let request): writeMembers(of: request)
        case .refusal(let request):
            member("reason", request.reason)
            if let callback = request.callback { member("callback", object: { $0.writeMembers(of: callback) }) }
        case .customerNotified(let notice, let promiseID, let text):
            writeMembers(of: notice)
            if let promiseID { member("promise_id", promiseID) }
            given("text", text)
        case .debrief(let name, let at):
            member("with", name)
            given("at", at?.told.rfc3339)
        case .thanks(let text, let name):
            given("thanked", name)
            given("text", text)
        case .lesson(let request):
            member("cause", request.cause)
            given("process", request.process)
            given("text", request.text)
            given("no_review_reason", request.noReview)
            if let review = request.review { member("review", object: { $0.writeMembers(of: review) }) }
        }
    }

    mutating func writeMembers(of request: CoolOffRequest) {
        member("reason", request.reason)
        member("callback", object: { $0.writeMembers(of: request.callback) })
    }

    mutating func writeMembers(of request: PromiseRequest) {
        member("kind", request.kind)
        member("what", request.what)
        write(request.due)
        given("owner", request.owner)
        given("channel", request.channel?.rawValue)
        given("next_step", request.nextStep)
        if request.by != .desk { member("by", request.by) }
        if request.to != .customer { member("to", request.to) }
        if let notice = request.customerNotified {
            member("customer_notified", object: { $0.writeMembers(of: notice) })
        }
        if let concession = request.concession { member("concession", concession) }
    }

    mutating func writeMembers(of request: RenegotiateRequest) {
        write(request.due)
        member("reason", request.reason)
        given("explanation", request.explanation)
        member("next_step", request.nextStep)
        if let notice = request.customerNotified {
            member("customer_notified", object: { $0.writeMembers(of: notice) })
        }
        given("what", request.what)
        if let concession = request.concession { member("concession", concession) }
    }

    mutating func writeMembers(of continuation: Continuation) {
        switch continuation {
        case .none: break
        case .promise(let request): member("next_promise", object: { $0.writeMembers(of: request) })
        case .resolve(let request): member("resolve", object: { $0.writeMembers(of: request) })
        }
    }

    mutating func writeMembers(of request: EscalateRequest) {
        member("supervisor", request.supervisor)
        member("reason", request.reason)
    }

    mutating func writeMembers(of request: RelationshipRequest) {
        member("decision", request.decision)
        member("reason", request.reason)
        write(request.settle)
    }

    mutating func writeMembers(of estimate: Estimate) {
        member("from", estimate.from.text)
        member("to", estimate.to.text)
    }

    private mutating func writeMembers(of request: ResolveRequest) {
        member("summary", request.summary)
        given("outcome_text", request.outcomeText)
        if let isAccepted = request.customerAccepted { member("customer_accepted", isAccepted) }
        if let outcome = request.outcome { member("outcome", outcome) }
        if let redress = request.redress { member("redress", object: { $0.writeMembers(of: redress, "amount") }) }
        if let response = request.finalResponse {
            member("final_response", object: { $0.writeMembers(of: response) })
        }
        given("resolved_at", request.resolvedAt?.told.rfc3339)
        given("evidence", request.evidence)
        write(request.settle)
        if let followUp = request.followUp { member("follow_up", object: { $0.writeMembers(of: followUp) }) }
    }

    private mutating func writeMembers(of notice: NoticeRequest) {
        member("channel", notice.channel)
        member("outcome", notice.outcome)
        given("at", notice.at?.told.rfc3339)
    }

    private mutating func writeMembers(of response: FinalResponseRequest) {
        given("sent_at", response.sentAt?.told.rfc3339)
        member("channel", response.channel)
    }

    private mutating func writeMembers(of money: Money, _ name: StaticString) {
        member(name, money.amount)
        member("currency", money.currency.code)
    }

    private mutating func write(_ settle: [SettleRequest]) {
        guard !settle.isEmpty else { return }
        member("settle", objects: settle) { json, request in
            json.member("promise_id", request.promiseID)
            switch request.action {
            case .keep(let keep):
                json.member("action", "keep")
                json.given("evidence", keep.evidence)
                json.given("kept_at", keep.keptAt?.told.rfc3339)
            case .withdraw(let withdraw):
                json.member("action", "withdraw")
                json.member("reason", withdraw.reason)
                json.given("explanation", withdraw.explanation)
                switch withdraw.release {
                case .customerAgreed: json.member("customer_agreed", true)
                case .without(let cause):
                    json.member("customer_agreed", false)
                    json.member("cause", cause)
                case .ended:
                    json.member("customer_agreed", false)
                    json.member("cause", Release.endedCause)
                }
                if let notice = withdraw.customerNotified {
                    json.member("customer_notified", object: { $0.writeMembers(of: notice) })
                }
            }
        }
    }

    private mutating func write(_ due: DueRequest) {
        switch due {
        case .at(let instant): member("due_at", instant)
        case .after(let span): member("due_in", span.iso8601)
        case .business(.after(let span, let time)):
            member("due_in_business", span.iso8601)
            given("at", time?.text)
        case .business(.on(let date, let time)):
            member("due_on", date.iso8601)
            given("at", time?.text)
        case .unreadable: preconditionFailure("what could not be read is not sent")
        }
    }

    /// A member, where there is a value for it.
    private mutating func given(_ name: StaticString, _ text: String?) {
        if let text { member(name, text) }
    }
}

extension LogRequest {
    /// The kind of the entry that it writes.
    fileprivate var kind: LogKind {
        switch self {
        case .note: .note
        case .said(let kind, _, _), .told(let kind, _, _): kind
        case .restatement: .restatement
        case .option: .option
        case .agreement: .agreement
        case .threat: .threat
        case .threatAssessment: .threatAssessment
        case .concession: .concession
        case .concessionDecision: .concessionDecision
        case .dispute: .dispute
        case .disputeDecision: .disputeDecision
        case .referral: .referral
        case .referralDecision: .referralDecision
        case .forwarded: .forwarded
        case .mood: .mood
        case .supervisorJoined: .supervisorJoined
        case .coolOff: .coolOff
        case .refusal: .refusal
        case .customerNotified: .customerNotified
        case .debrief: .debrief
        case .lesson: .lesson
        case .thanks: .thanks
        }
    }
}
