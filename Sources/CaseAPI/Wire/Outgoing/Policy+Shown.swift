import Complaints

extension Policy {
    /// What there is of the policy of a severity.
    static let shown: [Shown<Policy>] = [
        .word("severity") { $0.severity },
        .duration("acknowledge_in", meaning(of: "acknowledge_in")) { $0.acknowledgeIn },
        .duration("update_in", meaning(of: "update_in")) { $0.updateIn },
        .duration("remedy_in", meaning(of: "remedy_in")) { $0.remedyIn },
        .duration("warn_ahead", meaning(of: "warn_ahead")) { $0.warnAhead },
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
        .count("version", "1, and one more with every change.") { $0.version },
        .instant("updated_at") { $0.updatedAt },
    ]
}

extension ItemForm<Policy> {
    static let policy = ItemForm(Policy.shown)
}

extension ListForm<Policy> {
    static let policies = ListForm(.policy)
}
