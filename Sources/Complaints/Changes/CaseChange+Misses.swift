/// Separation of duties as a stage is found to be a mistake: what its clocks promised, and was missed, leaves the reports with it.
extension CaseChange {
    /// Nobody makes their own miss go away: whose promise it was when its date went past, or had been before, has somebody else
    /// say that its stage was a mistake, as with a void; so has whose case it is that was not resolved by its deadline. In a desk of
    /// one they do so themselves, and it is marked.
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
        let miss =
            if let own {
                "Promise \(own.id) of \(own.clock?.name ?? "a clock") is yours, and went past its date"
            } else if isPastDeadline(of: stages, at: now), actor.isAbout(record.fields.owner) {
                "Case \(record.id) is yours, and went past its hard_deadline"
            } else {
                nil as String?
            }
        guard let miss else { return false }
        guard actor.isAlone else {
            throw .forbidden("\(miss): that its stage was a mistake is for another manager to say. Ask one.")
        }
        return true
    }

    /// Whether the case was not resolved by the deadline of one of these stages.
    func isPastDeadline(of stages: [CaseStage], at now: Instant) -> Bool {
        stages.contains { stage in
            guard let deadline = stage.hardDeadline, deadline < now else { return false }
            return !file.resolutions.contains { $0.at >= stage.requestedAt && $0.at <= deadline }
        }
    }
}
