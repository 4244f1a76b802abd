/// What is done once it is over (T18, T19).
extension CaseChange {
    /// What is wrong with the meaning of a lesson: a process at fault is reviewed, or it is said why not; and a review is
    /// a promise to ourselves, and somebody's.
    func issues(learning request: LessonRequest, under policy: Policy, at now: Instant) -> [FieldIssue] {
        var lacks: [FieldIssue] = []
        switch (request.process, request.review, request.noReview) {
        case (.some, nil, nil):
            let detail = "must be given for a process at fault, or no_review_reason: why it is not reviewed."
            lacks.append(FieldIssue("review", .required, detail))
        case (_, .some, .some):
            lacks.append(FieldIssue("no_review_reason", .conflictingFields, "must be left out beside review."))
        case (nil, _, .some):
            let detail = "must be left out unless process names what is not reviewed."
            lacks.append(FieldIssue("no_review_reason", .conflictingFields, detail))
        default: break
        }
        guard let review = request.review else { return lacks }
        var issues = review.issues(under: policy, at: now, concessions: matters, path: "review")
        if request.process == nil {
            issues.append(
                FieldIssue("review", .conflictingFields, "must be left out unless process names what is reviewed."))
        }
        if review.owner == nil {
            issues.append(FieldIssue("review" / "owner", .required, "must be given: a review is somebody's."))
        }
        if review.to != .us || review.by != .desk {
            issues.append(FieldIssue("review" / "to", .invalidValue, "must be us: a review is a promise to ourselves."))
        }
        return lacks + issues
    }

    /// Writes down what could be done differently, and promises the review of the process at fault (T19).
    mutating func learn(_ request: LessonRequest, under policy: Policy, by actor: Actor, at now: Instant) {
        var texts = [Fact("cause", .text(request.cause))]
        if let process = request.process { texts.append(Fact("process", .text(process))) }
        if let text = request.text { texts.append(Fact("text", .text(text))) }
        if let reason = request.noReview { texts.append(Fact("no_review_reason", .text(reason))) }
        log.append(LogDraft(.lesson, at: now, promiseID: request.review == nil ? nil : nextPromiseID, texts: texts))
        if let review = request.review { make(review, from: now, under: policy, by: actor, at: now) }
    }

    /// Writes down with whom a hard case was talked over, and when (T18).
    mutating func debrief(with name: String, isByOneself: Bool, at instant: Instant) {
        log.append(
            LogDraft(.debrief, at: instant, facts: Fact.byOneself(isByOneself), texts: [Fact("with", .text(name))]))
    }
}
