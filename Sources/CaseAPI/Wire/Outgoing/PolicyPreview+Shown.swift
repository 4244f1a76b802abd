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
        .objectOrNull(
            "regime",
            "What the regime would promise that the case names, else the policy's, where that holds for the receipt; null for none. "
                + "Of two acknowledgements the sooner one is made.",
            of: RegimePreview.shown, schema: .named("RegimePreview")
        ) { $0.regime },
        .text("regime_reason", "Why the case would be under none, though its policy names one; else null.") {
            $0.regimeReason
        },
        .object("case", "What the rules looked at.", of: MatchedCase.shown(\.matched) + [.id("case_id") { $0.caseID }])
        { $0 },
        .objects("rules", "What came of each policy, in their order, those out of use too.", of: PolicyVerdict.shown) {
            $0.verdicts
        },
    ]
}

extension RegimePreview {
    static let shown: [Shown<RegimePreview>] = [
        .text("name") { $0.name },
        .value("version", .integer(0...Int64.max), "0 for one that came with the service.") { $0.version },
        .text("stage", "Its first one.") { $0.stage },
        .objects(
            "clocks", "Those of the stage that make a promise at once.", of: Clock.shown,
            schema: .named("RegimePreviewClock")
        ) { $0.clocks },
        .instant("hard_deadline", "The soonest of the clocks that make one at once.") { $0.hardDeadline },
    ]
}

extension RegimePreview.Clock {
    static let shown: [Shown<RegimePreview.Clock>] = [
        .text("clock", "What the regime calls it.") { $0.name },
        .value("makes", .named("PromiseKind")) { $0.makes.text },
        .instant("due_at") { $0.due.instant },
        .text("due_explained", "How that was counted.") { $0.due.explained },
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
