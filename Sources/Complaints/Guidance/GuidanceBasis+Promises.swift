/// What was promised (T1 to T4, T21).
extension GuidanceBasis {
    /// T1: something is always promised.
    var timeline: Finding {
        let title = "Say what happens next, and when you are back in touch"
        guard isOpen else {
            return .notNeeded(.timeline, title, Guidance.Reason("The case is \(status): no date is owed."))
        }
        guard let first = unsettled.first else {
            return .pending(
                .timeline, .giveDate, title, Guidance.Reason("No promise to the customer is unsettled."),
                .promise(
                    PromiseRequest(kind: .callback, what: "Call with what happens next", due: after(.days(1)))))
        }
        return .done(
            .timeline, title,
            Guidance.Reason(
                "Promise \(first.id) is the next one, due at \(first.dueAt.rfc3339).", promises: unsettled.map(\.id)))
    }

    /// T2: what was promised is done.
    var keeping: Finding {
        let title = "Do what was promised"
        guard isOpen, let first = unsettled.first else {
            let kept = file.promises.filter { [.kept, .keptLate].contains($0.state(at: now)) && $0.isToCustomer }
            guard !kept.isEmpty else {
                return .notNeeded(.keepPromises, title, Guidance.Reason("No promise waits to be kept."))
            }
            return .done(
                .keepPromises, title, Guidance.Reason("What was promised was kept.", promises: kept.map(\.id)))
        }
        let ready = unsettled.filter { !hasPendingConcession($0) }
        let inTime = ready.filter { $0.state(at: now) == .open }
        let later = inTime.filter { $0.id != rest?.callback.id }
        guard let promise = dueSoon.first(where: ready.contains) ?? later.first ?? inTime.first ?? ready.first else {
            let why = "Promise \(first.id) makes a concession good that waits for a manager."
            return .held(
                .keepPromises, title,
                Guidance.Reason(why, entries: [first.concession].compactMap(\.self), promises: [first.id]),
                keep(first))
        }
        let why = Guidance.Reason(
            "Promise \(promise.id), \"\(promise.what)\", is due at \(promise.dueAt.rfc3339).", promises: [promise.id])
        let turn: Turn =
            dueSoon.contains(promise) ? .keepInTime : promise.id == rest?.callback.id ? .anyTime : .deliver
        return .pending(.keepPromises, turn, title, why, keep(promise))
    }

    /// T3: a date moves before it has passed, and the customer hears of it.
    var delays: Finding {
        if let promise = overdue.first {
            return .pending(
                .tellOfDelays, .recover, "Tell the customer what went wrong, and give a new date",
                Guidance.Reason(
                    "Promise \(promise.id) was due at \(promise.dueAt.rfc3339) and is broken.",
                    promises: overdue.map(\.id)),
                .renew(promise.id, .recover, renewal("We missed the date")))
        }
        let title = "If it will be late, tell the customer before it is"
        if let promise = dueSoon.first {
            return .pending(
                .tellOfDelays, .anyTime, title,
                Guidance.Reason(
                    "Promise \(promise.id) is due soon, at \(promise.dueAt.rfc3339): until then its date can be moved.",
                    promises: dueSoon.map(\.id)),
                .renew(promise.id, .renegotiate, renewal("It takes longer than we thought")))
        }
        let moved = file.promises.filter { $0.supersedes != nil }
        guard !moved.isEmpty else {
            return .notNeeded(.tellOfDelays, title, Guidance.Reason("No promise is late, or due soon."))
        }
        return .done(
            .tellOfDelays, title,
            Guidance.Reason("The customer was given a new date.", promises: moved.map(\.id)))
    }

    /// T4: what somebody else promised is taken on by whoever has to do it.
    var acceptance: Finding {
        let title = "Take on what was promised for you"
        let waiting = file.promises.filter { $0.waitsForAcceptance && $0.owner != nil }
        if let promise = waiting.first, let owner = promise.owner {
            return .pending(
                .promiseWithCare, .accept, title,
                Guidance.Reason(
                    "Promise \(promise.id) was made for \(owner), who has not accepted it.",
                    promises: waiting.map(\.id)),
                .accept(promise.id, owner: owner))
        }
        let accepted = file.promises.filter { $0.acceptance?.acceptedAt != nil }
        guard !accepted.isEmpty else {
            return .notNeeded(
                .promiseWithCare, title, Guidance.Reason("Nothing that is unsettled was promised for somebody else."))
        }
        return .done(
            .promiseWithCare, title,
            Guidance.Reason("Whoever has to keep it has accepted it.", promises: accepted.map(\.id)))
    }

    /// T21: the customer knows what was promised, and is asked afterwards how it went.
    var followingUp: Finding {
        let untold = unsettled.filter { $0.told == nil }
        if !untold.isEmpty {
            return .pending(
                .followUp, .tell, "Tell the customer what was promised",
                Guidance.Reason("Nobody has told the customer of it.", promises: untold.map(\.id)),
                .write(.customerNotified(notice, promiseID: untold.count == 1 ? untold[0].id : nil, text: nil)))
        }
        let title = "Ask the customer whether all is well"
        if !isOpen, let promise = unsettled.first {
            return .pending(
                .followUp, dueSoon.contains(promise) ? .keepInTime : .anyTime, title,
                Guidance.Reason("Promise \(promise.id) is due at \(promise.dueAt.rfc3339).", promises: [promise.id]),
                .keep(promise.id, .none))
        }
        let kept = file.promises.filter { $0.kind == .followUp && $0.isToCustomer && !$0.isUnsettled }
        if !isOpen, !kept.isEmpty {
            return .done(.followUp, title, Guidance.Reason("That was promised and done.", promises: kept.map(\.id)))
        }
        guard isOpen, !unsettled.isEmpty else {
            return .notNeeded(.followUp, title, Guidance.Reason("No promise to follow up is unsettled."))
        }
        return .done(
            .followUp, "Tell the customer what was promised",
            Guidance.Reason("The customer knows of all that is promised.", promises: unsettled.map(\.id)))
    }

    /// T15: nothing may be promised on it until a manager has decided.
    private func hasPendingConcession(_ promise: Promise) -> Bool {
        file.waiting(.concession).contains { $0.seq == promise.concession }
    }

    /// With what an open case needs after its last promise: the end, where a way out was agreed on, else a further one.
    private func keep(_ promise: Promise) -> GuidedCall {
        guard unsettled.count == 1 else { return .keep(promise.id, .none) }
        return .keep(
            promise.id,
            isSolved
                ? .resolve(ResolveRequest(summary: "Done as agreed", customerAccepted: true))
                : .promise(
                    PromiseRequest(kind: .update, what: "Say what we have found out", due: after(.days(1)))))
    }

    private func renewal(_ reason: String) -> RenegotiateRequest {
        RenegotiateRequest(
            due: after(.days(1)), reason: reason, nextStep: "We call as soon as it is done", customerNotified: notice)
    }
}
