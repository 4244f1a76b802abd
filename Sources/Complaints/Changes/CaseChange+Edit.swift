extension CaseChange {
    /// Edits the case's own fields. The first owner it gets is given to its unsettled promises that have none. An
    /// edit that changes nothing writes nothing.
    public mutating func edit(
        _ incoming: Incoming<CaseEdit>, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let edit = try incoming.checked([])
        let before = record.fields
        file.record.fields = edit.applied(to: before)
        let update = LogDraft.caseUpdated(from: before, to: record.fields, at: now)
        guard record.fields != before || !update.facts.isEmpty || !update.texts.isEmpty else { return }
        file.record.edits += 1
        log.append(update)
        if record.fields.mood != before.mood {
            observe(record.fields.mood, why: nil, at: now)
            escalateIfHeated(under: policy, after: before.mood, at: now)
        }
        if before.owner == nil, let owner = record.fields.owner {
            for promise in promises where promise.owner == nil && promise.isUnsettled {
                give(promise, to: owner, reason: nil, by: actor, at: now)
            }
        }
    }
}
