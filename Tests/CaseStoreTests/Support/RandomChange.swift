import Complaints
import TestSupport

/// One random change of one case: any action, with values that the rules do not always take.
struct RandomChange {
    var random: SeededRandom
    let policy: Policy
    let actor: Actor
    let now: Instant

    /// What waits for somebody, or what settles it.
    private mutating func tactic(_ file: CaseChange) -> LogRequest {
        let threat = file.matters.filter { $0.kind == .threat }.randomElement(using: &random)?.seq ?? 1
        let concession = file.matters.filter { $0.kind == .concession }.randomElement(using: &random)?.seq ?? 1
        let kept = file.promises.filter { $0.keptAt != nil }.randomElement(using: &random)?.id ?? 1
        let dispute = file.matters.filter { $0.kind == .dispute }.randomElement(using: &random)?.seq ?? 1
        if threat > 1, random.once(in: 6) {
            return .threatAssessment(AssessmentRequest(of: threat, verdict: .credible, reason: "Asked."))
        }
        return random.one([
            .threat(random.one([.safety, .safety, .safety] + ThreatKind.allCases), stake: nil, text: nil),
            .threatAssessment(
                AssessmentRequest(of: threat, verdict: random.one(ThreatVerdict.allCases), reason: "Asked the lawyer.")),
            .concession(
                what: "A voucher", Money(amount: random.one([500, 50_000]), currency: policy.concessionLimit.currency)),
            .concessionDecision(
                ConcessionDecisionRequest(of: concession, approved: random.one([true, false]), reason: "Once.")),
            .dispute(DisputeRequest(promiseID: kept, reason: "Nobody came.")),
            .disputeDecision(
                DisputeDecisionRequest(
                    of: dispute, upheld: random.one([true, true, false]), reason: "Asked them.",
                    next: random.perhaps([successor()]))),
            .mood(random.one(Mood.allCases), why: nil), .supervisorJoined(nil), .refusal(RefusalRequest(reason: "No.")),
        ])
    }

    mutating func make(_ file: inout CaseChange) throws {
        let unsettled = file.promises.filter(\.isUnsettled)
        guard let promise = (random.once(in: 8) ? file.promises : unsettled).randomElement(using: &random) else {
            try changeStatus(&file)
            return
        }
        switch Int.random(in: 0..<20, using: &random) {
        case 0: try file.write(Incoming(.note(text: "Spoke to the plumber.")), under: policy, by: actor, at: now)
        case 1:
            try file.write(
                Incoming(.customerNotified(notice(), promiseID: random.perhaps([promise.id]), text: nil)),
                under: policy,
                by: actor, at: now)
        case 2: try file.edit(Incoming(edit()), under: policy, by: actor, at: now)
        case 13, 14, 19: try file.write(Incoming(tactic(file)), under: policy, by: actor, at: now)
        case 15: try file.accept(promise.id, Incoming(()), by: actor, at: now)
        case 16:
            let request = EscalateRequest(supervisor: random.one(["Sue", "Sam"]), reason: "He asks for one.")
            try file.escalate(Incoming(request), by: actor, at: now)
        case 17:
            let decision = RelationshipRequest(decision: random.one([.keep, .keep, .end]), reason: "Talked it over.")
            try file.decide(Incoming(decision), under: policy, by: actor, at: now)
        case 3:
            let request = AddPromiseRequest(self.promise(), keeps: random.perhaps([promise.id]))
            try file.add(Incoming(request), under: policy, by: actor, at: now)
        case 4, 5:
            let request = SettleAndContinue(keep(promise), then: continuation(file, settling: promise.id))
            try file.keep(promise.id, Incoming(request), under: policy, by: actor, at: now)
        case 6, 7:
            let request = RenegotiateRequest(
                due: due(), reason: "A part is missing.", nextStep: "Order it.", customerNotified: notice())
            let kind: RenewalKind = now > promise.dueAt ? .recover : .renegotiate
            try file.renew(promise.id, kind, Incoming(request), under: policy, by: actor, at: now)
        case 8:
            let release = random.one([Release.customerAgreed, .ended, .without(.unreachable), .without(.duplicate)])
            let request = SettleAndContinue(
                WithdrawRequest(
                    reason: "No longer needed.", release: release,
                    customerNotified: random.once(in: 5) ? nil : .reached),
                then: continuation(file, settling: promise.id))
            try file.withdraw(promise.id, Incoming(request), under: policy, by: actor, at: now)
        case 9:
            let request = SettleAndContinue(
                VoidRequest(reason: "Typed twice.", customerNotified: random.once(in: 5) ? nil : notice()),
                then: continuation(file, settling: promise.id))
            try file.void(promise.id, Incoming(request), under: policy, by: actor, at: now)
        case 10, 11:
            let request = ReassignRequest(owner: random.one(RandomHistory.owners), reason: "Shift change")
            try file.reassign(promise.id, Incoming(request), by: actor, at: now)
        case 18: try file.decline(promise.id, Incoming(DeclineRequest(reason: "On leave.")), by: actor, at: now)
        default: try changeStatus(&file)
        }
    }

