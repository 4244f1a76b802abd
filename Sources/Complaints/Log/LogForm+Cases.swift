// What happens to a case.
extension LogForm {
    static let caseOpened = LogForm(
        .caseOpened, LogFact("customer_id", .id), LogFact("received_at", .instant),
        .word("channel", Channel.self), .word("severity", Severity.self), .word("mood", Mood.self),
        LogFact(
            "possible_duplicate_of", .id,
            "A customer with whom the relationship was ended, and who has the same phone number or e-mail address."
        ).ifAny)

    static let caseUpdated = LogForm(
        .caseUpdated,
        edited(CaseFields.self) + [
            LogFact("customer_id", .id, "Whose the case is from then on, where that was corrected.").ifAny,
            LogFact("customer_id_before", .id).ifAny, partOfHandover,
        ])

    static let caseResolved = LogForm(
        .caseResolved,
        [
            .written("summary"), .written("outcome_text").ifAny, .written("evidence").ifAny,
            LogFact(
                "customer_accepted", .flag,
                "Missing for history, for a duplicate, and where the relationship was ended."
            ).ifAny,
        ] + ending("") + [
            LogFact("resolved_at", .instant, "When that was, where the service was told later.").ifAny,
            LogFact("duplicate_of", .id, "The case that it is a duplicate of: what was promised goes on there.")
                .ifAny,
        ])

    static let caseClosed = LogForm(.caseClosed, .written("reason").ifAny)

    static let caseReopened = LogForm(.caseReopened, .written("reason"))

    static let caseShared = LogForm(
        .caseUpdated,
        LogFact("expires_at", .instant, "From when on the link to the customer's page leads nowhere."))

    static let caseUnshared = LogForm(.caseUpdated, .written("reason").ifAny)

    static let resolutionCorrected = LogForm(.caseUpdated, ending("") + ending("_before"))

    static let stageUndone = LogForm(
        .caseUpdated, LogFact("number", .count, "Of the stage, which was a mistake."), .desk("stage"),
        .written("reason"), byOneself)

    static let stageOpened = LogForm(
        .caseUpdated, LogFact("number", .count, "Its place among the stages of the case."), .desk("stage"),
        .desk("regime"), LogFact("regime_version", .count, "0 for one that came with the service."),
        LogFact("requested_at", .instant),
        LogFact(
            "since", .instant,
            "Since when what was done counts as done at it, where it takes the place of a mistake."
        ).ifAny,
        LogFact("hard_deadline", .instant, "Of the case, by its clocks.").ifAny,
        LogFact(
            "given_deadline", .instant,
            "That somebody had given the case, which holds again where its regime turns out to be a mistake."
        ).ifAny,
        .written("reason").ifAny)

    static let updateDue = LogForm(
        .caseUpdateDue, LogFact("since", .instant, "Since when the customer has heard nothing."),
        .desk("owner", "Whose case it was then.").ifAny)

    static let escalated = LogForm(
        .caseEscalated, LogFact("automatic", .flag, "By the policy, and not by whoever acts."),
        .written("reason"), .desk("supervisor").ifAny,
        .desk("supervisor_before", "Who was asked before.").ifAny)

    static let relationship = LogForm(
        .caseUpdated, .word("decision", Relationship.self),
        LogFact("customer_id", .id, "Whom it is about; missing in older entries.").ifAny, .written("reason"),
        byOneself)

    static let erased = LogForm(
        .caseUpdated, .written("reason"),
        LogFact(
            "sealed", .texts,
            "What stands for the hashes of entries that an older version wrote, and that covered words themselves."
        ).ifAny)

    static let duplicate = LogForm(
        .caseUpdated,
        LogFact(
            "duplicate", .id, "The case that is a duplicate of this one: what was promised there goes on here."),
        .written("reason"))
}
