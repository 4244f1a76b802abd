/// What ties a promise to the unsettled one whose place it takes, by whatever name: the chain of a date that moved (T3). A
/// later date is a slip, which the customer hears of; an earlier one is none.
struct Succession {
    /// The promise whose place is taken.
    let predecessor: Promise
    /// Why it is.
    let reason: String
    /// How the customer was told with the same step that the predecessor is not kept; nil: nobody said.
    var notice: NoticeRequest?
    /// Whether the predecessor was a mistake that nobody outside had heard of yet: then the chain begins anew.
    var isCorrection = false
    /// Whether the customer is told of the new date even where it is no later.
    var isAlwaysTold = false

    /// The first due instant of the chain that a promise due then goes on with.
    func originalDueAt(_ dueAt: Instant) -> Instant { isCorrection ? dueAt : predecessor.originalDueAt }

    /// The clock that goes on with a promise of that kind: another kind of promise is no clock's any more.
    func clock(of kind: PromiseKind) -> Promise.StageClock? { kind == predecessor.kind ? predecessor.clock : nil }

    /// How often the date has moved to a later one, up to a promise due then.
    func slips(_ dueAt: Instant) -> Int { isSlip(dueAt) ? predecessor.slips + 1 : predecessor.slips }

    private func isSlip(_ dueAt: Instant) -> Bool { !isCorrection && dueAt > predecessor.dueAt }

    /// What the promise that takes the place lacks: with a later date it says what happens next, and how the customer was
    /// told.
    func issues(of request: PromiseRequest, under policy: Policy, at now: Instant, path: FieldPath) -> [FieldIssue] {
        guard let dueAt = DueRule(policy: policy, now: now).resolve(request.due, at: path).instant,
            isSlip(dueAt) || isAlwaysTold
        else { return [] }
        let why =
            "must be given: this takes the place of promise \(predecessor.id), due at \(predecessor.dueAt.rfc3339)."
        var issues: [FieldIssue] = []
        if request.nextStep == nil { issues.append(FieldIssue(path / "next_step", .required, why)) }
        if predecessor.isToCustomer, request.customerNotified == nil, notice == nil {
            issues.append(FieldIssue(path / "customer_notified", .required, why))
        }
        return issues
    }
}

extension Promise {
    /// Whether a further promise takes the place of this one where it is made in the same step: it is of the same parties.
    func isContinued(by request: PromiseRequest) -> Bool { request.by == by && request.to == to }

    /// What is wrong with how the customer was told of what became of it: that can't have been before it was made.
    func issues(of notice: NoticeRequest, at now: Instant, path: FieldPath) -> [FieldIssue] {
        var issues = notice.issues(at: now, path: path)
        if let at = notice.at?.instant(at: now, notBefore: firstMadeAt), at < firstMadeAt {
            let detail = "must not lie before the promise was made, \(firstMadeAt.rfc3339)."
            issues.append(FieldIssue(path / "at", .beforeMadeAt, detail))
        }
        return issues
    }
}

extension Continuation {
    /// The further promise, if there is one.
    var promise: PromiseRequest? {
        if case .promise(let request) = self { request } else { nil }
    }
}
