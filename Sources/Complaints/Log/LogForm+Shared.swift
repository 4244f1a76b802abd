// What entries of several kinds have.
extension LogForm {
    /// How a case ended, as it is now, or, with an ending to the names, as it was where that was otherwise.
    static func ending(_ suffix: String) -> [LogFact] {
        [
            .word("outcome\(suffix)", CaseOutcome.self).ifAny, LogFact("redress_amount\(suffix)", .amount).ifAny,
            LogFact("redress_currency\(suffix)", .currency).ifAny,
            LogFact("final_response_sent_at\(suffix)", .instant).ifAny,
            .word("final_response_channel\(suffix)", Channel.self).ifAny,
        ]
    }

    /// How the customer was told, where they were.
    static let notified: [LogFact] = [
        .word("notified_channel", Channel.self).ifAny, .word("notified_outcome", ContactOutcome.self).ifAny,
        LogFact("notified_at", .instant).ifAny,
    ]

    static let standIn = LogFact.desk(
        "stand_in", "Who is told in place of an owner who is away that day, or when a promise of theirs is due."
    ).ifAny

    static let byOneself = LogFact(
        "by_oneself", .flag, "By whom it is about, or who wrote down what it is about."
    ).ifAny

    static let partOfHandover = LogFact(
        "handover", .id, "The handover that it is a part of, by its seq in the log of who had it."
    ).ifAny

    /// Each field that has a value as something is made.
    static func named<Record: EditedRecord>(_: Record.Type) -> [LogFact] {
        Record.loggedNames.map { name, privacy in LogFact(name, .text, privacy: privacy).ifAny }
    }

    /// Each changed field as it is, empty where it was taken away, and as it was.
    static func edited<Record: EditedRecord>(_: Record.Type) -> [LogFact] {
        Record.loggedNames.flatMap { name, privacy in
            [name, "\(name)_before"].map { LogFact($0, .text, privacy: privacy).ifAny }
        }
    }
}
