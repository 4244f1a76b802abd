/// What is written down of how the customer is, and what follows when talking does not work (T10 to T12).
extension CaseChange {
    /// Writes down how the customer is, and who has to do with it (T10, T20).
    mutating func observe(_ mood: Mood, why: String?, at now: Instant) {
        var texts: [Fact] = []
        if let why { texts.append(Fact("why", .text(why))) }
        if let owner = record.fields.owner { texts.append(Fact("owner", .text(owner))) }
        log.append(LogDraft(.mood, at: now, facts: [Fact("mood", .text(mood.rawValue))], texts: texts))
        file.record.moodBefore = observedMood
        file.record.fields.mood = mood
    }

    /// The mood that was observed last before the change; nil while none was: that a new case is `calm` is what it is
    /// taken for, not what anybody saw.
    private var observedMood: Mood? {
        guard let before = before?.record else { return nil }
        let wasObserved =
            before.fields.mood > .calm || before.moodBefore != nil || entries.contains { $0.kind == .mood }
        return wasObserved ? before.fields.mood : nil
    }

    /// Puts the talk off until the callback that is promised with it (T11).
    mutating func coolOff(
        _ request: CoolOffRequest, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        try requireOpen()
        log.append(
            LogDraft(.coolOff, at: now, promiseID: nextPromiseID, texts: [Fact("reason", .text(request.reason))]))
        make(request.callback, from: now, under: policy, by: actor, at: now)
    }

    /// Stops for now, with the promise of who gets back to the customer and when (T12).
    mutating func refuse(
        _ request: RefusalRequest, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        try requireOpen()
        log.append(
            LogDraft(.refusal, at: now, promiseID: nextPromiseID, texts: [Fact("reason", .text(request.reason))]))
        guard request.callback == nil else {
            return make(request.callback, from: now, under: policy, by: actor, at: now)
        }
        makeByPolicy(.callback, Policy.callback, due: policy.acknowledgeDue(from: now), at: now)
    }
}
