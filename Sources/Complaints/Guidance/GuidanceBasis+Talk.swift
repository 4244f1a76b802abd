/// What is said and written down (T5 to T9).
extension GuidanceBasis {
    /// T5: the complaint is there, in the customer's words, and they are told so.
    var record: Finding {
        let kept = "The complaint is kept as it was said; what they say since goes into the log."
        let told = all(.acknowledgement).filter { $0.flag("written_down") == true }
        let seqs = all(.caseOpened).map(\.seq)
        guard isOpen, told.isEmpty, !isSolved else {
            return .done(
                .writeItDown, "Write the complaint down in the customer's words",
                Guidance.Reason(
                    told.isEmpty ? kept : "\(kept) The customer knows.", entries: seqs + told.map(\.seq)))
        }
        let title = "Tell the customer that their complaint is written down"
        let call = GuidedCall.write(
            .told(.acknowledgement, text: "I have written it down, in your words.", writtenDown: true))
        if let restReason { return .held(.writeItDown, title, restReason, call) }
        return .pending(
            .writeItDown, .tellRecorded, title,
            Guidance.Reason("\(kept) Nobody has told the customer.", entries: seqs), call)
    }

    /// T6: what happened is drawn out.
    var facts: Finding {
        let title = "Listen, and draw out what happened"
        let facts = said(.fact)
        if !facts.isEmpty {
            return .done(.listen, title, Guidance.Reason("Facts are written down.", entries: facts.map(\.seq)))
        }
        let questions = said(.question)
        let call = GuidedCall.write(
            questions.isEmpty
                ? .said(.question, text: "What happened, and when?", saidBy: nil)
                : .said(.fact, text: "It happened the first time it was used.", saidBy: nil))
        let why = questions.isEmpty ? "No question and no fact is in the log." : "It was asked; no fact is in the log."
        if isOpen, !isSolved, rest == nil, mood.isHot, questions.isEmpty {
            let hot = "The customer is \(mood.rawValue): let them vent, and ask when they have. \(why)"
            return .held(.listen, title, Guidance.Reason(hot, entries: moodSeqs), call)
        }
        return step(.listen, .listen, title, Guidance.Reason(why, entries: questions.map(\.seq)), call)
    }

    /// T7: the customer agrees that we have understood.
    var restating: Finding {
        let title = "Say the complaint back, until the customer agrees"
        let last = said(.restatement).last
        let call = GuidedCall.write(.restatement(text: "So it broke, and nobody called you back.", confirmed: true))
        if let last, last.flag("confirmed") == true {
            guard isOpen, let statement, statement.seq > last.seq else {
                return .done(.restate, title, Guidance.Reason("The customer agreed to it.", entries: [last.seq]))
            }
            // Whatever was agreed on: there is more to it than it was agreed for.
            if let restReason { return .held(.restate, title, restReason, call) }
            return .pending(
                .restate, .restate, title,
                Guidance.Reason(
                    "The customer agreed to it, and has said more since.", entries: [last.seq, statement.seq]),
                call)
        }
        let why =
            last.map { Guidance.Reason("The customer did not agree to the last one.", entries: [$0.seq]) }
            ?? Guidance.Reason("No restatement is in the log.")
        return step(.restate, .restate, title, why, call)
    }

    /// T8: feelings come first.
    var acknowledging: Finding {
        let title = "Acknowledge how the customer feels, and show support"
        guard mood > .calm else {
            return .notNeeded(.acknowledge, title, Guidance.Reason("The customer is calm.", entries: moodSeqs))
        }
        if let acknowledgement {
            return .done(
                .acknowledge, title, Guidance.Reason("It was said.", entries: [acknowledgement.seq]))
        }
        guard isOpen else {
            return .notNeeded(.acknowledge, title, Guidance.Reason("The case is \(status)."))
        }
        let call = GuidedCall.write(
            .told(.acknowledgement, text: "I can see why that makes you \(mood.isHot ? "angry" : "upset")."))
        if let restReason { return .held(.acknowledge, title, restReason, call) }
        return .pending(
            .acknowledge, .acknowledge, title,
            Guidance.Reason(
                "The customer is \(mood.rawValue); no acknowledgement or support is in the log since.",
                entries: moodSeqs),
            call)
    }

    /// T9: once is enough.
    var apology: Finding {
        let title = "Apologise, once"
        let apologies = all(.apology)
        let seqs = apologies.map(\.seq)
        if apologies.count >= Self.tooManyApologies {
            let why = "\(apologies.count) apologies are in the log: no more of them. Do something instead."
            return .held(.apologise, title, Guidance.Reason(why, entries: seqs))
        }
        if !apologies.isEmpty {
            return .done(.apologise, title, Guidance.Reason("It was said: do not say it over and over.", entries: seqs))
        }
        guard isOpen, wasUpset || !broken.isEmpty else {
            return .notNeeded(.apologise, title, Guidance.Reason("Nothing asks for one now.", entries: moodSeqs))
        }
        let call = GuidedCall.write(.told(.apology, text: "I am sorry for the trouble that this has made."))
        if let restReason { return .held(.apologise, title, restReason, call) }
        return .pending(
            .apologise, .anyTime, title,
            Guidance.Reason("No apology is in the log.", entries: moodSeqs, promises: broken.map(\.id)), call)
    }

    /// From the third on (T9).
    private static let tooManyApologies = 3

    /// A step on the way to a solution: of no use once there is one, and held while the talk rests.
    func step(
        _ tactic: Tactic, _ turn: Turn, _ title: String, _ why: Guidance.Reason, _ call: GuidedCall
    ) -> Finding {
        guard isOpen else {
            return .notNeeded(tactic, title, Guidance.Reason("The case is \(status)."))
        }
        if isSolved { return .notNeeded(tactic, title, solution) }
        if let restReason { return .held(tactic, title, restReason, call) }
        return .pending(tactic, turn, title, why, call)
    }
}
