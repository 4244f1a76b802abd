// What becomes of a promise.
extension LogForm {
    static let promiseMade = LogForm(
        .promiseMade,
        [
            .word("promise_kind", PromiseKind.self), .word("by", Promiser.self), .word("to", Promisee.self),
            LogFact("due_at", .instant), .written("what"), .desk("made_by"), .desk("owner").ifAny,
            .written("next_step").ifAny, LogFact("supersedes", .id).ifAny,
            LogFact("transferred_from", .id, "The promise of the duplicate that it goes on from.").ifAny,
            .desk("clock", "Of the regime, that made it.").ifAny,
            LogFact("stage", .count, "Whose clock that is, by its number in the case.").ifAny,
            LogFact("clock_from", .instant, "What it is counted from.").ifAny,
            LogFact("reassigned", .flag, "That it had come into other hands before, in the duplicate.").ifAny,
        ] + notified + [
            LogFact(
                "marks", .texts,
                "When the clock has something to say of it while it is unsettled, and what: an instant and a word each, "
                    + "`due_soon` or whom it is brought up to."
            ).ifAny
        ])

    static let promiseDueSoon = LogForm(.promiseDueSoon, LogFact("due_at", .instant), .desk("owner").ifAny, standIn)

    static let promiseOverdue = LogForm(.promiseOverdue, LogFact("due_at", .instant), .desk("owner").ifAny, standIn)

    static let promiseReminder = LogForm(.promiseReminder, LogFact("due_at", .instant), .desk("owner").ifAny, standIn)

    static let promiseEscalated = LogForm(
        .promiseEscalated, LogFact("due_at", .instant), .word("hearer", LadderStep.Hearer.self),
        .desk("owner").ifAny, standIn)

    static let promiseKept = LogForm(
        .promiseKept, LogFact("kept_at", .instant), LogFact("backdated", .flag).ifAny,
        .word("state", PromiseState.self), .written("evidence").ifAny, takenOn)

    static let promiseRenegotiated = LogForm(.promiseRenegotiated, superseded)

    static let promiseRecovered = LogForm(.promiseRecovered, superseded)

    static let promiseWithdrawn = LogForm(
        .promiseWithdrawn,
        [
            LogFact("customer_agreed", .flag),
            LogFact(
                "cause", .oneOf(Release.Cause.allCases.map(\.rawValue) + [Release.endedCause]),
                "Where the customer did not agree; ended: the relationship was."
            ).ifAny,
            LogFact("superseded_by", .id).ifAny, .word("state", PromiseState.self), .written("reason"),
            .written("explanation").ifAny,
        ] + notified)

    static let promiseVoided = LogForm(
        .promiseVoided,
        [
            LogFact("superseded_by", .id).ifAny, byOneself, .word("state", PromiseState.self),
            .written("reason"),
        ] + notified)

    static let promiseTransferred = LogForm(
        .promiseTransferred,
        LogFact(
            "transferred_to", .id, "The promise that it goes on as, of the case that its own is a duplicate of."
        ),
        .word("state", PromiseState.self))

    static let promiseReassigned = LogForm(
        .promiseReassigned, .desk("owner"), .desk("owner_before").ifAny, .written("reason").ifAny,
        partOfHandover)

    static let promiseAccepted = LogForm(.promiseAccepted, .desk("owner").ifAny)

    static let promiseDeclined = LogForm(
        .promiseDeclined, .desk("owner", "Who gave it, and has it back; missing where it is nobody's.").ifAny,
        .desk("owner_before", "Who declined it."), .written("reason"))

    private static let superseded: [LogFact] = [
        LogFact("superseded_by", .id), .word("state", PromiseState.self), .written("reason"),
        .written("explanation").ifAny, takenOn,
    ]

    private static let takenOn = LogFact(
        "accepted", .flag, "By that its owner took it on, whom somebody else had given it to."
    ).ifAny
}
