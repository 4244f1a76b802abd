/// What was promised (T1 to T4, T21).
extension GuidanceBasis {
    /// T1: something is always promised, and the customer knows roughly how long the whole takes, and what happens next.
    var timeline: Finding {
        let title = "Say what happens next, and when you are back in touch"
        guard isOpen else {
            return .notNeeded(.timeline, title, Guidance.Reason("The case is \(status): no date is owed."))
        }
        if let checkIn { return checkIn }
        guard let next = nextPromise else {
            return .pending(
                .timeline, .giveDate, title, Guidance.Reason("No promise to the customer is unsettled."),
                .promise(further(.callback, "Call with what we have found out")))
        }
        if let wordDue { return wordDue }
        let date = "Promise \(next.id) is the next one, due at \(next.dueAt.rfc3339)"
        // While the talk rests there is nobody to tell, and a way out has a date of its own.
        if rest == nil, !isSolved {
            let hasNextStep = unsettled.contains { $0.nextStep != nil }
            if fields.estimate == nil {
                let missing = hasNextStep ? "" : ", and nothing that is promised a next_step"
                return .pending(
                    .timeline, .estimate, "Say roughly how long it will take",
                    Guidance.Reason("\(date); the case has no estimate\(missing).", promises: [next.id]),
                    // Counted from the receipt, which may be long ago.
                    .estimate(Estimate(from: .after(.days(age + 5)), to: .after(.days(age + 10)))))
            }
            // To acknowledge it is to say what happens next.
            if next.kind != .acknowledge, !hasNextStep {
                return .pending(
                    .timeline, .anyTime, "Say what happens next",
                    Guidance.Reason("\(date); nothing that is promised has a next_step.", promises: [next.id]),
                    .promise(further(.update, "Say what we have found out")))
            }
        }
        return .done(
            .timeline, title,
            Guidance.Reason("\(date).", promises: [next.id] + unsettled.map(\.id).filter { $0 != next.id }))
    }

    /// Of T1: a customer who has heard nothing for as long as the policy says is told how far it is, unless the talk rests.
    private var wordDue: Finding? {
        guard rest == nil, let every = policy.updateEvery, file.isUpdateDue(under: policy, at: now) else { return nil }
        return .pending(
            .timeline, .tell, "Tell the customer how far it is",
            Guidance.Reason(
                "The customer has heard nothing since \(file.record.unheardSince.rfc3339); the policy says \(every.iso8601)."
            ),
            .write(.anUpdate(notice)))
    }

    /// How long ago the complaint came, in whole days.
    private var age: Int64 {
        max(0, (now - file.record.receivedAt).milliseconds / ElapsedTime.days(1).milliseconds)
    }

    /// T2: what was promised is done, and not in name only: once nothing is about to fall due, what is disputed is decided.
    var keeping: Finding {
        let title = "Do what was promised"
        if let disputed, near.isEmpty { return disputed }
        guard isOpen, let next = nextPromise else {
            let kept = file.promises.filter { [.kept, .keptLate].contains($0.state(at: now)) && $0.isToCustomer }
            guard !kept.isEmpty else {
                return .notNeeded(.keepPromises, title, Guidance.Reason("No promise waits to be kept."))
            }
            return .done(
                .keepPromises, title, Guidance.Reason("What was promised was kept.", promises: kept.map(\.id)))
        }
        let ready = unsettled.filter { !waitsForManager($0) && ($0.kind == .remedy || isNotResting($0)) }
        let inTime = ready.filter { $0.state(at: now) == .open }
        // What was agreed on is done while the talk rests, late too: there is no new date to be told of.
        let late = rest == nil ? nil : ready.first { $0.kind == .remedy && $0.state(at: now) == .overdue }
        let near = inTime.first(where: isNear) ?? late
        guard let promise = near ?? inTime.first(where: { $0.id == next.id }) ?? inTime.first ?? ready.first else {
            if isRefused(next) {
                let instead = renewal("It was not granted", what: "What we can do instead")
                return .pending(
                    .keepPromises, .deliver, "Promise something else in its place",
                    Guidance.Reason(
                        "Promise \(next.id) makes a concession good that a manager refused: it can't be kept.",
                        entries: [next.concession].compactMap(\.self), promises: [next.id]),
                    .renew(next.id, next.state(at: now) == .open ? .renegotiate : .recover, instead))
            }
            // Kept it would be given away, which nobody may before a manager has said yes: there is nothing to call.
            let why = "Promise \(next.id) makes a concession good that no manager has granted."
            return .held(
                .keepPromises, title,
                Guidance.Reason(
                    why, entries: [next.concessionCase == nil ? next.concession : nil].compactMap(\.self),
                    promises: [next.id]))
        }
        let why = Guidance.Reason(
            "Promise \(promise.id), \"\(promise.what)\", is due at \(promise.dueAt.rfc3339).", promises: [promise.id])
        let turn: Turn = promise == near ? .keepInTime : rest == nil ? .deliver : .anyTime
        return .pending(.keepPromises, turn, title, why, keep(promise))
    }

