import Complaints

extension CaseFields {
    /// What the opening of a case covers of its fields, as its entry does not say it.
    private static let coveredFields: [EditedField<CaseFields>] = {
        let told = Set(LogKind.caseOpened.form.facts.map(\.name))
        return editedFields.filter { told.isDisjoint(with: $0.loggedNames) }
    }()

    /// What the log calls these.
    static let coveredNames = Set(coveredFields.flatMap(\.loggedNames))

    /// The values of these, where there are any.
    var coveredTexts: [(name: String, text: String)] { loggedTexts(of: Self.coveredFields) }
}

extension Promise {
    /// What the making of a promise covers of it, as its entry does not say it. None of it is ever changed.
    var coveredTexts: [(name: String, text: String)] {
        let notice = customerNotified
        var texts = [
            ("channel", channel?.rawValue), ("concession", concession.map(String.init)),
            ("due_explained", dueExplained),
            ("notified_at", notice?.at.rfc3339), ("notified_channel", notice?.channel.rawValue),
            ("notified_outcome", notice?.outcome.rawValue),
        ]
        if let origin {
            texts += [
                ("concession_case", concessionCase.map(String.init)), ("counted_from", origin.countedFrom.rfc3339),
                ("first_made_at", origin.madeAt.rfc3339), ("original_due_at", originalDueAt.rfc3339),
                ("slips", String(slips)),
            ]
        }
        return texts.compactMap { name, text in text.map { (name, $0) } }
    }
}
