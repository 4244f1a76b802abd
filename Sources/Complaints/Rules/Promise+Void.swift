extension Promise {
    /// How long its maker may take back a promise entered by mistake; later it takes a manager.
    public static let makerMayVoidFor = ElapsedTime.minutes(15)

    /// The promise, taken back as a mistake.
    func voided(_ request: VoidRequest, by actor: Actor, at now: Instant) throws(Refusal) -> Promise {
        let isMaker = madeBy.isExactly(actor.name) && makerTokenID == actor.tokenID
        guard actor.role >= .manager || (isMaker && now - madeAt <= Self.makerMayVoidFor) else {
            throw .forbidden(
                "A promise is voided by its maker within 15 minutes, later by a manager. "
                    + "Renegotiate or withdraw it, or ask a manager.")
        }
        try requireUnsettled()
        var promise = self
        promise.settlement = Settlement(
            outcome: .void(at: now), recordedAt: now, by: actor.name, reason: request.reason)
        return promise
    }
}
