extension CaseChange {
    /// Asks a supervisor to join (T13).
    public mutating func escalate(
        _ incoming: Incoming<EscalateRequest>, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let request = try incoming.checked(issues(escalating: incoming.value, by: actor))
        try requireOpen()
        escalate(to: request.supervisor, because: request.reason, at: now)
    }

    /// What is wrong with the meaning of a call for a supervisor: nobody supervises what they handle themselves.
    private func issues(escalating request: EscalateRequest, by actor: Actor) -> [FieldIssue] {
        guard let owner = record.fields.owner, FoldedName(owner) == FoldedName(request.supervisor), !actor.isAlone
        else { return [] }
        return [FieldIssue("supervisor", .invalidValue, "handles the case: somebody else is to join.")]
    }

    /// Asks a supervisor to join by itself, where the policy wants one after as many broken promises (T13), those of the case's
    /// duplicates among them. A supervisor who was asked after the last one broke is not asked again.
    ///
    /// - Parameter elsewhere: when one was asked last in a duplicate of the case.
    public mutating func escalateIfBroken(
        under policy: Policy, askedElsewhereAt elsewhere: Instant? = nil, at now: Instant
    ) {
        let broken =
            promises.broke(at: now).map { $0.at } + file.duplicates.values.flatMap(\.broke).filter { $0 <= now }
        guard record.status == .open, broken.count >= policy.escalateAfter, let last = broken.max(),
            !isWaiting(.escalation)
        else { return }
        let asked = [supervisorAskedAt, elsewhere].compactMap(\.self).max()
        guard asked.map({ last > $0 }) ?? true else { return }
        let count = broken.count == 1 ? "A promise of the case was" : "\(broken.count) promises of the case were"
        escalate(to: supervisor(under: policy), because: "\(count) broken.", by: .policy, at: now)
    }

    /// When a supervisor was asked last, or joined.
    private var supervisorAskedAt: Instant? {
        matters.filter { $0.kind == .escalation }.map { $0.settledAt ?? $0.raisedAt }.max()
    }

    /// Has the supervisor join here whom a duplicate waits for; and asks for one where what was broken there is now too much
    /// for the policy, but for what one was asked about there.
    ///
    /// - Precondition: the first entry of the change says that it is a duplicate.
    mutating func takeOverEscalation(of duplicate: CaseChange, under policy: Policy, at now: Instant) {
        if duplicate.isWaiting(.escalation) {
            guard !isWaiting(.escalation) else { return }
            let asked = duplicate.record.fields.supervisor
            let isOwner = asked.map(FoldedName.init) == record.fields.owner.map(FoldedName.init)
            escalate(
                to: (isOwner ? nil : asked) ?? supervisor(under: policy),
                because: "Case \(duplicate.record.id) is a duplicate of this one, and waits for a supervisor.",
                by: .policy, at: now)
            return
        }
        escalateIfBroken(under: policy, askedElsewhereAt: duplicate.supervisorAskedAt, at: now)
        guard !isWaiting(.escalation), let asked = duplicate.supervisorAskedAt,
            (made.compactMap { $0.brokeAt(now) } + file.duplicates.values.flatMap(\.broke)).contains(where: {
                $0 <= asked
            })
        else { return }
        // So that nobody asks for one because of it later on.
        raised.append(Raised(kind: .escalation, of: nil, entry: 0, isSafety: false, outcome: .joined))
    }

    /// Asks a supervisor to join by itself, where the policy wants one as the date of a promise has slipped so often (T3,
    /// T13): with each slip from then on, unless one is asked already.
    mutating func escalateIfSlipped(under policy: Policy, at now: Instant) {
        guard record.status == .open, !isWaiting(.escalation) else { return }
        let slipped = made.filter { promise in
            guard promise.isToCustomer, let before = promise.supersedes.flatMap(self.promise) else { return false }
            return promise.slips > before.slips
        }
        guard let most = slipped.map(\.slips).max(), most >= policy.escalateAfterSlips else { return }
        let count = most == 1 ? "once" : "\(most) times"
        escalate(
            to: supervisor(under: policy),
            because: "The date of a promise of the case has slipped \(count).", by: .policy, at: now)
    }

