/// What makes a policy a rule: its place among the others, whether it is in use, and which cases it is for. The first one in
/// use that fits a case is the case's policy.
public struct PolicyRule: Sendable, Hashable {
    /// The lower goes first; of two with the same the one that was made first.
    public var position: Int64
    /// Whether it is looked at.
    public var active: Bool
    /// The cases that it is for.
    public var match: PolicyMatch

    /// A rule in use.
    public init(position: Int64 = 1, active: Bool = true, match: PolicyMatch = PolicyMatch()) {
        self.position = position
        self.active = active
        self.match = match
    }

    /// Where the policies of the severities stand, which come after all rules.
    public static let last = Limits.position.upperBound + 1

    /// The rule that the policy of a severity is: it comes last, is always in use, and is never changed.
    public static func last(for severity: Severity) -> PolicyRule {
        PolicyRule(position: last, match: PolicyMatch(severity: WordSet([severity])))
    }
}

/// Which cases a policy is for: all that have one of the values of each field that has any. Without any it is for all.
public struct PolicyMatch: Sendable, Hashable {
    /// How much hangs on the case.
    public var severity: WordSet<Severity>
    /// How the customer was when last observed.
    public var mood: WordSet<Mood>
    /// What the case is about. Names compare without case.
    public var category: [String]
    /// The way the complaint came in.
    public var channel: WordSet<Channel>
    /// The team that the case is with. Names compare without case.
    public var team: [String]
    /// What was last decided about going on with the customer.
    public var relationship: WordSet<Relationship>
    /// The regime that the case is under. Names compare without case.
    public var regime: [String]

    /// What is not given may be anything.
    public init(
        severity: WordSet<Severity> = WordSet(), mood: WordSet<Mood> = WordSet(), category: [String] = [],
        channel: WordSet<Channel> = WordSet(), team: [String] = [],
        relationship: WordSet<Relationship> = WordSet(), regime: [String] = []
    ) {
        self.severity = severity
        self.mood = mood
        self.category = category
        self.channel = channel
        self.team = team
        self.relationship = relationship
        self.regime = regime
    }
}

extension PolicyRule: EditedRecord {
    /// The objects that some of its fields are of.
    public static let editedGroups = EditedGroup.all(of: editedFields)

    /// What can be edited of a rule; of the policies of the severities none of it.
    public static let editedFields: [EditedField<PolicyRule>] =
        [
            EditedField(
                "position", \.position, .integer(Limits.position), .open,
                "The lower goes first; of two with the same the one that was made first. The policies of the severities come "
                    + "after all others, at \(last)."),
            EditedField(
                "active", \.active, .flag, .open, "Whether it is in use; nothing that was made under it moves."),
        ] + PolicyCondition.all.map(\.field)
}
