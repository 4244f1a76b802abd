/// Within reasonable limits, and not under threat (T15, T16).
extension CaseChange {
    /// Writes down what the desk gives away. What comes with the case's others to more than the policy's limit, is in
    /// another currency, or stands beside a threat that nobody has looked into or that is unfounded, waits for a manager.
    mutating func concede(_ what: String, _ money: Money, under policy: Policy, at now: Instant) {
        let limit = policy.concessionLimit
        let isAbove = money.currency != limit.currency || money.amount > limit.amount - conceded(upTo: limit)
        let shadow = ThreatShadow.allCases.first { shadows.contains($0) }
        let waits = isAbove || shadow != nil
        var facts = money.facts("amount")
        facts.append(Fact("state", .text((waits ? ConcessionState.pending : .granted).rawValue)))
        if isAbove { facts.append(Fact("above_limit", .boolean(true))) }
        if let shadow { facts.append(Fact("under_threat", .text(shadow.rawValue))) }
        log.append(LogDraft(.concession, at: now, facts: facts, texts: [Fact("what", .text(what))]))
        raise(.concession, settledAs: waits ? nil : .granted)
    }

    /// What threats make of what is given away now, those of its duplicates too: it is one matter.
    private var shadows: [ThreatShadow] {
        ([entries] + entriesElsewhere.values).compactMap { CaseThreats($0).shadow }
    }

    /// What the concessions of the case and its duplicates in the limit's currency come to, counted no further than the limit:
    /// those that were granted or approved, and those that wait. A refused one is not given away.
    private func conceded(upTo limit: Money) -> Int64 {
        var sum: Int64 = 0
        func count(_ entries: [LogEntry], _ matters: [Matter]) {
            for entry in entries
            where entry.kind == .concession && entry.text("currency").isExactly(limit.currency.code) {
                guard matters.last(where: { $0.kind == .concession && $0.seq == entry.seq })?.outcome != .refused else {
                    continue
                }
                sum = min(sum + (entry.integer("amount") ?? 0), limit.amount)
            }
        }
        count(entries, matters)
        for (id, entries) in entriesElsewhere { count(entries, file.duplicates[id]?.matters ?? []) }
        return sum
    }

    /// What is wrong with the meaning of a decision.
    func issues(deciding request: ConcessionDecisionRequest) -> [FieldIssue] {
        guard file.concession(request.of) == nil else { return [] }
        return [FieldIssue("of", .invalidValue, "is no concession of case \(record.id): give the seq of its entry.")]
    }

    /// Writes down what a manager says to a concession that waits, or that was refused before.
    mutating func decide(
        _ request: ConcessionDecisionRequest, by actor: Actor, isByOneself: Bool, at now: Instant
    ) throws(Refusal) {
        let outcome = file.concession(request.of)?.outcome
        guard outcome == nil || outcome == .refused else {
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
        let decided: Matter.Outcome = request.approved ? .approved : .refused
        if outcome == nil {
            settle(.concession, request.of, as: decided)
        } else {
            raise(.concession, again: request.of, settledAs: decided)
        }
    }

    /// A promise that makes a concession good is kept only once that is granted (T15): the timeline goes first, so it may
    /// be made before.
    func requireGranted(_ promise: Promise) throws(Refusal) {
        guard let seq = promise.concession, !file.isGranted(promise) else { return }
        let place = promise.concessionCase.map { " of case \($0)" } ?? ""
        let detail =
            file.isRefused(promise)
            ? "A manager refused concession \(seq)\(place), which promise \(promise.id) would make good: have it decided "
                + "again, or renegotiate the promise for another concession."
            : "Concession \(seq)\(place), which promise \(promise.id) would make good, waits for a manager's "
                + "concession_decision."
        throw .rule(
            .concessionPending, detail, promiseIDs: [promise.id], caseID: promise.concessionCase ?? record.id)
    }

    /// Writes down what the customer threatens with; it waits for its assessment. Where somebody may come to harm, a
    /// supervisor is asked to join at once.
    mutating func threaten(
        _ kind: ThreatKind, stake: Money?, text: String?, under policy: Policy, at now: Instant
    ) {
        var facts = [Fact("threat_kind", .text(kind.rawValue))]
        if let stake { facts += stake.facts("value_at_stake") }
        let texts = text.map { [Fact("text", .text($0))] } ?? []
        log.append(LogDraft(.threat, at: now, facts: facts, texts: texts))
        raise(.threat, isSafety: kind == .safety)
        if kind == .safety {
            escalateIfUnsafe(because: "The customer threatens somebody's safety.", under: policy, at: now)
        }
    }

    /// What is wrong with the meaning of an assessment.
    func issues(assessing request: AssessmentRequest) -> [FieldIssue] {
        guard !matters.contains(where: { $0.kind == .threat && $0.seq == request.of }) else { return [] }
        return [FieldIssue("of", .invalidValue, "is no threat in case \(record.id): give the seq of its entry.")]
    }

    /// Writes down what came of looking into a threat. A later assessment of the same threat is the one that counts. A
    /// credible one to somebody's safety waits for a supervisor from then on, before all else, whatever becomes of the
    /// case.
    mutating func assess(
        _ request: AssessmentRequest, under policy: Policy, by actor: Actor, isByOneself: Bool, at now: Instant
    ) {
        let threat = CaseThreats(entries).threat(request.of)
        log.append(
            LogDraft(
                .threatAssessment, at: now,
                facts: [Fact("of", .integer(request.of)), Fact("verdict", .text(request.verdict.rawValue))]
                    + Fact.byOneself(isByOneself),
                texts: [Fact("by", .text(request.by ?? actor.name)), Fact("reason", .text(request.reason))]))
        settle(.threat, request.of, as: .assessed)
        if let before = threat?.assessment { settle(.danger, before, as: .assessed) }
        guard threat?.kind == .safety, request.verdict == .credible else { return }
        raise(.danger)
        escalateIfUnsafe(because: "The threat to somebody's safety is credible.", under: policy, at: now)
    }
}

extension Money {
    /// The amount under a name of its own, and the currency.
    func facts(_ name: String) -> [Fact] {
        [Fact(name, .integer(amount)), Fact("currency", .text(currency.code))]
    }
}
