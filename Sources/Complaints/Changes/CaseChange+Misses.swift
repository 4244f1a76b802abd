/// Separation of duties as a stage is found to be a mistake: what its clocks promised, and was missed, leaves the reports with it.
extension CaseChange {
    /// Nobody makes their own miss go away: whose promise it was when its date went past, or had been before, has somebody else
    /// say that its stage was a mistake, as with a void. In a desk of one they do so themselves, and it is marked.
    ///
    /// - Returns: whether one does it oneself.
    /// - Throws: `.forbidden` where there is another manager.
    func requireNoMiss(of actor: Actor, in stages: [CaseStage], at now: Instant) throws(Refusal) -> Bool {
        let own = promises.first { promise in
            guard let clock = promise.clock, stages.contains(where: { $0.number == clock.stage }),
                promise.wasEverBroken(at: now)
            else { return false }
            return ([promise.owner, promise.accountable] + ownersBefore(of: promise)).contains(where: actor.isAbout)
        }
        guard let own else { return false }
        guard actor.isAlone else {
            throw .forbidden(
                "Promise \(own.id) of \(own.clock?.name ?? "a clock") is yours, and went past its date: that its stage was a "
                    + "mistake is for another manager to say. Ask one.")
        }
        return true
    }
}
