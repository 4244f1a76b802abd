/// What is done once it is over (T18, T19).
extension CaseChange {
    /// What is wrong with the meaning of a review: it is a promise to ourselves, and somebody's.
    func issues(learning request: LessonRequest, under policy: Policy, at now: Instant) -> [FieldIssue] {
        guard let review = request.review else { return [] }
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
        return issues
    }

    /// Writes down what could be done differently, and promises the review of the process at fault (T19).
    mutating func learn(_ request: LessonRequest, under policy: Policy, by actor: Actor, at now: Instant) {
        var texts = [Fact("cause", .text(request.cause))]
        if let process = request.process { texts.append(Fact("process", .text(process))) }
        if let text = request.text { texts.append(Fact("text", .text(text))) }
        log.append(LogDraft(.lesson, at: now, promiseID: request.review == nil ? nil : nextPromiseID, texts: texts))
        if let review = request.review { make(review, from: now, under: policy, by: actor, at: now) }
    }

    /// Writes down with whom a hard case was talked over, and when (T18).
    mutating func debrief(with name: String, isByOneself: Bool, at instant: Instant) {
        log.append(
            LogDraft(.debrief, at: instant, facts: Fact.byOneself(isByOneself), texts: [Fact("with", .text(name))]))
    }
}
