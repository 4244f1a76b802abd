extension PromiseRequest {
    /// What is wrong with the meaning of a new promise.
    ///
    /// - Parameters:
    ///   - concessions: among the matters of its case.
    ///   - isToCustomer: whether its place asks for a promise of the desk to the customer.
    func issues(
        under policy: Policy, at now: Instant, concessions matters: [Matter] = [], isToCustomer: Bool = false,
        path: FieldPath
    ) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        if let issue = DueRule(policy: policy, now: now).resolve(due, at: path).issue { issues.append(issue) }
        if isToCustomer {
            if by != .desk {
                issues.append(FieldIssue(path / "by", .invalidValue, "must be desk: it is what the desk promises."))
            }
            if to != .customer, by == .desk {
                issues.append(
                    FieldIssue(path / "to", .invalidValue, "must be customer: it is what they are promised."))
            }
        } else if by == .customer && to == .customer {
            issues.append(
                FieldIssue(path / "to", .conflictingFields, "A promise by the customer is made to us."))
        }
        issues += customerNotified?.issues(at: now, path: path / "customer_notified") ?? []
        if let issue = matters.issue(concession: concession, path: path) { issues.append(issue) }
        return issues
    }

    /// The promise that is made. A person's promise is known to the customer as soon as it is made, unless its
    /// notice says that they were not reached. With `succession` it goes on in the chain of another one.
    ///
    /// - Precondition: `issues` found nothing.
    func promise(
        id: Int64, caseID: Int64, caseOwner: String?, takingPlaceBy succession: Succession? = nil,
        under policy: Policy, by actor: Actor, at now: Instant
    ) -> Promise {
        let due = DueRule(policy: policy, now: now).resolve(due, at: .body)
        guard let dueAt = due.instant else {
            preconditionFailure("a promise without a due instant is never made")
        }
        let notice = (customerNotified ?? succession?.notice)?.notice(at: now)
        var promise = Promise(
            id: id, caseID: caseID, kind: kind, what: what, by: by, to: to, owner: owner ?? caseOwner,
            madeBy: actor.name, makerTokenID: actor.tokenID, madeAt: now, channel: channel, dueAt: dueAt,
            originalDueAt: succession?.originalDueAt(dueAt), dueExplained: due.explained, nextStep: nextStep,
            customerNotified: notice,
            reasonMade: succession?.reason, slips: succession?.slips(dueAt) ?? 0,
            supersedes: succession?.predecessor.id, concession: concession, clock: succession?.clock(of: kind),
            told: notice.map { $0.told(recordedAt: now) } ?? Promise.Told(at: now, recordedAt: now))
        promise.acceptance = promise.asked(by: actor, at: now)
        return promise
    }
}

extension [Matter] {
    /// What is wrong with the concession that a promise names; these are those of its case.
    func issue(concession seq: Int64?, path: FieldPath) -> FieldIssue? {
        guard let seq, !contains(where: { $0.kind == .concession && $0.seq == seq }) else { return nil }
        return FieldIssue(
            path / "concession", .invalidValue, "is no concession of this case: give the seq of its entry in the log.")
    }
}