    private mutating func changeStatus(_ file: inout CaseChange) throws {
        if file.record.status == .open {
            try file.resolve(Incoming(resolution(file, settling: nil)), under: policy, by: actor, at: now)
        } else if random.once(in: 2) {
            try file.close(Incoming(nil), by: actor, at: now)
        } else {
            if file.regime != nil, now.milliseconds % 2 == 0 {
                let request = StageRequest(stage: "stage 2", reason: "They do not agree.")
                return try file.open(Incoming(request), under: policy, by: actor, at: now)
            }
            let request = ReopenRequest(reason: "It drips again.", promise: random.perhaps([promise()]))
            try file.reopen(Incoming(request), under: policy, by: actor, at: now)
        }
    }

    private mutating func continuation(_ file: CaseChange, settling id: Int64) -> Continuation {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .none
        case 1: .resolve(resolution(file, settling: id))
        default: .promise(successor())
        }
    }

    /// Says how the case ends, or not. It draws nothing of what other changes are drawn from.
    private func end(_ record: Case, by request: inout ResolveRequest) {
        var random = SeededRandom(UInt64(now.milliseconds))
        request.outcome = random.perhaps(Array(CaseOutcome.allCases))
        let currency = random.one([policy.concessionLimit.currency, Currency("EUR") ?? .usDollar])
        request.redress = random.perhaps([0, 500, 900_000]).map { Money(amount: $0, currency: currency) }
        request.finalResponse = random.perhaps([nil, record.receivedAt, now]).map { sentAt in
            FinalResponseRequest(sentAt: sentAt.map { PastInstant($0) }, channel: random.one(Array(Channel.allCases)))
        }
    }

    /// Settles whatever the step does not settle otherwise.
    private mutating func resolution(_ file: CaseChange, settling id: Int64?) -> ResolveRequest {
        var request = ResolveRequest(summary: "New washer.", customerAccepted: random.once(in: 2))
        end(file.record, by: &request)
        for promise in file.file.unsettledToCustomer where promise.id != id {
            let withdrawal = WithdrawRequest(
                reason: "Solved otherwise.", release: .customerAgreed, customerNotified: .reached)
            request.settle.append(
                SettleRequest(
                    promiseID: promise.id, action: random.once(in: 2) ? .keep(keep(promise)) : .withdraw(withdrawal)))
        }
        if random.once(in: 3) { request.followUp = promise() }
        return request
    }

    private mutating func keep(_ promise: Promise) -> KeepRequest {
        let age = random.span(.zero...max(.zero, now - promise.madeAt))
        let keptAt = Instant(milliseconds: now.milliseconds - age.milliseconds)
        return KeepRequest(
            keptAt: random.perhaps([keptAt]).map { PastInstant($0) }, evidence: "The ticket of the plumber")
    }

    /// What may take the place of another promise: it mostly says what happens next.
    private mutating func successor() -> PromiseRequest {
        var request = promise()
        if !random.once(in: 6) { request.nextStep = "Order it." }
        return request
    }

    private mutating func promise() -> PromiseRequest {
        let isDesks = !random.once(in: 4)
        return PromiseRequest(
            kind: random.one(Array(PromiseKind.allCases)), what: "Send a plumber", due: due(),
            owner: random.perhaps(RandomHistory.owners),
            by: isDesks ? .desk : .customer,
            to: isDesks && !random.once(in: 5) ? .customer : .us, customerNotified: random.perhaps([notice()]))
    }

    private mutating func due() -> DueRequest { .after(random.span(.seconds(1)...(.days(4)))) }

    private mutating func notice() -> NoticeRequest {
        NoticeRequest(channel: random.one(Array(Channel.allCases)), outcome: random.one(Array(ContactOutcome.allCases)))
    }

    private mutating func edit() -> CaseEdit {
        var edit = CaseEdit()
        edit.owner = random.perhaps(RandomHistory.owners).map { .some($0) }
        edit.team = .some(random.perhaps(RandomHistory.teams))
        edit.category = .some(random.perhaps(RandomHistory.categories))
        edit.severity = random.perhaps(Array(Severity.allCases))
        edit.mood = random.perhaps(Array(Mood.allCases))
        edit.subject = .some(random.perhaps(["Tap", "Sink"]))
        edit.channel = random.perhaps(Array(Channel.allCases))
        edit.externalID = random.perhaps((1...9).map { "K-\($0)" }).map { .some($0) }
        edit.tags = random.perhaps([[], ["late"], ["late", "\"twice\" told"]])
        edit.desiredOutcome = .some(random.perhaps(["A call", "A new tap"]))
        edit.estimate = .some(
            random.perhaps([1, 2]).map { Estimate(from: .after(.days($0)), to: .after(.days(random.one([3, 4])))) })
        edit.hardDeadline = .some(random.perhaps([now + .days(30), Instant(milliseconds: 1_900_000_000_001)]))
        edit.supervisor = .some(random.perhaps(["Sue", "Sam"]))
        return edit
    }
}
