/// Within reasonable limits, and not under threat (T15, T16).
extension CaseChange {
    /// Writes down what the desk gives away. What is above the policy's limit, in another currency, or beside a threat
    /// that nobody has looked into, waits for a manager.
    mutating func concede(_ what: String, _ money: Money, under policy: Policy, at now: Instant) {
        let limit = policy.concessionLimit
        let isAbove = money.currency != limit.currency || money.amount > limit.amount
        let isThreatened = isWaiting(.threat)
        var facts = money.facts("amount")
        facts.append(Fact("state", .text(isAbove || isThreatened ? "pending" : "granted")))
        if isAbove { facts.append(Fact("above_limit", .boolean(true))) }
        if isThreatened { facts.append(Fact("under_threat", .boolean(true))) }
        log.append(LogDraft(.concession, at: now, facts: facts, texts: [Fact("what", .text(what))]))
        raise(.concession, settledAs: isAbove || isThreatened ? nil : .granted)
    }

    /// What is wrong with the meaning of a decision.
    func issues(deciding request: ConcessionDecisionRequest) -> [FieldIssue] {
        guard !matters.contains(where: { $0.kind == .concession && $0.seq == request.of }) else { return [] }
        return [FieldIssue("of", .invalidValue, "is no concession of case \(record.id): give the seq of its entry.")]
    }

    /// Writes down what a manager says to a concession.
    mutating func decide(
        _ request: ConcessionDecisionRequest, by actor: Actor, isByOneself: Bool, at now: Instant
    ) throws(Refusal) {
        guard waiting(.concession).contains(where: { $0.seq == request.of }) else {
            throw .rule(
                .concessionDecided, "Concession \(request.of) of case \(record.id) waits for no decision.",
                caseID: record.id)
        }
        log.append(
            LogDraft(
                .concessionDecision, at: now,
                facts: [Fact("of", .integer(request.of)), Fact("approved", .boolean(request.approved))]
                    + Fact.byOneself(isByOneself),
                texts: [Fact("by", .text(request.by ?? actor.name)), Fact("reason", .text(request.reason))]))
        settle(.concession, request.of, as: request.approved ? .approved : .refused)
    }

    /// Writes down what the customer threatens with; it waits for its assessment.
    mutating func threaten(_ kind: ThreatKind, stake: Money?, text: String?, at now: Instant) {
        var facts = [Fact("threat_kind", .text(kind.rawValue))]
        if let stake { facts += stake.facts("value_at_stake") }
        let texts = text.map { [Fact("text", .text($0))] } ?? []
        log.append(LogDraft(.threat, at: now, facts: facts, texts: texts))
        raise(.threat)
    }

    /// What is wrong with the meaning of an assessment.
    func issues(assessing request: AssessmentRequest) -> [FieldIssue] {
        guard !matters.contains(where: { $0.kind == .threat && $0.seq == request.of }) else { return [] }
        return [FieldIssue("of", .invalidValue, "is no threat in case \(record.id): give the seq of its entry.")]
    }

    /// Writes down what came of looking into a threat. A later assessment of the same threat is the one that counts.
    mutating func assess(_ request: AssessmentRequest, by actor: Actor, isByOneself: Bool, at now: Instant) {
        log.append(
            LogDraft(
                .threatAssessment, at: now,
                facts: [Fact("of", .integer(request.of)), Fact("verdict", .text(request.verdict.rawValue))]
                    + Fact.byOneself(isByOneself),
                texts: [Fact("by", .text(request.by ?? actor.name)), Fact("reason", .text(request.reason))]))
        settle(.threat, request.of, as: .assessed)
    }
}

extension Money {
    /// The amount under a name of its own, and the currency.
    fileprivate func facts(_ name: String) -> [Fact] {
        [Fact(name, .integer(amount)), Fact("currency", .text(currency.code))]
    }
}
