extension CaseChange {
    /// Writes an entry of a client's to the log, as the first of this change. Some do more: a notice that reached the
    /// customer says that they know of the promises made to them, an agreement makes a promise.
    public mutating func write(
        _ incoming: Incoming<LogRequest>, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let isByOneself = try permit(incoming.value, to: actor)
        let request = try incoming.checked(issues(writing: incoming.value, under: policy, at: now))
        switch request {
        case .note(let text): note(.note, at: now, texts: [Fact("text", .text(text))])
        case .said(let kind, let text, let saidBy):
            let speaker = saidBy ?? (kind == .question ? actor.name : "customer")
            note(kind, at: now, texts: [Fact("text", .text(text)), Fact("said_by", .text(speaker))])
        case .told(let kind, let text, let isWrittenDown):
            note(
                kind, at: now, facts: isWrittenDown ? [Fact("written_down", .boolean(true))] : [],
                texts: [Fact("text", .text(text))])
        case .restatement(let text, let confirmed):
            note(
                .restatement, at: now, facts: [Fact("confirmed", .boolean(confirmed))],
                texts: [Fact("text", .text(text))])
        case .option(let options): note(.option, at: now, texts: [Fact("options", .texts(options))])
        case .agreement(let request): try agree(request, under: policy, by: actor, at: now)
        case .threat(let kind, let stake, let text):
            threaten(kind, stake: stake, text: text, under: policy, at: now)
        case .threatAssessment(let request):
            assess(request, under: policy, by: actor, isByOneself: isByOneself, at: now)
        case .concession(let what, let money): concede(what, money, under: policy, at: now)
        case .concessionDecision(let request): try decide(request, by: actor, isByOneself: isByOneself, at: now)
        case .dispute(let request): dispute(request, by: actor, at: now)
        case .disputeDecision(let request):
            try decide(request, isByOneself: isByOneself, under: policy, by: actor, at: now)
        case .referral(let request): refer(request, at: now)
        case .referralDecision(let request): decide(request, at: now)
        case .forwarded(let to, let text):
            note(.forwarded, at: now, texts: [Fact("to", .text(to))] + Self.words(text))
        case .mood(let mood, let why):
            let before = record.fields.mood
            observe(mood, why: why, at: now)
            if mood != before { file.record.edits += 1 }
            escalateIfHeated(under: policy, after: before, at: now)
        case .supervisorJoined(let name): join(name, by: actor, isByOneself: isByOneself, at: now)
        case .coolOff(let request): try coolOff(request, under: policy, by: actor, at: now)
        case .refusal(let request): try refuse(request, under: policy, by: actor, at: now)
        case .customerNotified(let request, let promiseID, let text):
            let notice = request.notice(at: now)
            log.append(.customerNotified(notice, promiseID: promiseID, text: text))
            tell(notice, of: promiseID, at: now)
        case .debrief(let name, let instant):
            debrief(with: name, isByOneself: isByOneself, at: instant?.instant(at: now) ?? now)
        case .lesson(let request): learn(request, under: policy, by: actor, at: now)
        case .thanks(let text, let name):
            let thanked = name ?? record.fields.owner ?? actor.name
            note(.thanks, at: now, texts: [Fact("thanked", .text(thanked))] + Self.words(text))
        }
    }

    private func issues(writing request: LogRequest, under policy: Policy, at now: Instant) -> [FieldIssue] {
        switch request {
        case .customerNotified(let notice, let promiseID, _):
            var issues = notice.issues(at: now, path: .body)
            if let promiseID, promise(promiseID) == nil {
                issues.append(FieldIssue("promise_id", .invalidValue, "is no promise of case \(record.id)."))
            }
            return issues
        case .agreement(let request): return issues(agreeing: request, under: policy, at: now)
        case .threatAssessment(let request): return issues(assessing: request)
        case .concessionDecision(let request): return issues(deciding: request)
        case .dispute(let request): return issues(disputing: request)
        case .disputeDecision(let request): return issues(deciding: request, under: policy, at: now)
        case .referral(let request): return request.at?.issues(at: now, path: "at") ?? []
        case .referralDecision(let request): return issues(deciding: request, at: now)
        case .coolOff(let request):
            return request.callback.issues(
                under: policy, at: now, concessions: matters, isToCustomer: true, path: "callback")
        case .refusal(let request):
            return request.callback?.issues(
                under: policy, at: now, concessions: matters, isToCustomer: true, path: "callback") ?? []
        case .debrief(_, let at): return at?.issues(at: now, path: "at") ?? []
        case .lesson(let request): return issues(learning: request, under: policy, at: now)
        default: return []
        }
    }

    /// The text of an entry that may have none.
    static func words(_ text: String?) -> [Fact] { text.map { [Fact("text", .text($0))] } ?? [] }

    private mutating func note(_ kind: LogKind, at now: Instant, facts: [Fact] = [], texts: [Fact]) {
        log.append(LogDraft(kind, at: now, facts: facts, texts: texts))
    }

    private mutating func tell(_ notice: CustomerNotice, of promiseID: Int64?, at now: Instant) {
        guard notice.outcome.informs else { return }
        for promise in promises where promise.isToCustomer && promise.told == nil {
            guard promiseID == promise.id || (promiseID == nil && promise.isUnsettled) else { continue }
            var told = promise
            // Nobody knows of a promise before it is made.
            told.told = Promise.Told(at: max(notice.at, promise.firstMadeAt), recordedAt: now)
            replace(told)
        }
    }
}

extension LogRequest {
    /// The kinds of entries that it has to be held against.
    public var neededEntries: [LogKind] {
        switch self {
        case .agreement: [.option]
        case .concession: [.concession] + CaseThreats.kinds
        case .threatAssessment: CaseThreats.kinds
        case .mood: [.mood]
        case .concessionDecision: [.concession]
        case .disputeDecision: [.dispute]
        case .referralDecision: [.referral]
        default: []
        }
    }

    /// Whether it is kept for somebody else than whom it is about.
    var isForAnother: Bool {
        switch self {
        case .concessionDecision, .threatAssessment, .disputeDecision, .supervisorJoined, .debrief: true
        default: false
        }
    }
}
