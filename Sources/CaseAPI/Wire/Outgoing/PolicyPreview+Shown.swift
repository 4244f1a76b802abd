import Complaints

extension PolicyPreview {
    /// What there is of the answer which policy a case would have.
    static let shown: [Shown<PolicyPreview>] = [
        .text("policy", "By name: the first one in use that fits.") { $0.policy.name },
        .duration("acknowledge_in") { $0.policy.acknowledgeIn },
        .businessDuration("acknowledge_in_business") { $0.policy.acknowledgeInBusiness },
        .instant("received_at", "From when the acknowledgement is counted.") { $0.receivedAt },
        .instant("acknowledge_due_at", "When it would be due, in a case that makes no promise of its own.") {
            $0.acknowledgeDue.instant
        },
        .text("acknowledge_due_by", "The field of the policy that holds: acknowledge_in, or acknowledge_in_business.") {
            $0.acknowledgeDue.span.field
        },
        .text("acknowledge_due_reason", "Why that one, in a sentence.") { $0.acknowledgeDue.reason },
        .text("due_explained", "How business time was counted; null where acknowledge_in holds.") {
            $0.acknowledgeDue.explained
        },
        .object("case", "What the rules looked at.", of: MatchedCase.shown(\.matched) + [.id("case_id") { $0.caseID }])
        { $0 },
        .objects("rules", "What came of each policy, in their order, those out of use too.", of: PolicyVerdict.shown) {
            $0.verdicts
        },
    ]
}

extension MatchedCase {
    /// What each condition is held against.
    fileprivate static func shown<Whole>(
        _ part: @escaping @Sendable (Whole) -> MatchedCase
    ) -> [Shown<Whole>] {
        PolicyCondition.all.map { condition in
            .value(condition.name, condition.isName ? .text : condition.field.wordSchema) { condition.value(part($0)) }
        }
    }
}

extension PolicyVerdict {
    fileprivate static let shown: [Shown<PolicyVerdict>] = [
        .text("name") { $0.policy.name },
        .value("position", .integer(1...PolicyRule.last)) { $0.policy.rule.position },
        .flag("active") { $0.policy.rule.active },
        .flag("wins", "It is the case's policy.") { $0.isFirst },
        .flag("fits", "Each field that it asks for fits, be it in use or not.") { $0.fits },
        .text("reason", "Why it wins, or does not, in a sentence.") { $0.reason },
        .objects("checks", "What came of each field that it asks for.", of: Check.shown) { $0.checks },
    ]
}

extension PolicyVerdict.Check {
    fileprivate static let shown: [Shown<PolicyVerdict.Check>] = [
        .text("field") { $0.field },
        .value("wanted", .array(.text), "The values that it takes.") { $0.wanted },
        .text("found", "What the case has; null for nothing.") { $0.found },
        .flag("fits") { $0.fits },
    ]
}
