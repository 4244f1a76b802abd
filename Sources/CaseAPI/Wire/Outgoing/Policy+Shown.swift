import Complaints

extension Policy {
    /// What there is of a policy.
    static let shown: [Shown<Policy>] =
        [
            .text("name", "As it was given first; names compare without case.") { $0.name },
            .id("id", "What the log numbers it with: about_id.") { $0.id },
            .wordOrNull(
                "severity", "Of the four that come last: the severity that each is named by. Null for any other."
            ) {
                $0.severity
            },
        ] + PolicyRule.shown.map { member in .of(member) { $0.rule } } + terms

    private static let terms: [Shown<Policy>] = [
        .duration("acknowledge_in", meaning(of: "acknowledge_in")) { $0.acknowledgeIn },
        .businessDuration("acknowledge_in_business", meaning(of: "acknowledge_in_business")) {
            $0.acknowledgeInBusiness
        },
        .duration("update_in", meaning(of: "update_in")) { $0.updateIn },
        .businessDuration("update_in_business", meaning(of: "update_in_business")) { $0.updateInBusiness },
        .duration("remedy_in", meaning(of: "remedy_in")) { $0.remedyIn },
        .businessDuration("remedy_in_business", meaning(of: "remedy_in_business")) { $0.remedyInBusiness },
        .duration("warn_ahead", meaning(of: "warn_ahead")) { $0.warnAhead },
        .value("warn_at", .array(.text), meaning(of: "warn_at")) { $0.warnAt },
        .value("ladder", .array(.text), meaning(of: "ladder")) { $0.ladder },
        .duration("max_span", meaning(of: "max_span")) { $0.maxSpan },
        .value("concession_limit", .integer(Limits.money), meaning(of: "concession_limit")) {
            $0.concessionLimit.amount
        },
        .value("concession_currency", .named("Currency"), meaning(of: "concession_currency")) {
            $0.concessionLimit.currency.code
        },
        .value("load_cap", .integer(Limits.loadCap), meaning(of: "load_cap")) { $0.loadCap },
        .wordOrNull("escalate_mood", meaning(of: "escalate_mood")) { $0.escalateMood },
        .value("escalate_after", .integer(Limits.escalateAfter), meaning(of: "escalate_after")) { $0.escalateAfter },
        .value(
            "escalate_after_slips", .integer(Limits.escalateAfter), meaning(of: "escalate_after_slips")
        ) { $0.escalateAfterSlips },
        .text("supervisor", meaning(of: "supervisor")) { $0.supervisor },
        .duration("follow_up_in", meaning(of: "follow_up_in")) { $0.followUpIn },
        .businessDuration("follow_up_in_business", meaning(of: "follow_up_in_business")) { $0.followUpInBusiness },
        .text("regime", meaning(of: "regime")) { $0.regime },
        .count("version", "1, and one more with every change.") { $0.version },
        .instant("updated_at") { $0.updatedAt },
    ]
}

extension PolicyRule {
    /// What there is of a policy's rule.
    fileprivate static let shown: [Shown<PolicyRule>] = [
        .value("position", .integer(1...last), meaning(of: "position")) { $0.position },
        .flag("active", meaning(of: "active")) { $0.active },
        .object(
            "match", "Which cases it is for: those that fit each field that has any values. Without any it is for all.",
            columns: "match_", of: PolicyCondition.all.map(\.shown)
        ) { $0 },
    ]
}

extension PolicyCondition {
    fileprivate var shown: Shown<PolicyRule> {
        .value(name, .array(isName ? .text : field.wordSchema), field.meaning) { [self] in wanted(by: $0) }
    }
}

extension EditedField {
    /// Of one of the words that it takes some of.
    var wordSchema: Schema {
        guard case .words(let words) = type else { preconditionFailure("\(name) takes no words") }
        return .word(of: words)
    }
}

extension ItemForm<Policy> {
    static let policy = ItemForm(Policy.shown)
}

extension ListForm<Policy> {
    static let policies = ListForm(.policy)
}

extension PolicyImpact {
    /// What there is of a promise that would be due at another instant today.
    static let shown: [Shown<PolicyImpact>] = [
        .id("promise_id") { $0.promise.id },
        .id("case_id") { $0.promise.caseID },
        .word("kind") { $0.promise.kind },
        .text("what") { $0.promise.what },
        .text("owner", "Who has to keep it.") { $0.promise.owner },
        .instant("made_at") { $0.promise.madeAt },
        .instant("due_at", "As it was made; nothing moves it.") { $0.promise.dueAt },
        .instant("counted_from", "From when its time is counted.") { $0.countedFrom },
        .instant("due_now", "As it would be; null where it would not be made.") { $0.dueNow },
        .text("due_explained", "How due_now is counted in business time; null for elapsed time.") {
            $0.due?.explained
        },
        .text("reason", "Why, in a sentence.") { $0.reason },
        .object(
            "case", "As much of the case as somebody needs who is about to call.", columns: "", of: CaseSummary.shown
        ) {
            $0.summary
        },
    ]
}

extension ListForm<PolicyImpact> {
    static let impact = ListForm(ItemForm(PolicyImpact.shown))
}
