/// What follows for the customer and for ourselves (T17 to T20).
extension GuidanceBasis {
    /// T17: is the relationship worth keeping?
    var relationship: Finding {
        let title = "Decide whether to go on with the customer"
        if let matter = file.waiting(.return).first {
            let other = entries.first { $0.kind == .caseOpened }?.integer("possible_duplicate_of")
            let why =
                other.map { "The relationship with customer \($0) was ended, and this may be them." }
                ?? "The relationship was ended, and the customer came back."
            return .pending(
                .relationship, .relationship, title,
                Guidance.Reason(why, entries: [matter.seq]),
                .goingOn)
        }
        let decided = all(.relationship).last
        if isOpen, mood == .abusive, (decided?.seq ?? 0) < (moodSeqs.last ?? 0) {
            let (missing, tried) = savers
            guard missing.isEmpty else {
                let why = "The customer is abusive. Before you part comes what could save it: \(missing)."
                return .held(.relationship, title, Guidance.Reason(why, entries: moodSeqs + tried), farewell)
            }
            return .pending(
                .relationship, .relationship, title,
                Guidance.Reason(
                    "The customer is abusive still, after a pause and with a supervisor: keep or end it.",
                    entries: tried + moodSeqs),
                farewell)
        }
        if let decided, let decision: Relationship = decided.word("decision") {
            if isOpen, decision == .end {
                return .pending(
                    .relationship, .relationship, title,
                    Guidance.Reason(
                        "The relationship was ended, and the case is open again.", entries: [decided.seq]),
                    .goingOn)
            }
            return .done(
                .relationship, title, Guidance.Reason("It was decided: \(decision.rawValue).", entries: [decided.seq]))
        }
        return .notNeeded(.relationship, title, Guidance.Reason("Nothing puts it in question."))
    }

    /// What could save a relationship, as far as it was not tried since the talk began, in words; and the entries about
    /// what was: a supervisor who joined, and a pause, after both of which the customer was heard of again.
    private var savers: (missing: String, tried: [Int64]) {
        let joined = said(.supervisorJoined).last
        let tried = [joined, pause?.entry].compactMap(\.self).map(\.seq).sorted()
        let heard = moods.last?.recordedAt ?? .earliest
        let isPaused = pause.map { $0.callback.settlement.map { $0.recordedAt <= heard } ?? false } ?? false
        var missing: [String] = []
        if joined.map({ $0.recordedAt > heard }) ?? true { missing.append("a supervisor joins the talk") }
        if !isPaused { missing.append("a pause, and another talk after it") }
        return (missing.joined(separator: ", and "), tried)
    }

    /// Ends the relationship, and with it what was promised.
    private var farewell: GuidedCall {
        let settle = unsettled.map { promise in
            SettleRequest(
                promiseID: promise.id,
                action: .withdraw(
                    WithdrawRequest(reason: "The relationship was ended.", release: .ended)))
        }
        return .decide(
            RelationshipRequest(
                decision: .end, reason: "Personal attacks go on, after we asked to stop.", settle: settle))
    }

    /// T18: a hard case is talked over, by whoever wants to.
    var debriefing: Finding {
        let title = "Talk it over with somebody, if you like"
        guard let last = [hotMoods.last?.recordedAt, lastBreak].compactMap(\.self).max() else {
            return .notNeeded(
                .debrief, title, Guidance.Reason("The customer was never angry or abusive, and no promise went unkept.")
            )
        }
        let debriefs = all(.debrief)
        if let debrief = debriefs.last, debrief.recordedAt >= last {
            return .done(.debrief, title, Guidance.Reason("It was talked over.", entries: [debrief.seq]))
        }
        return .pending(
            .debrief, .anyTime, title,
            Guidance.Reason(
                "The case was hot, or a promise was not kept, and no debrief is in the log since.",
                entries: hotMoods.map(\.seq), promises: broken.map(\.id)),
            .write(.debrief(with: supervisor, at: nil)))
    }

    /// T19: what could be done differently; a process at fault is reviewed.
    var learning: Finding {
        let title = "Write down what could be done differently"
        let lessons = all(.lesson)
        let reviewed = Set(
            lessons.filter { $0.promiseID != nil || $0.text("no_review_reason") != nil }
                .compactMap { $0.text("process").map(FoldedName.init(_:)) })
        if let lesson = lessons.last(where: { $0.text("process").map { !reviewed.contains(FoldedName($0)) } ?? false }),
            let cause = lesson.text("cause"), let process = lesson.text("process")
        {
            let review = PromiseRequest(
                what: "Review it", due: due, owner: fields.owner ?? supervisor, to: .us)
            return .pending(
                .learn, .learn, "Promise a review of the process at fault",
                Guidance.Reason("A process is at fault, and nobody has promised to review it.", entries: [lesson.seq]),
                .write(.lesson(LessonRequest(cause: cause, process: process, review: review))))
        }
        let trouble =
            hotMoods.map(\.seq) + file.matters.filter { [.threat, .escalation].contains($0.kind) }.map(\.seq)
        if let last = lessons.last, last.recordedAt >= lastTrouble ?? .earliest {
            return .done(.learn, title, Guidance.Reason("A lesson is in the log.", entries: lessons.map(\.seq)))
        }
        guard !broken.isEmpty || (!isOpen && !trouble.isEmpty) else {
            return .notNeeded(
                .learn, title,
                Guidance.Reason(isOpen ? "No promise of the case went unkept." : "The case gave no trouble."))
        }
        let why =
            broken.isEmpty
            ? "The case gave trouble, and no lesson is in the log since."
            : "A promise was not kept, and no lesson is in the log since."
        return .pending(
            .learn, .learn, title,
            Guidance.Reason(why, entries: trouble, promises: broken.map(\.id)),
            .write(
                .lesson(
                    LessonRequest(
                        cause: broken.isEmpty ? "No answer at first" : "Promised too soon",
                        text: "Ask how long it takes before you give a date."))))
    }

    /// When the case last gave trouble: a hot customer, a threat, a call for a supervisor, a broken promise.
    private var lastTrouble: Instant? {
        let raised = file.matters.filter { [.threat, .escalation].contains($0.kind) }.map(\.raisedAt)
        return (raised + [hotMoods.last?.recordedAt, lastBreak].compactMap(\.self)).max()
    }

    /// T20: nobody has to take one hot contact after the other.
    var handingOver: Finding {
        let title = "Let somebody else take this one"
        guard isOpen, mood.isHot else {
            return .notNeeded(.handOver, title, Guidance.Reason("It is no hot case now.", entries: moodSeqs))
        }
        guard let owner = fields.owner else {
            return .notNeeded(.handOver, title, Guidance.Reason("Nobody handles the case yet."))
        }
        guard hotInARow >= Self.manyInARow else {
            return .notNeeded(
                .handOver, title, Guidance.Reason("\(owner) had \(hotInARow) hot contacts in a row.", entries: moodSeqs)
            )
        }
        return .pending(
            .handOver, .anyTime, title,
            Guidance.Reason("\(owner) had \(hotInARow) hot contacts in a row: it is not personal.", entries: moodSeqs),
            .handOver("Somebody else"))
    }

    /// From so many hot contacts in a row on, the next hot case is for somebody else (T20).
    private static let manyInARow = 3
}
