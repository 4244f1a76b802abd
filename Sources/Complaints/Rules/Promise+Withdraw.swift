extension Promise {
    /// What takes its place as it is given up; nil where nothing does, and where the customer agreed to something of another
    /// kind instead: that is a chain of its own.
    func succession(withdrawing request: WithdrawRequest, then continuation: Continuation) -> Succession? {
        guard let next = continuation.promise, isContinued(by: next) else { return nil }
        if request.release == .customerAgreed, next.kind != kind { return nil }
        return Succession(predecessor: self, reason: request.reason, notice: request.customerNotified)
    }

    /// What is wrong with the meaning of a withdrawal: whoever released the desk was spoken to. `next` is the further
    /// promise of the same step, whose notice may say so.
    func issues(
        withdrawing request: WithdrawRequest, next: PromiseRequest? = nil, at now: Instant, path: FieldPath
    ) -> [FieldIssue] {
        let place = path / "customer_notified"
        let issues = request.customerNotified.map { self.issues(of: $0, at: now, path: place) } ?? []
        let notices = [request.customerNotified, next?.customerNotified].compactMap(\.self)
        guard isToCustomer, isUnsettled, request.release == .customerAgreed,
            !notices.contains(where: { $0.outcome == .reached })
        else { return issues }
        guard request.customerNotified != nil else {
            return [FieldIssue(place, .required, "must be given: when and how the customer agreed.")]
        }
        let detail = "must be \(ContactOutcome.reached.rawValue): who was not reached has agreed to nothing."
        return issues + [FieldIssue(place / "outcome", .invalidValue, detail)]
    }

    /// The promise, given up: `withdrawn` with the customer's release in good time, `broken` otherwise.
    func withdrawn(
        _ request: WithdrawRequest, successor: Int64? = nil, by actor: Actor, at now: Instant
    ) throws(Refusal) -> Promise {
        try requireUnsettled()
        var promise = self
        promise.settlement = Settlement(
            outcome: .withdrawn(at: now, release: request.release), recordedAt: now, by: actor.name,
            reason: request.reason, explanation: request.explanation, successor: successor)
        return promise
    }
}