    /// Asks a supervisor to join by itself, where the policy wants one because of how the customer is (T13).
    mutating func escalateIfHeated(under policy: Policy, after before: Mood?, at now: Instant) {
        guard record.status == .open, let least = policy.escalateMood, record.fields.mood >= least,
            before.map({ $0 < least }) ?? true, !isWaiting(.escalation)
        else { return }
        escalate(
            to: supervisor(under: policy),
            because: "The customer is \(record.fields.mood.rawValue).", by: .policy, at: now)
    }

    /// Asks a supervisor to join by itself, as somebody may come to harm (T16).
    mutating func escalateIfUnsafe(because reason: String, under policy: Policy, at now: Instant) {
        guard record.status == .open, !isWaiting(.escalation) else { return }
        escalate(to: supervisor(under: policy), because: reason, by: .policy, at: now)
    }

    /// Whom the policy asks, unless they handle the case themselves; else whom the case has.
    private func supervisor(under policy: Policy) -> String? {
        let owner = record.fields.owner.map(FoldedName.init)
        return policy.supervisor.flatMap { FoldedName($0) == owner ? nil : $0 } ?? record.fields.supervisor
    }

    private mutating func escalate(
        to supervisor: String?, because reason: String, by actor: Actor? = nil, at now: Instant
    ) {
        log.append(
            .escalated(to: supervisor, from: record.fields.supervisor, because: reason, by: actor, at: now))
        settle(.escalation, as: .replaced)
        raise(.escalation)
        guard !record.fields.supervisor.isExactly(supervisor) else { return }
        file.record.fields.supervisor = supervisor
        file.record.edits += 1
    }

    /// Writes down that a supervisor joined (T13).
    mutating func join(_ supervisor: String?, by actor: Actor, isByOneself: Bool, at now: Instant) {
        let name = supervisor ?? record.fields.supervisor ?? actor.name
        var texts = [Fact("supervisor", .text(name))]
        if let before = record.fields.supervisor {
            texts.append(Fact("supervisor_before", .text(before)))
        }
        log.append(LogDraft(.supervisorJoined, at: now, facts: Fact.byOneself(isByOneself), texts: texts))
        for kind in [Matter.Kind.escalation, .danger, .notAccepted] { settle(kind, as: .joined) }
        guard !record.fields.supervisor.isExactly(name) else { return }
        file.record.fields.supervisor = name
        file.record.edits += 1
    }
}

extension Promise {
    /// When a promise to the customer was late or broken first, seen at `now`; nil when it was not, or was a mistake.
    ///
    /// Not inlined: Swift 6.3.1 ends with an ownership error in its CopyPropagation where a loop has it.
    @inline(never)
    func brokeAt(_ now: Instant) -> Instant? {
        guard isToCustomer else { return nil }
        return (settlement?.outcome).countedBrokenAt(
            now, madeAt: firstMadeAt, dueAt: dueAt, recordedAt: settlement?.recordedAt, upheldAt: upheld?.recordedAt)
    }
}

extension LogDraft {
    fileprivate static func escalated(
        to supervisor: String?, from before: String?, because reason: String, by actor: Actor?, at now: Instant
    ) -> LogDraft {
        var texts = [Fact("reason", .text(reason))]
        if let supervisor { texts.append(Fact("supervisor", .text(supervisor))) }
        if let before { texts.append(Fact("supervisor_before", .text(before))) }
        var draft = LogDraft(
            .escalated, at: now, facts: [Fact("automatic", .boolean(actor != nil))], texts: texts)
        draft.actor = actor
        return draft
    }
}
