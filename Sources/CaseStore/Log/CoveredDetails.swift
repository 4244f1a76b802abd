import Complaints

extension CaseFields {
    /// What the opening of a case covers of its fields, as its entry does not say it.
    static let coveredNames = Set(loggedNames.map(\.name)).subtracting(LogKind.caseOpened.form.facts.map(\.name))

    /// The values of these, where there are any.
    var coveredTexts: [(name: String, text: String)] { loggedTexts.filter { Self.coveredNames.contains($0.name) } }
}

extension Promise {
    /// What the making of a promise covers of it, as its entry does not say it. None of it is ever changed.
    var coveredTexts: [(name: String, text: String)] {
        let notice = customerNotified
        let texts = [
            ("channel", channel?.rawValue), ("concession", concession.map(String.init)),
            ("due_explained", dueExplained),
            ("notified_at", notice?.at.rfc3339), ("notified_channel", notice?.channel.rawValue),
            ("notified_outcome", notice?.outcome.rawValue),
        ]
        return texts.compactMap { name, text in text.map { (name, $0) } }
    }
}
