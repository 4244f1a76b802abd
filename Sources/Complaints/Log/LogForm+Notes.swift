// What somebody writes down in a case: what was said and done, and what it led to.
extension LogForm {
    static let statement = LogForm.written(.written("text"), LogFact("said_by", .text, privacy: .personal))

    static let acknowledgement = LogForm.written(
        .written("text"),
        LogFact("written_down", .flag, "That the complaint is, which the customer was told.").ifAny)

    static let support = LogForm.written(.written("text"))

    static let restatement = LogForm.written(.written("text"), LogFact("confirmed", .flag))

    static let option = LogForm.written(LogFact("options", .texts, privacy: .personal, isSearched: true))

    static let agreement = LogForm.written(.written("option"), LogFact("accepted", .flag), mayPromise: true)

    static let threat = LogForm.written(
        .word("threat_kind", ThreatKind.self), LogFact("value_at_stake", .amount).ifAny,
        LogFact("currency", .currency).ifAny, .written("text").ifAny)

    static let threatAssessment = LogForm.written(
        LogFact("of", .id, "The threat, by its seq."), .word("verdict", ThreatVerdict.self), .desk("by"),
        .written("reason"), byOneself)

    static let concession = LogForm.written(
        .written("what"), LogFact("amount", .amount), LogFact("currency", .currency),
        LogFact(
            "state", .oneOf([ConcessionState.granted.rawValue, ConcessionState.pending.rawValue]),
            "As it was made: a pending one waits for a concession_decision."),
        LogFact("above_limit", .flag, "Of the policy then, with the case's others.").ifAny,
        LogFact(
            "under_threat", .word(ThreatShadow.self),
            "A threat stands beside it that nobody has looked into, or that is unfounded."
        ).ifAny)

    static let concessionDecision = LogForm.written(
        LogFact("of", .id, "The concession, by its seq."), LogFact("approved", .flag), .desk("by"),
        .written("reason"), byOneself)

    static let dispute = LogForm.written(.written("reason"), LogFact("said_by", .text, privacy: .personal))

    static let disputeDecision = LogForm.written(
        LogFact("of", .id, "The dispute, by its seq."), LogFact("upheld", .flag), byOneself, .written("reason"),
        mayPromise: true)

    static let referral = LogForm.written(.written("to"), .written("reference").ifAny, .written("text").ifAny)

    static let referralDecision = LogForm.written(
        LogFact("of", .id, "The referral, by its seq."), .word("decision", ReferralDecision.self),
        LogFact("award", .amount).ifAny, LogFact("currency", .currency).ifAny, .written("text").ifAny)

    static let forwarded = LogForm.written(.written("to"), .written("text").ifAny)

    static let mood = LogForm.written(
        .word("mood", Mood.self), .written("why").ifAny, .desk("owner", "Whose case it was then.").ifAny)

    static let supervisorJoined = LogForm.written(
        .desk("supervisor"),
        .desk("supervisor_before", "Who was asked before.").ifAny, byOneself, namesPeople: true)

    static let coolOff = LogForm.written(.written("reason"), mayPromise: true)

    static let customerNotified = LogForm.written(
        .word("channel", Channel.self), .word("outcome", ContactOutcome.self), .written("text").ifAny)

    static let debrief = LogForm.written(.desk("with"), byOneself, namesPeople: true)

    static let lesson = LogForm.written(
        LogFact("cause", .text, privacy: .personal), LogFact("process", .text, privacy: .personal).ifAny,
        .written("text").ifAny, .written("no_review_reason").ifAny, mayPromise: true)

    static let thanks = LogForm.written(.desk("thanked", "Whom they thanked."), .written("text").ifAny)
}
