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
        let refused = said(.agreement).filter { $0.flag("accepted") == false }
        let no = Set(refused.compactMap { $0.text("option").map { ExactText($0) } })
        guard let offered = options.last,
            let option = offered.texts("options").first(where: { !no.contains(ExactText($0)) })
        else {
            let why = options.isEmpty ? "No option is in the log." : "The customer wanted none of the options."
            return offer(
                "Offer options", Guidance.Reason(why, entries: (options + refused).map(\.seq)),
                .write(.option(["A new one", "The money back"])))
        }
        let remedy = PromiseRequest(
            kind: .remedy, what: option, due: after(.days(3)), concession: openConcession?.seq)
        let call = GuidedCall.write(.agreement(AgreementRequest(option: option, accepted: true, remedy: remedy)))
        let step = "Agree on an option, and promise it"
        if let waiting = file.waiting(.concession).first, !mood.isHot {
            let why = "Concession \(waiting.seq) waits for a manager: nothing may be promised on it until then."
            return held(step, Guidance.Reason(why, entries: [waiting.seq]), call)
        }
        return offer(
            step, Guidance.Reason("Options were offered, and none is agreed on.", entries: [offered.seq]), call)
    }

    /// T15: within reasonable limits.
    var conceding: Finding {
        let title = "Give within reasonable limits"
        let concessions = file.matters.filter { $0.kind == .concession }
        if let waiting = file.waiting(.concession).first {
            return .pending(
                .concede, .decide, "Have a manager decide about the concession",
                Guidance.Reason("Concession \(waiting.seq) waits for a manager.", entries: [waiting.seq]),
                .write(
                    .concessionDecision(
                        ConcessionDecisionRequest(of: waiting.seq, approved: true, reason: "The fault is ours."))))
        }
        guard !concessions.isEmpty else {
            return .notNeeded(.concede, title, Guidance.Reason("No concession is in the log."))
        }
        let seqs = concessions.map(\.seq)
        let lastNotice = all(.customerNotified).last?.seq ?? 0
        if isOpen, let refused = concessions.last(where: { $0.outcome == .refused }), let no = refused.settledSeq,
            lastNotice < no
        {
            return .pending(
                .concede, .tellOfRefusal, "Tell the customer that it can't be given",
                Guidance.Reason(
                    "A manager refused concession \(refused.seq); no word to the customer is in the log since.",
                    entries: [refused.seq, no]),
                .write(.customerNotified(notice, promiseID: nil, text: "We can't give that; here is what we can do.")))
        }
        return .done(.concede, title, Guidance.Reason("What was given is decided on.", entries: seqs))
    }

    /// T16: a threat is looked into before it changes anything.
    var threats: Finding {
        let title = "Look into the threat before you give in to it"
        if let waiting = file.waiting(.threat).first {
            return .pending(
                .assessThreats, .assess, title,
                Guidance.Reason("Nobody has looked into threat \(waiting.seq).", entries: [waiting.seq]),
                .write(
                    .threatAssessment(
                        AssessmentRequest(
                            of: waiting.seq, verdict: .unknown, by: fields.owner,
                            reason: "Looked into it; nothing can be said for sure."))))
        }
        guard let last = all(.threatAssessment).last, let verdict: ThreatVerdict = last.word("verdict") else {
            return .notNeeded(.assessThreats, title, Guidance.Reason("No threat is in the log."))
        }
        return .done(
            .assessThreats, title,
            Guidance.Reason(
                "It was found \(verdict.rawValue).", entries: [last.integer("of"), last.seq].compactMap(\.self)))
    }

    /// What has not been promised yet of what may be given.
    private var openConcession: Matter? {
        let promised = Set(file.promises.compactMap(\.concession))
        return file.matters.last {
            $0.kind == .concession && $0.outcome != .refused && !promised.contains($0.seq)
        }
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
