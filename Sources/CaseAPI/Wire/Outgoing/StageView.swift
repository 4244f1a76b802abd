import Complaints

/// A stage that a case came to, with the answer at it, as they are answered.
struct StageView: Sendable {
    private let stage: CaseStage
    private let answer: StageAnswer?
    private let isAnsweredAgain: Bool?

    init(_ stage: CaseStage, of file: CaseFile) {
        self.stage = stage
        answer = file.answer(at: stage)
        isAnsweredAgain = file.isAnsweredAgain(at: stage)
    }

    /// What there is of a stage.
    static let shown: [Shown<StageView>] = [
        .text("stage", "What the regime calls it.") { $0.stage.name },
        .count("number", "Its place among the stages of the case: its promises have it as stage.") { $0.stage.number },
        .text("regime") { $0.stage.regime },
        .count(
            "regime_version",
            "The version that holds for the case, chosen by when the complaint was received; 0 for one that came with the "
                + "service."
        ) { $0.stage.version },
        .instant(
            "requested_at", "When the customer asked for it; of a regime's first one, when the complaint was received."
        ) { $0.stage.requestedAt },
        .instant("opened_at", "When the service was told.") { $0.stage.recordedAt },
        .instant(
            "since",
            "Since when what was done counts as done at it: opened_at, and earlier where it takes the place of a mistake."
        ) { $0.stage.beginning },
        .text("reason", "Why; null for a regime's first one.") { $0.stage.reason },
        .instant("hard_deadline", "The case's, by the clocks of the stage as it began; null where they set none.") {
            $0.stage.hardDeadline
        },
        .instant(
            "answered_at",
            "When an answer that was promised to the customer in it was first kept, else when the case was resolved at it."
        ) { $0.answer?.at },
        .text("answered_by", "Whose promise that was, or who resolved the case.") { $0.answer?.by },
        .flag(
            "same_person",
            "Whether they had answered at an earlier stage of the regime, which somebody else is to look at anew; null until "
                + "there is an answer."
        ) { $0.isAnsweredAgain },
    ]
}
