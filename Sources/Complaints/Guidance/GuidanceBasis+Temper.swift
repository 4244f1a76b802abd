/// What is done about heat (T10 to T13).
extension GuidanceBasis {
    /// T10: they are let vent, and it is seen how they are then.
    var venting: Finding {
        let title = "Keep calm, let the customer vent, and see how they are then"
        guard isOpen, mood.isHot else {
            guard let last = hotMoods.last, isOpen else {
                return .notNeeded(.letVent, title, Guidance.Reason(cool + care, entries: moodSeqs))
            }
            return .done(
                .letVent, title,
                Guidance.Reason(
                    "The customer was \(last.mood.rawValue). \(cool)\(care)", entries: [last.seq] + moodSeqs))
        }
        let calmer: Mood = mood == .abusive ? .angry : .upset
        let call = GuidedCall.write(.mood(calmer, why: nil))
        if let restReason { return .held(.letVent, title, restReason, call) }
        return .pending(
            .letVent, needsAnotherLook ? .lookAgain : .vent, title,
            Guidance.Reason("The customer is \(mood.rawValue)\(direction).\(care)", entries: moodSeqs), call)
    }

    /// T11: what can't be said now is said later.
    var coolingOff: Finding {
        let title = "Fix a time to speak once all are calm"
        if let rest {
            return .done(
                .coolOff, title,
                Guidance.Reason(
                    "Promise \(rest.callback.id) says when.", entries: [rest.entry.seq], promises: [rest.callback.id]))
        }
        guard isOpen, mood.isHot else {
            return .notNeeded(.coolOff, title, Guidance.Reason(cool, entries: moodSeqs))
        }
        let isTime = !needsAnotherLook && (mood == .abusive || nothingHelps)
        let why =
            nothingHelps
            ? Guidance.Reason(
                "The customer was acknowledged and is \(mood.rawValue) still\(direction).",
                entries: [acknowledgement?.seq].compactMap(\.self) + moodSeqs)
            : Guidance.Reason("The customer is \(mood.rawValue)\(direction).", entries: moodSeqs)
        let callback = PromiseRequest(kind: .callback, what: "Call again", due: due)
        return .pending(
            .coolOff, isTime ? .coolOff : .anyTime, title, why,
            .coolOff(CoolOffRequest(reason: "Talking does not help now.", callback: callback)))
    }

    /// T12: nobody has to take abuse.
    var refusing: Finding {
        let title = "Stop, if you will not go on, and offer a supervisor"
        guard isOpen, mood == .abusive else {
            return .notNeeded(.takeNoAbuse, title, Guidance.Reason("The customer is not abusive.", entries: moodSeqs))
        }
        if let rest {
            return .done(
                .takeNoAbuse, title,
                Guidance.Reason(
                    "It ended for now; promise \(rest.callback.id) says who gets back to the customer, and when.",
                    entries: [rest.entry.seq], promises: [rest.callback.id]))
        }
        return .pending(
            .takeNoAbuse, needsAnotherLook ? .anyTime : .refuse, title,
            Guidance.Reason("The customer is abusive: any agent may stop, at any time.", entries: moodSeqs),
            .write(.refusal(RefusalRequest(reason: "Personal attacks, after I asked to stop"))))
    }

    /// T13: somebody joins.
    var supervising: Finding {
        let title = "Have a supervisor join"
        let asked = all(.escalated).last
        if let matter = file.waiting(.escalation).last {
            guard let name = fields.supervisor else {
                // Where somebody may come to harm, that is not for later.
                return .pending(
                    .supervisor, isSafetyOpen ? .safetyToo : .supervisor, "Say which supervisor is to join",
                    Guidance.Reason("One was asked for, and nobody is named.", entries: [matter.seq]), callSupervisor)
            }
            return .pending(
                .supervisor, .supervisor, title,
                Guidance.Reason("\(name) was asked to join and has not yet.", entries: [matter.seq]), callSupervisor)
        }
        if let joined = said(.supervisorJoined).last {
            return .done(
                .supervisor, title,
                Guidance.Reason(
                    "\(joined.text("supervisor") ?? supervisor) joined.",
                    entries: [asked?.seq, joined.seq].compactMap(\.self)))
        }
        guard isOpen, mood.isHot else {
            return .notNeeded(
                .supervisor, title, Guidance.Reason("No supervisor is asked for now.", entries: moodSeqs))
        }
        return .pending(
            .supervisor, mood == .abusive ? .supervisor : .anyTime, title,
            Guidance.Reason("The customer is \(mood.rawValue), and nobody \(joining) join.", entries: moodSeqs),
            callSupervisor)
    }

    /// Has the supervisor who was asked join; asks one where none was, or nobody says which.
    var callSupervisor: GuidedCall {
        if file.isWaiting(.escalation), let name = fields.supervisor { return .joined(name) }
        let known = fields.supervisor ?? policy.supervisor
        let why =
            isInDanger
            ? "The customer threatens somebody's safety."
            : mood.isHot ? "The customer is \(mood.rawValue)." : "They are needed in the case."
        return .escalate(
            EscalateRequest(supervisor: known ?? GuidedCall.supervisorOnDuty, reason: why), isNamed: known != nil)
    }

    private var joining: String {
        all(.supervisorJoined).isEmpty ? "was asked to" : "was asked, since the case is open again, to"
    }

    /// Who it would be, in examples.
    var supervisor: String { fields.supervisor ?? policy.supervisor ?? GuidedCall.supervisorOnDuty }

    private var cool: String {
        isOpen ? "The customer is \(mood.rawValue)." : "The case is \(status)."
    }

    /// What is to be minded whatever their mood is.
    private var care: String {
        isOpen && isVulnerable ? " They are vulnerable: take your time, and see that they can follow." : ""
    }

    private var direction: String {
        switch moodTrend {
        case .rising?: ", more than before"
        case .falling?: ", less than before"
        case .steady?: ", as before"
        case nil: ""
        }
    }
}
