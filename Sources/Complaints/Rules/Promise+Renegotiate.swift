/// The two ways to a new date: told in good time, or made good after the date was missed (T3).
public enum RenewalKind: Sendable {
    /// Only while now <= due.
    case renegotiate
    /// Only when now > due.
    case recover
}

extension Promise {
    /// What is wrong with the meaning of a new date.
    func issues(
        renewing request: RenegotiateRequest, under policy: Policy, at now: Instant, concessions matters: [Matter],
        path: FieldPath
    ) -> [FieldIssue] {
        var issues =
            request.customerNotified.map {
                self.issues(of: $0, at: now, path: path / "customer_notified")
            } ?? []
        if request.customerNotified == nil, to == .customer {
            issues.append(
                FieldIssue(
                    path / "customer_notified", .required, "must be given: no date moves behind the customer's back."))
        }
        if let issue = DueRule(policy: policy, now: now).resolve(request.due, at: path).issue { issues.append(issue) }
        if let issue = matters.issue(concession: request.concession, path: path) { issues.append(issue) }
        return issues
    }

    /// It is moved in good time, or made good after that.
    func requireRenewable(_ kind: RenewalKind, at now: Instant) throws(Refusal) {
        try requireUnsettled()
        switch kind {
        case .renegotiate where now > dueAt:
            throw .rule(
                .promiseBroken, "Promise \(id) was due at \(dueAt.rfc3339): it is broken. Use recover.",
                promiseIDs: [id])
        case .recover where now <= dueAt:
            throw .rule(
                .promiseNotBroken, "Promise \(id) is due at \(dueAt.rfc3339) and not broken. Use renegotiate.",
                promiseIDs: [id])
        default: break
        }
    }

    /// The promise superseded, and the new one that takes its place. `recover` goes on with the original due
    /// instant and counts in the slips like `renegotiate`.
    ///
    /// - Parameter isRefused: whether its concession was: then it goes along with the same promise alone, not with something
    ///   else that is promised instead.
    /// - Precondition: `issues` found nothing, and it is renewable.
    func renewed(
        _ request: RenegotiateRequest, newID: Int64, isRefused: Bool, under policy: Policy, by actor: Actor,
        at now: Instant
    ) -> (old: Promise, new: Promise) {
        let due = DueRule(policy: policy, now: now).resolve(request.due, at: .body)
        guard let newDue = due.instant else {
            preconditionFailure("a promise without a due instant is never made")
        }
        let succession = Succession(predecessor: self, reason: request.reason)
        var old = self
        old.settlement = Settlement(
            outcome: .superseded(at: now, by: newID), recordedAt: now, by: actor.name, reason: request.reason,
            explanation: request.explanation)
        let notice = request.customerNotified?.notice(at: now, notBefore: firstMadeAt)
        let kept = isRefused && request.what != nil ? nil : concession
        var new = Promise(
            id: newID, caseID: caseID, kind: self.kind, what: request.what ?? what, by: by, to: to, owner: owner,
            madeBy: actor.name, makerTokenID: actor.tokenID, madeAt: now, channel: channel, dueAt: newDue,
            originalDueAt: succession.originalDueAt(newDue), dueExplained: due.explained, nextStep: request.nextStep,
            customerNotified: notice,
            reasonMade: request.reason, explanationMade: request.explanation, slips: succession.slips(newDue),
            supersedes: id, concession: request.concession ?? kept,
            concessionCase: request.concession == nil && kept != nil ? concessionCase : nil, clock: clock,
            told: notice.map { $0.told(recordedAt: now) } ?? Told(at: now, recordedAt: now))
        new.acceptance = new.asked(by: actor, at: now)
        return (old, new)
    }
}
