/// The policies in their order: the first one in use that fits a case is the case's. Those of the severities come last, so
/// there is always one.
public struct PolicyRules: Sendable {
    /// All there are, those out of use too, in their order.
    public let all: [Policy]
    /// Those in use before the ones of the severities, with what they take of each field that they ask for.
    private let rules: [(policy: Policy, conditions: [Wanted])]
    private let last: [Policy]

    private struct Wanted: Sendable {
        /// The condition's place among all.
        let place: Int
        let values: [ExactText]
    }

    /// These policies, in whatever order they come.
    ///
    /// - Precondition: each severity has its own.
    public init(_ policies: [Policy]) {
        all = policies.sorted { ($0.rule.position, $0.id) < ($1.rule.position, $1.id) }
        rules = all.filter { $0.severity == nil && $0.rule.active }.map { policy in
            let conditions = PolicyCondition.all.enumerated().compactMap { place, condition -> Wanted? in
                let values = condition.wanted(by: policy.rule)
                return values.isEmpty ? nil : Wanted(place: place, values: values.map(condition.compared))
            }
            return (policy, conditions)
        }
        let last = all.filter { $0.severity != nil }
        self.last = last
        precondition(last.count == Severity.allCases.count, "each severity has a policy of its own")
    }

    /// Whether the severity alone decides, as there is no other rule in use.
    public var isBySeverityAlone: Bool { rules.isEmpty }

    /// Whether any policy says how often customers are to hear something.
    public var haveCadence: Bool { all.contains { $0.updateEvery != nil } }

    /// The one that a severity has where no rule before it fits.
    public func last(for severity: Severity) -> Policy {
        // By their places: a closure would be handed a copy of each.
        for place in last.indices where last[place].severity == severity { return last[place] }
        preconditionFailure("there is no policy for \(severity.rawValue)")
    }

    /// The policy of a case: the first one in use that fits it.
    public func first(for matched: MatchedCase) -> Policy {
        guard !isBySeverityAlone else { return last(for: matched.severity) }
        var values = ComparedValues(matched)
        let rule = rules.first { rule in
            rule.conditions.allSatisfy { wanted in
                values[wanted.place].map { wanted.values.contains($0) } ?? false
            }
        }
        return rule?.policy ?? last(for: matched.severity)
    }

    /// The policy of that name, in use or not; nil when there is none.
    package func named(_ name: FoldedName) -> Policy? { all.first { FoldedName($0.name) == name } }

    /// Those in use, in their order.
    public var active: [Policy] { rules.map(\.policy) + last }
}

/// What a case has of each condition, as it compares; looked up once where a rule asks for it.
private struct ComparedValues {
    private let matched: MatchedCase
    private var known: [ExactText??]

    init(_ matched: MatchedCase) {
        self.matched = matched
        known = Array(repeating: nil, count: PolicyCondition.all.count)
    }

    subscript(place: Int) -> ExactText? {
        mutating get {
            if let value = known[place] { return value }
            let condition = PolicyCondition.all[place]
            let value = condition.value(matched).map(condition.compared)
            known[place] = .some(value)
            return value
        }
    }
}
