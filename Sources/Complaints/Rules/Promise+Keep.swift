extension Promise {
    /// What is wrong with the meaning of a keep: `kept_at` lies between `start` and now, and one recorded only after the due
    /// instant needs evidence.
    ///
    /// - Parameter start: since when it can have been kept (`CaseFile.mayBeKept(_:)`).
    func issues(
        keeping request: KeepRequest, since start: Instant, at now: Instant, path: FieldPath
    ) -> [FieldIssue] {
        guard let told = request.keptAt else { return [] }
        let issues = told.issues(at: now, path: path / "kept_at")
        guard issues.isEmpty else { return issues }
        let keptAt = told.instant(at: now, notBefore: start)
        if keptAt < start {
            let what = start == firstMadeAt ? "the promise was made" : "there was anything to keep"
            let detail = "must not lie before \(what), \(start.rfc3339)."
            return [FieldIssue(path / "kept_at", .beforeMadeAt, detail)]
        }
        if isUnsettled, keptAt <= dueAt, now > dueAt, request.evidence == nil {
            let detail = "A keep recorded after the due instant with kept_at before it needs evidence."
            return [FieldIssue(path / "evidence", .required, detail)]
        }
        return []
    }

    /// The promise, kept (T2). A keep says that the customer knows of the promise.
    func kept(
        _ request: KeepRequest, since start: Instant, by actor: Actor, at now: Instant
    ) throws(Refusal) -> Promise {
        try requireUnsettled()
        let keptAt = request.keptAt?.instant(at: now, notBefore: start) ?? now
        var promise = self
        promise.settlement = Settlement(
            outcome: .kept(at: keptAt), recordedAt: now, by: actor.name, evidence: request.evidence)
        if promise.told == nil { promise.told = Told(at: keptAt, recordedAt: now) }
        return promise
    }

    /// A promise is settled once.
    func requireUnsettled() throws(Refusal) {
        guard let settlement else { return }
        let state = state(at: settlement.recordedAt)
        let what = state.rawValue.replacing("_", with: " ")
        throw .rule(
            .promiseSettled,
            "Promise \(id) was settled by \(settlement.by) at \(settlement.recordedAt.rfc3339) (\(what)).",
            promiseIDs: [id], settlement: settlement, state: state)
    }
}
