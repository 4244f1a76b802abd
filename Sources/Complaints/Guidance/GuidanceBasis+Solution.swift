/// How a way out is found, and within which limits (T14 to T16).
extension GuidanceBasis {
    /// T14: ask what would make them happy, offer, agree, and promise it.
    var agreeing: Finding {
        let title = "Find a way out together"
        if isSolved { return .done(.agree, title, solution) }
        guard fields.desiredOutcome != nil else {
            return offer(
                "Ask what would make the customer happy", Guidance.Reason("The case has no desired_outcome."),
                .wish("It works, or I get my money back"))
        }
        let options = said(.option)
        let refused = said(.agreement).filter { $0.flag("accepted") == false || isTakenBack($0) }
        let isByManager = refused.last.map(isTakenBack) ?? false
        let no = Set(refused.compactMap { $0.text("option").map { ExactText($0) } })
        guard let offered = options.last,
            let option = offered.texts("options").first(where: { !no.contains(ExactText($0)) })
        else {
            let why =
                options.isEmpty
                ? "No option is in the log."
                : isByManager ? "A manager refused what was agreed on." : "The customer wanted none of the options."
            return offer(
                options.isEmpty ? "Offer options" : "Offer a compromise",
                Guidance.Reason(why, entries: (options + refused).map(\.seq)),
                .write(.option(options.isEmpty ? ["A new one", "The money back"] : ["Half of the money back"])))
        }
        let remedy = PromiseRequest(kind: .remedy, what: option, due: due, concession: openConcession?.seq)
        let open = offered.texts("options").count { !no.contains(ExactText($0)) }
        let call = GuidedCall.agree(
            AgreementRequest(option: option, accepted: true, remedy: remedy), isOnlyOption: open == 1)
        // After a no: what was offered beside it, before anything new.
        let isCompromise = refused.last.map { $0.seq > offered.seq } ?? false
        let step = isCompromise ? "Look for a compromise, and promise it" : "Agree on an option, and promise it"
        if let waiting = file.waiting(.concession).first, !mood.isHot {
            let why = "Concession \(waiting.seq) waits for a manager: what is promised on it can't be kept until then."
            return held(step, Guidance.Reason(why, entries: [waiting.seq]), call)
        }
        let why =
            isCompromise
            ? Guidance.Reason(
                "\(isByManager ? "A manager" : "The customer") said no; \"\(option)\" was offered too.",
                entries: refused.map(\.seq))
            : Guidance.Reason("Options were offered, and none is agreed on.", entries: [offered.seq])
        return offer(step, why, call)
    }

    /// T15: within reasonable limits.
    var conceding: Finding {
        let title = "Give within reasonable limits"
        let concessions = file.concessions
        if let waiting = file.waiting(.concession).first {
            return .pending(
                .concede, .decide, "Have a manager decide about the concession",
                Guidance.Reason("Concession \(waiting.seq) waits for a manager.", entries: [waiting.seq]),
                .write(
                    .concessionDecision(
                        ConcessionDecisionRequest(of: waiting.seq, approved: false, reason: "It is too much."))))
        }
        guard !concessions.isEmpty else {
            return .notNeeded(.concede, title, Guidance.Reason("No concession is in the log."))
        }
        let seqs = concessions.map(\.seq)
        let lastNotice = all(.customerNotified).last?.seq ?? 0
        if isOpen, let refused = concessions.last(where: { $0.outcome == .refused }), let no = refused.settledSeq,
            lastNotice < no
        {
            let title = "Tell the customer that it can't be given"
            let call = GuidedCall.write(
                .customerNotified(notice, promiseID: nil, text: "We can't give that; here is what we can do."))
            if let restReason { return .held(.concede, title, restReason, call) }
            return .pending(
                .concede, .tellOfRefusal, title,
                Guidance.Reason(
                    "A manager refused concession \(refused.seq); no word to the customer is in the log since.",
                    entries: [refused.seq, no]),
                call)
        }
        return .done(.concede, title, Guidance.Reason("What was given is decided on.", entries: seqs))
    }

    /// T16: a threat is looked into before it changes anything; one to somebody's safety goes before everything else.
    var threats: Finding {
        let title = "Look into the threat before you give in to it"
        let waiting = file.waiting(.threat)
        func assess(_ threat: Matter, _ turn: Turn, _ title: String) -> Finding {
            .pending(
                .assessThreats, turn, title,
                Guidance.Reason("Nobody has looked into threat \(threat.seq).", entries: [threat.seq]),
                .write(
                    .threatAssessment(
                        AssessmentRequest(
                            of: threat.seq, verdict: .unknown, reason: "Looked into it; nothing can be said for sure."))
                ))
        }
        if let threat = waiting.first(where: { isToSafety($0.seq) }) {
            return assess(threat, .safety, "See to everybody's safety, and look into the threat")
        }
        if let danger {
            return .pending(
                .assessThreats, .safety, "See to everybody's safety, and have a supervisor join",
                Guidance.Reason(
                    "A threat to safety was found credible, and no supervisor has joined since.",
                    entries: [danger.integer("of"), danger.seq].compactMap(\.self)),
                isOpen ? callSupervisor : .joined(fields.supervisor))
        }
        if let threat = waiting.first { return assess(threat, .assess, title) }
        guard let last = all(.threatAssessment).last, let verdict: ThreatVerdict = last.word("verdict") else {
            return .notNeeded(.assessThreats, title, Guidance.Reason("No threat is in the log."))
        }
        return .done(
            .assessThreats, title,
            Guidance.Reason(
                "It was found \(verdict.rawValue).", entries: [last.integer("of"), last.seq].compactMap(\.self)))
    }

    /// Whether somebody's safety is threatened, as far as anybody has looked into it.
    var isInDanger: Bool { danger != nil || isSafetyOpen }

    /// Whether it is, and nobody has looked into that.
    var isSafetyOpen: Bool { file.waiting(.threat).contains { isToSafety($0.seq) } }

    /// The verdict that a threat to somebody's safety is credible, until a supervisor has joined.
    private var danger: LogEntry? {
        let joined = all(.supervisorJoined).last?.seq ?? 0
        let latest = Dictionary(all(.threatAssessment).map { ($0.integer("of"), $0) }) { $1 }
        return latest.values.filter { verdict in
            verdict.word("verdict") == ThreatVerdict.credible && verdict.seq > joined
                && (verdict.integer("of").map(isToSafety) ?? false)
        }.max { $0.seq < $1.seq }
    }

    private func isToSafety(_ threat: Int64) -> Bool {
        entries.contains { $0.seq == threat && $0.word("threat_kind") == ThreatKind.safety }
    }

    /// What has not been promised yet of what may be given.
    private var openConcession: Matter? {
        let promised = Set(file.promises.compactMap(\.concession))
        return file.concessions.last { $0.outcome != .refused && !promised.contains($0.seq) }
    }

    /// A step to a way out: not while the customer is hot (T10).
    private func offer(_ title: String, _ why: Guidance.Reason, _ call: GuidedCall) -> Finding {
        guard isOpen, mood.isHot, rest == nil else { return step(.agree, .agree, title, why, call) }
        let hot = "The customer is \(mood.rawValue): do not rush to fix it. \(why.text)"
        return held(title, Guidance.Reason(hot, entries: moodSeqs + why.entries), call)
    }

    private func held(_ title: String, _ why: Guidance.Reason, _ call: GuidedCall) -> Finding {
        guard isOpen else { return step(.agree, .agree, title, why, call) }
        return .held(.agree, title, why, call)
    }
}
