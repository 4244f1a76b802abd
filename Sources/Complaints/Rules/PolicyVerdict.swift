/// What came of holding a rule against a case, for whoever wants to know why a case has its policy.
public struct PolicyVerdict: Sendable, Hashable {
    /// Whose rule it is.
    public let policy: Policy
    /// What came of each field that it asks for.
    public let checks: [Check]
    /// Whether it is the case's policy: the first in use that fits.
    public let isFirst: Bool
    /// The one that is, where this one fits too and comes after it.
    fileprivate let winner: String

    /// What came of a field that a rule asks for.
    public struct Check: Sendable, Hashable {
        /// What it is called.
        public let field: String
        /// The values that the rule takes.
        public let wanted: [String]
        /// What the case has; nil for nothing.
        public let found: String?
        /// Whether that is one of them.
        public let fits: Bool
    }

    /// Whether it fits the case, be it in use or not.
    public var fits: Bool { checks.allSatisfy(\.fits) }

    /// Why it is the case's policy, or not, in a sentence.
    public var reason: String {
        let failed = checks.filter { !$0.fits }.map { check in
            let found = check.found.map { "\(check.field) is \($0)" } ?? "there is no \(check.field)"
            return "\(found), and not \(check.wanted.joined(separator: " or "))"
        }
        let met = checks.map { "\($0.field) is \($0.found ?? "")" }
        if !policy.rule.active { return "It is out of use." }
        if !failed.isEmpty { return failed.joined(separator: "; ").sentence }
        let fit = met.isEmpty ? "it is for all" : met.joined(separator: ", ")
        return isFirst ? "The first that fits: \(fit)." : "It fits too (\(fit)), but comes after \(winner)."
    }
}

extension PolicyRules {
    /// What came of each rule, in their order, those out of use too.
    public func verdicts(on matched: MatchedCase) -> [PolicyVerdict] {
        let first = first(for: matched)
        return all.map { policy in
            let checks = PolicyCondition.all.compactMap { condition -> PolicyVerdict.Check? in
                let wanted = condition.wanted(by: policy.rule)
                guard !wanted.isEmpty else { return nil }
                let found = condition.value(matched)
                let value = found.map(condition.compared)
                return PolicyVerdict.Check(
                    field: condition.name, wanted: wanted, found: found,
                    fits: wanted.contains { condition.compared($0) == value })
            }
            return PolicyVerdict(
                policy: policy, checks: checks, isFirst: policy.id == first.id, winner: first.name)
        }
    }
}

extension String {
    /// With a capital at its beginning and a full stop at its end.
    fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
