extension Promise {
    /// The promise as it is settled in a case that is a duplicate, and the one that it goes on as in the other. All that was
    /// said of it goes on: whose it is and for whom it counts, since when the customer knows, by when it is due and how often
    /// that has moved; it is nobody's new promise. The concession that it makes good stays where it is.
    ///
    /// - Parameters:
    ///   - caseID: the case that goes on.
    ///   - record: the duplicate.
    /// - Precondition: it is unsettled, and of the duplicate.
    func transferred(
        to newID: Int64, of caseID: Int64, from record: Case, by actor: Actor, at now: Instant
    ) -> (old: Promise, new: Promise) {
        precondition(isUnsettled, "promise \(id) is settled")
        var old = self
        old.settlement = Settlement(outcome: .transferred(at: now, to: newID), recordedAt: now, by: actor.name)
        let conceding = concession == nil ? nil : concessionCase ?? record.id
        let new = Promise(
            id: newID, caseID: caseID, kind: kind, what: what, by: by, to: to, owner: owner, madeBy: madeBy,
            makerTokenID: makerTokenID, madeAt: now, channel: channel, dueAt: dueAt, originalDueAt: originalDueAt,
            dueExplained: dueExplained, nextStep: nextStep, customerNotified: customerNotified, reasonMade: reasonMade,
            explanationMade: explanationMade, slips: slips, imported: imported, concession: concession,
            concessionCase: conceding == caseID ? nil : conceding,
            origin: Origin(
                promise: id, madeAt: firstMadeAt,
                countedFrom: countedFrom(receivedAt: record.receivedAt, openedAt: record.openedAt)),
            acceptance: acceptance, told: told,
            // As many changes as it had, so that it can be told how many it had when.
            version: version)
        return (old, new)
    }
}
