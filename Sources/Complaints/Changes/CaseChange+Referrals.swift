/// Where the desk's word is not the last one: what goes to an ombudsman, and what comes back, is written down in any case that
/// there is, and stands in nobody's way (T21).
extension CaseChange {
    /// Writes down that the complaint went to somebody outside of the desk who decides.
    mutating func refer(_ request: ReferralRequest, at now: Instant) {
        let reference = request.reference.map { [Fact("reference", .text($0))] } ?? []
        log.append(
            LogDraft(
                .referral, at: request.at?.instant(at: now) ?? now,
                texts: [Fact("to", .text(request.to))] + reference + Self.words(request.text)))
    }

    /// What is wrong with the meaning of a decision: it is about a referral of the case, and was taken by now.
    func issues(deciding request: ReferralDecisionRequest, at now: Instant) -> [FieldIssue] {
        var issues = request.at?.issues(at: now, path: "at") ?? []
        if !entries.contains(where: { $0.kind == .referral && $0.seq == request.of }) {
            issues.append(
                FieldIssue("of", .invalidValue, "is no referral of case \(record.id): give the seq of its entry."))
        }
        return issues
    }

    /// Writes down what was decided of a referral. There may be several, as of an appeal: the last one counts.
    mutating func decide(_ request: ReferralDecisionRequest, at now: Instant) {
        let facts = [Fact("of", .integer(request.of)), Fact("decision", .text(request.decision.rawValue))]
        log.append(
            LogDraft(
                .referralDecision, at: request.at?.instant(at: now) ?? now,
                facts: facts + (request.award?.facts("award") ?? []), texts: Self.words(request.text)))
    }
}
