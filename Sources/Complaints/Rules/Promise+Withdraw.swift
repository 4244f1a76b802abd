extension Promise {
    /// The promise, given up: `withdrawn` with the customer's release in good time, `broken` otherwise.
    func withdrawn(_ request: WithdrawRequest, by actor: Actor, at now: Instant) throws(Refusal) -> Promise {
        try requireUnsettled()
        var promise = self
        promise.settlement = Settlement(
            outcome: .withdrawn(at: now, release: request.release), recordedAt: now, by: actor.name,
            reason: request.reason)
        return promise
    }
}
