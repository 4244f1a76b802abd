// How often a customer hears something
//
// A policy may say how often (`update_every`). By when a case's customer is to hear again follows from three things of the record,
// and is written nowhere but where the clock looks for it: when they last heard something, or complained; what the case's policy
// says now; and that the case is open. So a policy that is changed, or another one that comes to fit the case, counts from the
// instant on at which it does, and as of any instant it is told exactly.

extension Case {
    /// Since when the customer has heard nothing: since the last word, or since they complained.
    public var unheardSince: Instant { heardAt ?? receivedAt }

    /// By when the customer is to hear something again; nil where nothing asks for it: no span, or the case is not open, or its
    /// customer was erased.
    public func updateDueAt(every span: ElapsedTime?) -> Instant? {
        guard let span, status == .open, !customer.isErased else { return nil }
        return unheardSince + span
    }
}

extension CaseFile {
    /// By when the customer is to hear something again, by the case's policy; nil where nothing asks for it.
    public var updateDueAt: Instant? { record.updateDueAt(every: policy?.updateEvery) }

    /// Whether the customer has heard nothing for as long as that policy says.
    public func isUpdateDue(under policy: Policy, at now: Instant) -> Bool {
        record.updateDueAt(every: policy.updateEvery).map { $0 < now } ?? false
    }

    /// When the clock is to say that an update is due; nil where it said so already, and where there is nothing to say.
    package var updatePlannedAt: Instant? { isWaiting(.update) ? nil : updateDueAt }

    /// The next word to the customer that the policy asks for once an update was kept and nothing else is open: like that one, and
    /// due as long after it as the policy says, or after now where that has passed. Nil where there is nothing to propose.
    public func nextUpdate(
        after promise: Promise, every span: ElapsedTime?, at now: Instant
    ) -> PromiseRequest? {
        guard record.status == .open, promise.kind == .update, promise.isToCustomer, let keptAt = promise.keptAt,
            let span, !unsettledToCustomer.contains(where: { $0.state(at: now) == .open })
        else { return nil }
        let due = keptAt + span
        return PromiseRequest(
            kind: .update, what: promise.what, due: .at(due > now ? due : now + span), owner: promise.owner,
            channel: promise.channel)
    }
}

extension Policy {
    /// By when the next update is due, in examples: as far off as the policy says, and the same for a day at most.
    public func exampleUpdateDue(at now: Instant) -> Instant {
        guard let updateEvery else { return exampleDue(at: now) }
        let grain = updateGrain(updateEvery)
        return Instant(
            milliseconds: now.milliseconds.flooredDivision(by: grain).quotient * grain + updateEvery.milliseconds)
    }

    private func updateGrain(_ span: ElapsedTime) -> Int64 {
        max(1, min(ElapsedTime.days(1).milliseconds, span.milliseconds / 2))
    }
}

extension LogRequest {
    /// That the customer was told how far it is, in examples.
    static func anUpdate(_ notice: NoticeRequest) -> LogRequest {
        .customerNotified(
            notice, promiseID: nil, text: "We are still at it, and call again as soon as there is more to say.")
    }
}