    /// What somebody says was not kept, for a manager, whatever has become of the case.
    private var disputed: Finding? {
        guard let dispute = file.waiting(.dispute).first else { return nil }
        let promise = entries.first { $0.seq == dispute.seq }?.promiseID
        return .pending(
            .keepPromises, .decide, "Have a manager decide whether it was kept",
            Guidance.Reason(
                "\(promise.map { "Promise \($0)" } ?? "A promise") is said not to have been kept, and nobody has decided.",
                entries: [dispute.seq], promises: [promise].compactMap(\.self)),
            .decision(onDispute: dispute.seq))
    }

    /// T3: a date moves before it has passed, and the customer hears of it.
    var delays: Finding {
        if let promise = overdue.first(where: isNotResting) ?? overdue.first {
            let title = "Tell the customer what went wrong, and give a new date"
            let call = GuidedCall.renew(promise.id, .recover, renewal("We missed the date"))
            if let restReason, !isNotResting(promise) { return .held(.tellOfDelays, title, restReason, call) }
            return .pending(
                .tellOfDelays, .recover, title,
                Guidance.Reason(
                    "Promise \(promise.id) was due at \(promise.dueAt.rfc3339), and was not kept.",
                    promises: overdue.map(\.id)),
                call)
        }
        if let upheld { return upheld }
        let title = "If it will be late, tell the customer before it is"
        if let promise = near.first(where: isNotResting) ?? near.first {
            let call = GuidedCall.renew(promise.id, .renegotiate, renewal("It takes longer than we thought"))
            if let restReason, !isNotResting(promise) { return .held(.tellOfDelays, title, restReason, call) }
            return .pending(
                .tellOfDelays, .anyTime, title,
                Guidance.Reason(
                    "Promise \(promise.id) is due soon, at \(promise.dueAt.rfc3339): until then its date can be moved.",
                    promises: near.map(\.id)),
                call)
        }
        let moved = file.promises.filter { $0.supersedes != nil }
        guard !moved.isEmpty else {
            return .notNeeded(.tellOfDelays, title, Guidance.Reason("No promise is late, or due soon."))
        }
        return .done(
            .tellOfDelays, title,
            Guidance.Reason("The customer was given a new date.", promises: moved.map(\.id)))
    }

    /// That a keep was found to be none, until the customer has heard that they were right.
    private var upheld: Finding? {
        guard let decision = all(.disputeDecision).last(where: { $0.flag("upheld") == true }),
            let id = decision.promiseID, file.promise(id)?.upheld?.successor == nil,
            (all(.customerNotified).last?.seq ?? 0) < decision.seq
        else { return nil }
        let title = "Tell the customer that they were right, and what happens now"
        let call = GuidedCall.write(
            .customerNotified(notice, promiseID: nil, text: "You were right: it was not done. I see to it myself."))
        if let restReason { return .held(.tellOfDelays, title, restReason, call) }
        return .pending(
            .tellOfDelays, .recover, title,
            Guidance.Reason(
                "It was decided that promise \(id) had not been kept; no word to the customer is in the log since.",
                entries: [decision.seq], promises: [id]),
            call)
    }

