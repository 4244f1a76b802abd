extension Promise {
    /// How long its maker may take back a promise entered by mistake; later it takes a manager.
    public static let makerMayVoidFor = ElapsedTime.minutes(15)

    /// Who may take it back, at `now`: whoever made it, shortly after that and before it is due (one of the desk's own that was
    /// overdue as it was made was never before that), as is the first one of its chain; later a manager who has nothing to do with it,
    /// as nobody makes their own late promise go away. What the policy promised by itself counts as made by whoever had it do so,
    /// with a new case: so a wrong number is taken back by who took the call. What a clock of a regime promised is none of whoever
    /// opened the case, unless that ends with it: what an authority asks for was no mistake of theirs. A complaint that came to the
    /// desk past what an authority asks for counts as late there: that its receipt was a slip is for a manager to say.
    ///
    /// - Parameters:
    ///   - making: the entry that tells of its making, for what the policy promised.
    ///   - ownersBefore: whose it was before: one's own miss is not given away to be taken back.
    ///   - endsCase: whether the case is resolved in the same step.
    /// - Returns: whether a manager does it who is its owner or maker, as there is nobody else.
    func voidedByOneself(
        _ actor: Actor, madeWith making: LogEntry?, ownersBefore: [String], endsCase: Bool, at now: Instant
    )
        throws(Refusal) -> Bool
    {
        let isPolicysOfTheirs =
            making.map { $0.actor.isExactly(actor.name) && $0.tokenName.isExactly(actor.tokenName) } ?? false
        let isOpeners = isPolicysOfTheirs && isEarly(at: now) && (clock == nil || endsCase)
        guard !isVoidedEarly(by: actor, at: now), !isOpeners else { return false }
        guard actor.role >= .manager else {
            if let clock, isPolicysOfTheirs, isEarly(at: now) {
                throw .forbidden(
                    "Promise \(id) is what the clock \(clock.name) of the case's regime asks for: a manager voids it. A case that was "
                        + "opened by mistake is resolved in the same step (resolve), and one that is under the wrong regime is put "
                        + "under another, or none, with PATCH.")
            }
            throw .forbidden(
                "A promise is voided by its maker within 15 minutes and before it is due, later by a manager. "
                    + "Renegotiate or withdraw it, or ask a manager.")
        }
        // By whatever name: one's own token with another's name is oneself.
        guard ([madeBy, owner, accountable] + ownersBefore).contains(where: actor.isAbout) else { return false }
        guard actor.isAlone else {
            throw .forbidden(
                "Promise \(id) is yours: past due, or after 15 minutes, another manager voids it. Ask one, or withdraw it."
            )
        }
        return true
    }

    private func isVoidedEarly(by actor: Actor, at now: Instant) -> Bool {
        madeBy.isExactly(actor.name) && actor.acts(with: makerTokenID) && isEarly(at: now)
    }

    private func isEarly(at now: Instant) -> Bool {
        now - firstMadeAt <= Self.makerMayVoidFor
            && (now <= min(dueAt, originalDueAt) || isBornOverdue)
    }

    /// Whether it was overdue as it was made, here and for the desk alone: no authority's clock, and of no other case.
    private var isBornOverdue: Bool { supersedes == nil && origin == nil && clock == nil && dueAt < firstMadeAt }

    /// Whether voiding it corrects a mistake that nobody outside had heard of: what takes its place begins anew. It is the
    /// first of its chain, so that it is itself no correction; and it was made here, as the chain may have begun before.
    private func isCorrected(by actor: Actor, at now: Instant) -> Bool {
        isVoidedEarly(by: actor, at: now) && supersedes == nil && origin == nil && told == nil
    }

    /// What takes its place as it is voided; nil where nothing does.
    func succession(
        voiding request: VoidRequest, then continuation: Continuation, by actor: Actor, at now: Instant
    ) -> Succession? {
        guard let next = continuation.promise, isContinued(by: next) else { return nil }
        return Succession(
            predecessor: self, reason: request.reason, notice: request.customerNotified,
            isCorrection: isCorrected(by: actor, at: now))
    }

    /// What is wrong with the meaning of a void: a customer who had been told of the promise hears that it is none.
    ///
    /// - Parameter isKnown: whether they had been told of it, or of one before it in its chain.
    func issues(
        voiding request: VoidRequest, next: PromiseRequest?, isKnown: Bool, at now: Instant
    ) -> [FieldIssue] {
        let path: FieldPath = "customer_notified"
        if let notice = request.customerNotified { return issues(of: notice, at: now, path: path) }
        guard isToCustomer, isKnown, next?.customerNotified == nil else { return [] }
        let what = told != nil ? "the promise" : "a date of it"
        return [FieldIssue(path, .required, "must be given: the customer had been told of \(what).")]
    }

    /// The promise, taken back as a mistake.
    func voided(_ request: VoidRequest, successor: Int64?, by actor: Actor, at now: Instant) throws(Refusal) -> Promise
    {
        try requireUnsettled()
        var promise = self
        promise.settlement = Settlement(
            outcome: .void(at: now), recordedAt: now, by: actor.name, reason: request.reason, successor: successor)
        return promise
    }
}
