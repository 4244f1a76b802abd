/// A field of a case that a policy's rule can ask for. Whoever reads, keeps, logs, shows or describes what a rule asks for
/// works through these, in their order; a further one is a line in `all`, its field in `PolicyMatch`, its value in
/// `MatchedCase`, and its column.
public struct PolicyCondition: Sendable {
    /// The values that the rule takes of it; none for any.
    public let field: EditedField<PolicyRule>
    /// Whether it has names, which compare without case, and not words of a closed set.
    public let isName: Bool
    /// What a case has of it; nil where it has none.
    public let value: @Sendable (MatchedCase) -> String?

    /// What clients call it, which is what the case's own field is called.
    public var name: String { field.ownName }

    private static let group = FieldGroup(
        "match", "Which cases it is for: those that fit each field that has any values. Without any it is for all.")

    private static func words<Word: Vocabulary>(
        _ name: String, _ path: any WritableKeyPath<PolicyRule, WordSet<Word>> & Sendable, _ meaning: String,
        _ value: @escaping @Sendable (MatchedCase) -> Word?
    ) -> PolicyCondition {
        PolicyCondition(
            field: EditedField(name, of: group, path, .words(Word.self), .open, meaning), isName: false,
            value: { value($0)?.rawValue })
    }

    private static func names(
        _ name: String, _ path: any WritableKeyPath<PolicyRule, [String]> & Sendable, by rule: TextRule = .name,
        _ meaning: String, _ value: @escaping @Sendable (MatchedCase) -> String?
    ) -> PolicyCondition {
        PolicyCondition(
            field: EditedField(name, of: group, path, .texts(rule, most: Limits.matches), .desk, meaning),
            isName: true, value: value)
    }

    /// All there are.
    public static let all: [PolicyCondition] = [
        words("severity", \.match.severity, "The case's severity is one of these.") { $0.severity },
        words("mood", \.match.mood, "The mood of its customer was last observed to be one of these.") { $0.mood },
        names(
            "category", \.match.category,
            "Its category is one of these; they compare without case, and may be ahead of the first case."
        ) { $0.category },
        words("channel", \.match.channel, "It came in one of these ways.") { $0.channel },
        names("team", \.match.team, "It is with one of these teams; the same.") { $0.team },
        words(
            "relationship", \.match.relationship,
            "It was last decided so about going on with its customer."
        ) { $0.relationship },
        names(
            "regime", \.match.regime, by: .regime,
            "It is under one of these regimes: the one that it names itself as it is opened, and any later."
        ) { $0.regime },
    ]

    /// The values that a rule takes of it; none for any.
    public func wanted(by rule: PolicyRule) -> [String] {
        if case .texts(let texts)? = field.value(rule) { texts } else { [] }
    }

    /// As values of it compare.
    func compared(_ text: String) -> ExactText { isName ? FoldedName(text).text : ExactText(text) }
}