    /// T4: what somebody else promised is taken on by whoever has to do it.
    var acceptance: Finding {
        let title = "Have it accepted by whoever it was promised for"
        let waiting = file.promises.filter { $0.waitsForAcceptance && $0.owner != nil }
        if let promise = waiting.first, let owner = promise.owner {
            return .pending(
                .promiseWithCare, .accept, title,
                Guidance.Reason(
                    "Promise \(promise.id) was made for \(owner), who has not accepted it.",
                    promises: waiting.map(\.id)),
                .accept(promise.id, owner: owner))
        }
        if let promise = file.promises.first(where: { $0.waitsForAcceptance }) {
            return .pending(
                .promiseWithCare, .accept, "Take on what was declined",
                Guidance.Reason(
                    "Promise \(promise.id) was declined, and nobody has to keep it.", promises: [promise.id]),
                .accept(promise.id, owner: nil))
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
            let call = GuidedCall.write(
                .customerNotified(notice, promiseID: untold.count == 1 ? untold[0].id : nil, text: nil))
            if let restReason { return .held(.followUp, "Tell the customer what was promised", restReason, call) }
            return .pending(
                .followUp, .tell, "Tell the customer what was promised",
                Guidance.Reason("Nobody has told the customer of it.", promises: untold.map(\.id)), call)
        }
        let title = "Ask the customer whether all is well"
        if let lastWord, lastWord.turn != nil, !unsettled.contains(where: isNear) { return lastWord }
        if !isOpen, let promise = unsettled.first {
            return .pending(
                .followUp, isNear(promise) ? .keepInTime : .anyTime, title,
                Guidance.Reason("Promise \(promise.id) is due at \(promise.dueAt.rfc3339).", promises: [promise.id]),
                .keep(promise.id, evidence: Self.evidence, .none))
        }
        let kept = file.promises.filter { $0.kind == .followUp && $0.isToCustomer && !$0.isUnsettled }
        if !isOpen, !kept.isEmpty {
            return .done(.followUp, title, Guidance.Reason("That was promised and done.", promises: kept.map(\.id)))
        }
        guard isOpen, !unsettled.isEmpty else {
            return lastWord ?? .notNeeded(.followUp, title, Guidance.Reason("No promise to follow up is unsettled."))
        }
        return .done(
            .followUp, "Tell the customer what was promised",
            Guidance.Reason("The customer knows of all that is promised.", promises: unsettled.map(\.id)))
    }

    /// Where the desk's last word leaves something open, it is not the last one that there is: the customer is told whom they can
    /// turn to. Nil where there is nothing of the kind to tell.
    private var lastWord: Finding? {
        let ending = file.record.ending
        guard let outcome = ending.outcome, outcome.leavesSomethingOpen, ending.finalResponse != nil,
            let resolvedAt = file.record.resolvedAt
        else { return nil }
        let title = "Tell the customer whom they can turn to"
        let found = "The final response was sent: \(outcome.words)."
        let told = entries.last { entry in
            entry.recordedAt >= resolvedAt
                && (entry.kind == .referral
                    || entry.kind == .customerNotified && (entry.word("outcome") as ContactOutcome?)?.informs == true)
        }
        if let told {
            let why = told.kind == .referral ? "They have turned to somebody since." : "They were told of it since."
            return .done(.followUp, title, Guidance.Reason("\(found) \(why)", entries: [told.seq]))
        }
        let text = "If you do not agree, you can take it to the ombudsman, who decides without us."
        return .pending(
            .followUp, .tell, title, Guidance.Reason("\(found) No word to the customer is in the log since."),
            .write(.customerNotified(notice, promiseID: nil, text: text)))
    }

    /// T15: what makes a concession good is not done before somebody has granted it.
    private func waitsForManager(_ promise: Promise) -> Bool {
        !file.isGranted(promise)
    }

    /// Whether a promise may send somebody to the customer: while the talk rests, only the one that ends that.
    private func isNotResting(_ promise: Promise) -> Bool {
        rest.map { $0.callback.id == promise.id } ?? true
    }

    /// With what an open case needs after its last promise: the end, where a way out was agreed on, else a further one.
    private func keep(_ promise: Promise) -> GuidedCall {
        guard unsettled.count == 1 else { return .keep(promise.id, evidence: Self.evidence, .none) }
        return .keep(
            promise.id, evidence: Self.evidence,
            isSolved
                ? .resolve(ResolveRequest(summary: "Done as agreed", customerAccepted: true))
                : .promise(
                    PromiseRequest(
                        kind: .update, what: "Say what we have found out",
                        due: .at(policy.exampleUpdateDue(at: now)), nextStep: "We ask whoever was there")))
    }

    private static let evidence = "Told them on the phone"

    /// A promise that tells what happens next.
    private func further(_ kind: PromiseKind, _ what: String) -> PromiseRequest {
        PromiseRequest(kind: kind, what: what, due: due, nextStep: "We ask whoever was there")
    }

    private func renewal(_ reason: String, what: String? = nil) -> RenegotiateRequest {
        RenegotiateRequest(
            due: due, reason: reason, nextStep: "We call as soon as it is done", customerNotified: notice, what: what)
    }
}
